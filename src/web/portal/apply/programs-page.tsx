import { Button } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { z } from 'zod';
import { listPrograms } from '#modules/portal/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { PlainFrame } from '#web/portal/shell/plain-frame.tsx';
import { PortalLink } from '#web/portal/shell/portal-link.tsx';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { words } from './words.ts';
import './apply.css';

const said = words.programs;
const search = z.object({ category: z.string().optional() });

/** Programs of this installation that are switched on to be listed. */
export function ProgramsPage() {
  const [{ category }, setState] = useSearchState(search);
  const programs = useApiQuery(listPrograms, category === undefined ? {} : { category }, { keepPrevious: true });
  return (
    <PlainFrame>
      <QueryState query={programs}>
        {({ categories, rows }) =>
          rows.length === 0 && category === undefined ? (
            <EmptyState isPage title={said.none.title}>
              {said.none.text}
            </EmptyState>
          ) : (
            <>
              <h1>{said.title(rows.length)}</h1>
              {categories.length > 1 && (
                <div className="apply-chips">
                  {[undefined, ...categories].map((one) => (
                    <Button
                      key={one ?? ''}
                      variant={one === category ? 'filled' : 'default'}
                      aria-pressed={one === category}
                      onClick={() => setState({ category: one })}
                    >
                      {one ?? said.all}
                    </Button>
                  ))}
                </div>
              )}
              <ul className="ph-list">
                {rows.map((row) => (
                  <li key={`${row.workspaceSlug}/${row.pageSlug}`}>
                    <PortalLink
                      to="/apply/$workspace/$page"
                      params={{ workspace: row.workspaceSlug, page: row.pageSlug }}
                    >
                      <div className="grow">
                        <b>{row.title}</b>
                        <span className="meta">
                          {[row.brandName, row.category, row.closesOn === null ? null : words.until(row.closesOn)]
                            .filter((part) => part !== null)
                            .join(' · ')}
                        </span>
                        {row.intro !== '' && <span className="meta">{row.intro}</span>}
                      </div>
                      <IconChevronRight className="i" size={16} stroke={1.6} aria-hidden />
                    </PortalLink>
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </QueryState>
    </PlainFrame>
  );
}
