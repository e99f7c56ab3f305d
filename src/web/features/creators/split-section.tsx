import { Button } from '@mantine/core';
import { useState } from 'react';
import { listRecentMerges } from '#modules/creators/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { Section } from '#web/ui/section.tsx';
import { SplitDialog } from './split-dialog.tsx';

/** What was merged lately, each with its way back. */
export function SplitSection() {
  const merges = useApiQuery(listRecentMerges, { limit: 20 });
  const canWrite = useCan('creators:write');
  const [chosen, setChosen] = useState<string | null>(null);
  const rows = merges.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title="Merged lately" note="each can be undone">
      <ul className="list">
        {rows.map((merge) => (
          <li key={merge.id}>
            <div className="creators-grow">
              <b>
                {merge.absorbedName ?? 'A creator without a name'} into{' '}
                <AppLink to="/creators/$personId" params={{ personId: merge.keptPersonId }}>
                  {merge.keptName ?? 'a creator without a name'}
                </AppLink>
              </b>
              <span className="meta block clip">
                {merge.reason}, by {merge.mergedBy}, {formatWhen(merge.mergedAt)}
              </span>
            </div>
            {canWrite && (
              <Button size="xs" onClick={() => setChosen(merge.id)}>
                Split again
              </Button>
            )}
          </li>
        ))}
      </ul>
      {chosen !== null && <SplitDialog key={chosen} mergeId={chosen} onClose={() => setChosen(null)} />}
    </Section>
  );
}
