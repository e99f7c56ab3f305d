import { cancelOrderImport, listOrderImports } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import type { RunningJob } from '#web/shell/feature.ts';

const idleMs = 60_000;
const busyMs = 1500;

/** Imports of orders that run, for the indicator in the top bar. */
export function useOrderImportJobs(): RunningJob[] {
  const canCancel = useCan('tracking:write');
  const canRead = useCan('tracking:read');
  const imports = useApiQuery(
    listOrderImports,
    { limit: 5 },
    {
      enabled: canRead,
      refetchInterval: (query) => (query.state.data?.rows.some((run) => run.state === 'running') ? busyMs : idleMs),
    },
  );
  const cancel = useApiMutation(cancelOrderImport, { invalidate: ['order-imports', 'orders'] });
  return (imports.data?.rows ?? [])
    .filter((run) => run.state === 'running')
    .map((run) => ({
      id: run.id,
      label: `Importing orders from ${run.fileName}`,
      percent: Math.min(99, Math.round(run.progress * 100)),
      ...(canCancel ? { cancel: () => cancel.mutate({ importId: run.id }) } : {}),
    }));
}
