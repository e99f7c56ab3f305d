import { Button } from '@mantine/core';
import { type AutomationCatalogue, dryRunAutomation } from '#modules/automations/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import type { Draft } from './draft.ts';

/** What it would have done with the newest things that happened. Nothing is done. */
export function DryRun({ draft, known }: { draft: Draft; known: AutomationCatalogue }) {
  const run = useApiMutation(dryRunAutomation, {});
  const { trigger, conditions, actions } = draft;
  const title = known.triggers.find((one) => one.event === trigger)?.title ?? trigger;
  return (
    <Section
      title="Dry run"
      note="on what happened in the last 30 days; nothing is done"
      end={
        <Button
          size="compact-sm"
          variant="default"
          loading={run.isPending}
          onClick={() => run.mutate({ trigger, conditions, actions })}
        >
          Try it dry
        </Button>
      }
    >
      {run.error !== null && <FormAlert>{run.error.message}</FormAlert>}
      {run.data === undefined ? (
        <p className="meta">See what it would have done before you turn it on.</p>
      ) : (
        <div className="au-dry" role="status">
          <p>
            {run.data.seen === 0
              ? `“${title}” has not happened lately, so there is nothing to try it on.`
              : `It would have run ${run.data.wouldRun} of the last ${run.data.seen} times.`}
          </p>
          <ul className="au-list">
            {run.data.rows.map((row) => (
              <li key={row.eventId} className="au-row au-run">
                <Tag tone={row.wouldRun ? 'good' : 'plain'}>{row.wouldRun ? 'Would run' : 'Not for it'}</Tag>
                <div className="au-what">
                  <span>
                    {row.about} <span className="meta">{formatWhen(row.happenedAt)}</span>
                  </span>
                  <span className="ink-2">{row.because}</span>
                  {row.actions.map((action) => (
                    <span key={`${action.action} ${action.says}`} className="meta">
                      {action.says}
                    </span>
                  ))}
                </div>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
}
