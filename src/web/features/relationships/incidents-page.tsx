import { z } from 'zod';
import { type Flag, listFlags, listIncidents } from '#modules/relationships/api.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { IncidentCard } from './incident-card.tsx';
import './relationships.css';

const search = z.object({ show: z.enum(['open', 'all']).default('open') });

/** Everything that went wrong, with whom, and whom not to work with. */
export function IncidentsPage() {
  const [state, setState] = useSearchState(search);
  const { rows, query } = useApiPages(listIncidents, state.show === 'open' ? { states: ['open', 'answered'] } : {});
  const flags = useApiQuery(listFlags, {});
  return (
    <div className="page rel">
      <PageHeader
        title={
          rows === undefined
            ? 'Incidents'
            : state.show === 'open'
              ? rows.length === 0
                ? 'No incident is open'
                : `${formatPlural(rows.length, 'incident')} to decide`
              : 'All incidents'
        }
        sub="What went wrong on either side. What is upheld about a creator is a strike."
        actions={
          <Segments
            label="Show"
            value={state.show}
            onChange={(show) => setState({ show })}
            options={[
              { value: 'open', label: 'To decide' },
              { value: 'all', label: 'All' },
            ]}
          />
        }
      />
      <div className="cols">
        <div className="stack">
          {query.error ? (
            <ErrorState error={query.error} onRetry={() => void query.refetch()} />
          ) : rows === undefined ? (
            <SkeletonLines />
          ) : rows.length === 0 ? (
            <EmptyState title="Nothing here">
              Incidents are written down on the page of a creator, or by the creator in the portal.
            </EmptyState>
          ) : (
            <ul className="list" aria-label="Incidents">
              {rows.map((incident) => (
                <IncidentCard key={incident.id} incident={incident} withName />
              ))}
            </ul>
          )}
          {query.hasNextPage && (
            <button type="button" className="link bare" onClick={() => void query.fetchNextPage()}>
              Show more
            </button>
          )}
        </div>
        <Section title="Do not work with" end={<AppLink to="/settings/incidents">Rules</AppLink>}>
          <QueryState query={flags}>{(standing) => <Flags flags={standing} />}</QueryState>
        </Section>
      </div>
    </div>
  );
}

function Flags({ flags }: { flags: readonly Flag[] }) {
  if (flags.length === 0) return <p className="meta rel-empty">Nobody is flagged.</p>;
  return (
    <ul className="list">
      {flags.map((flag) => (
        <li key={flag.id} className="rel-entry">
          <AppLink to="/creators/$personId/relationship" params={{ personId: flag.person.id }}>
            <b>{flag.person.name}</b>
          </AppLink>
          <span>{flag.reason}</span>
          <span className="meta">
            {flag.setBy}, {formatWhen(flag.setAt)}
          </span>
        </li>
      ))}
    </ul>
  );
}
