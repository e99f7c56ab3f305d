import { z } from 'zod';
import { type Comparison, comparedMax, compareVetting } from '#modules/vetting/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatDecimal } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { VerdictTag } from '#web/ui/verdict-tag.tsx';
import './vetting.css';
import { verdictLooks } from './words.ts';

const search = z.object({ creators: z.array(z.string()).default([]) });

/** Vetting reports side by side, figure by figure; the best known one of each row stands out. */
export function ComparePage() {
  const [{ creators }] = useSearchState(search);
  const personIds = creators.slice(0, comparedMax);
  const query = useApiQuery(compareVetting, { personIds }, { enabled: personIds.length > 0 });
  return (
    <div className="page">
      <PageHeader
        title={query.data === undefined ? 'Vetting side by side' : answerOf(query.data)}
        sub={
          creators.length > comparedMax
            ? `The first ${comparedMax} of ${creators.length}`
            : 'The best known figure of a row stands out; no figure, no winner'
        }
      />
      {personIds.length === 0 ? (
        <EmptyState title="Nobody to compare">Choose two to ten creators in Discover or on a list.</EmptyState>
      ) : (
        <QueryState query={query}>{(comparison) => <ComparisonTable comparison={comparison} />}</QueryState>
      )}
    </div>
  );
}

function answerOf({ creators }: Comparison): string {
  const ranked = creators.flatMap((one) => (one.score === null ? [] : [{ name: one.name, score: one.score }]));
  const [first, second] = ranked.sort((a, b) => b.score - a.score);
  if (first === undefined) return 'None of them has a score yet';
  if (second !== undefined && second.score === first.score) return `${first.name} and ${second.name} lead alike`;
  return `${first.name} leads with ${formatDecimal(first.score, 1)} of 100`;
}

function ComparisonTable({ comparison }: { comparison: Comparison }) {
  return (
    <>
      {comparison.failures.map((failure) => (
        <FormAlert key={failure.personId}>{failure.message}</FormAlert>
      ))}
      <div className="table-scroll vt-compare">
        <table>
          <caption className="vh">Vetting reports side by side</caption>
          <thead>
            <tr>
              <th scope="col">Figure</th>
              {comparison.creators.map((creator) => (
                <th key={creator.personId} scope="col">
                  <AppLink to="/creators/$personId" params={{ personId: creator.personId }}>
                    <Avatar id={creator.personId} name={creator.name} size={28} /> {creator.name}
                  </AppLink>
                  <VerdictTag verdict={verdictLooks[creator.decided ?? creator.verdict].verdict}>
                    {`${verdictLooks[creator.decided ?? creator.verdict].word}${creator.decided === null ? '' : ', by a person'}`}
                  </VerdictTag>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {comparison.rows.map((row) => (
              <tr key={row.name}>
                <th scope="row" title={row.formula}>
                  {row.title}
                </th>
                {row.cells.map((cell) => (
                  <td key={cell.personId} className={cell.state === 'known' ? '' : 'ink-2'}>
                    {row.best === cell.personId ? <b>{cell.display}</b> : cell.display}
                    {row.best === cell.personId && <span className="vh"> (best)</span>}
                    {cell.note !== null && <span className="meta vt-block">{cell.note}</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
