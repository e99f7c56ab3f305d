import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { type FoundResult, listFoundResults, takeFoundResults } from '#modules/content/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { formatCompact, formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';

const shown = 50;

/** Figures of found posts that wait to become results; nothing when none do. */
export function FoundResults({ campaignId }: { campaignId: string }) {
  const mayTake = useCan('campaigns:write');
  const query = useApiQuery(listFoundResults, { campaignId });
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const take = useApiMutation(takeFoundResults, {
    invalidate: ['contentCapture', 'deliverables', 'results', 'reports', 'goals'],
    onSuccess: ({ taken }) => sayDone(`Results of ${formatPlural(taken, 'deliverable')} taken`),
    onError: (error) => sayFailed('Not taken', error),
  });
  const rows = query.data?.rows ?? [];
  if (rows.length === 0) return null;
  const chosen = rows.filter((row) => !left.has(row.deliverableId));
  const flip = (id: string) =>
    setLeft((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  return (
    <Section
      title={`Figures of ${formatPlural(rows.length, 'found post')} are no results yet`}
      note="read from the platform, not entered by anybody"
      end={
        mayTake && (
          <Button
            disabled={chosen.length === 0}
            loading={take.isPending}
            onClick={() =>
              take.mutate({
                campaignId,
                ...(chosen.length === rows.length ? {} : { deliverableIds: chosen.map((row) => row.deliverableId) }),
              })
            }
          >
            {chosen.length === rows.length ? 'Take all as results' : `Take ${chosen.length} as results`}
          </Button>
        )
      }
    >
      <ul className="list">
        {rows.slice(0, shown).map((row) => (
          <li key={row.deliverableId} className="spread">
            <Checkbox
              label={`${row.person.name}, ${row.title}`}
              description={sayValues(row)}
              checked={!left.has(row.deliverableId)}
              disabled={!mayTake}
              onChange={() => flip(row.deliverableId)}
            />
          </li>
        ))}
      </ul>
      {rows.length > shown && <p className="meta">and {formatPlural(rows.length - shown, 'more post')}</p>}
    </Section>
  );
}

function sayValues({ values, source, observedAt }: FoundResult): string {
  const parts = values.map(({ metric, value, current }) =>
    current === null
      ? `${formatCompact(value)} ${metric}`
      : `${formatCompact(value)} ${metric} (now ${formatCompact(current)})`,
  );
  return `${parts.join(', ')}; ${source}, ${formatDate(observedAt)}`;
}
