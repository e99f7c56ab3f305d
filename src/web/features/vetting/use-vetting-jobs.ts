import { cancelRun, listRuns } from '#modules/vetting/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import type { RunningJob } from '#web/shell/feature.ts';

const idleMs = 30_000;
const busyMs = 1500;
const isOn = (state: string) => state === 'waiting' || state === 'running';

/** Vetting runs that go on, for the indicator in the top bar. */
export function useVettingJobs(): RunningJob[] {
  const runs = useApiQuery(
    listRuns,
    { limit: 5 },
    { refetchInterval: (query) => (query.state.data?.rows.some((run) => isOn(run.state)) ? busyMs : idleMs) },
  );
  const cancel = useApiMutation(cancelRun, { invalidate: ['vettingRuns', 'vetting'] });
  return (runs.data?.rows ?? [])
    .filter((run) => isOn(run.state))
    .map((run) => ({
      id: run.id,
      label: `Vetting ${run.total} ${run.total === 1 ? 'creator' : 'creators'}`,
      percent: run.total === 0 ? null : Math.round((100 * run.done) / run.total),
      cancel: () => cancel.mutate({ runId: run.id }),
    }));
}
