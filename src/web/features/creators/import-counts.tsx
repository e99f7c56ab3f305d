import type { ImportRun } from '#modules/creators/api.ts';
import { formatCount } from '#web/ui/format-number.ts';
import { StatCard } from '#web/ui/stat-card.tsx';
import { kindWords } from './words.ts';

/** What became of the rows; the figures add up to the rows read. */
export function ImportCountsRow({ run }: { run: ImportRun }) {
  const { read, created, updated, unchanged, skipped, failed } = run.counts;
  return (
    <div className="figs">
      <StatCard label="Read" note={`rows of ${kindWords[run.kind]}`}>
        {formatCount(read)}
      </StatCard>
      <StatCard label="New">{formatCount(created)}</StatCard>
      <StatCard label="Updated" note="known, with something new">
        {formatCount(updated)}
      </StatCard>
      <StatCard label="Unchanged" note="known, nothing new">
        {formatCount(unchanged)}
      </StatCard>
      {skipped > 0 && (
        <StatCard label="Skipped" note="asked not to be kept">
          {formatCount(skipped)}
        </StatCard>
      )}
      <StatCard label="Not taken" note={failed === 0 ? 'every row could be read' : 'rows with something wrong'}>
        {formatCount(failed)}
      </StatCard>
    </div>
  );
}
