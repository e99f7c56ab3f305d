import { cancelImport, listImports } from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import type { RunningJob } from '#web/shell/feature.ts';

const idleMs = 30_000;
const busyMs = 1500;

/** Imports that are running, for the indicator in the top bar. */
export function useImportJobs(): RunningJob[] {
  const canCancel = useCan('creators:write');
  const imports = useApiQuery(
    listImports,
    { limit: 5 },
    { refetchInterval: (query) => (query.state.data?.rows.some((run) => run.state === 'running') ? busyMs : idleMs) },
  );
  const cancel = useApiMutation(cancelImport, { invalidate: ['imports'] });
  return (imports.data?.rows ?? [])
    .filter((run) => run.state === 'running')
    .map((run) => ({
      id: run.id,
      label: `${run.isDryRun ? 'Trying out' : 'Importing'} ${run.fileName}`,
      percent: Math.min(99, Math.round(run.progress * 100)),
      ...(canCancel ? { cancel: () => cancel.mutate({ importId: run.id }) } : {}),
    }));
}
