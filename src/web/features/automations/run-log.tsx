import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { type AutomationRun, listAutomationRuns, retryAutomationRun, runStates } from '#modules/automations/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag, type Tone } from '#web/ui/tag.tsx';

const states: Record<AutomationRun['state'], { label: string; tone: Tone }> = {
  waiting: { label: 'Waits', tone: 'plain' },
  running: { label: 'Running', tone: 'accent' },
  done: { label: 'Done', tone: 'good' },
  skipped: { label: 'Not for it', tone: 'plain' },
  failed: { label: 'Failed', tone: 'bad' },
  limited: { label: 'Held by the limit', tone: 'warn' },
  interrupted: { label: 'Interrupted', tone: 'warn' },
};

/** What automations did and why, newest first; of one when it is named. */
export function RunLog({ automationId }: { automationId?: string }) {
  const [state, setState] = useState<AutomationRun['state'] | null>(null);
  const { rows, query } = useApiPages(listAutomationRuns, {
    ...(automationId === undefined ? {} : { automationId }),
    ...(state === null ? {} : { state }),
  });
  return (
    <Section
      title="Run log"
      note="newest first"
      end={
        <Select
          aria-label="Which runs"
          placeholder="All runs"
          size="xs"
          clearable
          data={runStates.map((value) => ({ value, label: states[value].label }))}
          value={state}
          onChange={(next) => setState(runStates.find((one) => one === next) ?? null)}
        />
      }
    >
      <QueryState query={query}>
        {() =>
          (rows ?? []).length === 0 ? (
            <EmptyState title="No runs yet">
              Each time a trigger fires it is written here, with what became of it.
            </EmptyState>
          ) : (
            <>
              <ul className="au-list">
                {(rows ?? []).map((run) => (
                  <Run key={run.id} run={run} isNamed={automationId === undefined} />
                ))}
              </ul>
              {query.hasNextPage && (
                <Button variant="subtle" color="gray" onClick={() => void query.fetchNextPage()}>
                  Show earlier runs
                </Button>
              )}
            </>
          )
        }
      </QueryState>
    </Section>
  );
}

function Run({ run, isNamed }: { run: AutomationRun; isNamed: boolean }) {
  const mayEdit = useCan('automations:write');
  const retry = useApiMutation(retryAutomationRun, {
    invalidate: ['automations'],
    onSuccess: () => sayDone('It is tried again'),
    onError: (error) => sayFailed('Not tried again', error),
  });
  const { label, tone } = states[run.state];
  const mayRetry = mayEdit && (run.state === 'failed' || run.state === 'interrupted' || run.state === 'limited');
  return (
    <li className="au-row au-run">
      <Tag tone={tone}>{label}</Tag>
      <div className="au-what">
        <span>
          {isNamed && <b>{run.automationName} </b>}
          <span className="meta">
            {run.eventName}
            {run.payload.actorName !== undefined && ` by ${run.payload.actorName}`}, {formatWhen(run.happenedAt)}
            {run.state === 'waiting' && `, due ${formatWhen(run.dueAt)}`}
          </span>
        </span>
        {run.because !== null && <span className="ink-2">{run.because}</span>}
        {run.steps.length > 0 && (
          <ol className="au-steps meta">
            {run.steps.map((step, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a run never change places.
              <li key={at}>{step.said === '' ? `${step.action}: ${step.state}` : step.said}</li>
            ))}
          </ol>
        )}
      </div>
      {mayRetry && (
        <Button
          size="compact-xs"
          variant="default"
          loading={retry.isPending}
          onClick={() => retry.mutate({ runId: run.id })}
        >
          Try again
        </Button>
      )}
    </li>
  );
}
