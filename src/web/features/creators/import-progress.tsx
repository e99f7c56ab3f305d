import { cancelImport, type ImportRun } from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { formatCount } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { ImportCountsRow } from './import-counts.tsx';

/** The third step, while it runs. It goes on when the page is left. */
export function ImportProgress({ run }: { run: ImportRun }) {
  const cancel = useApiMutation(cancelImport, {
    invalidate: ['imports'],
    onError: (error) => sayFailed('Not cancelled', error),
  });
  const speed = run.rowsPerSecond === null ? '' : `, ${formatCount(run.rowsPerSecond)} a second`;
  return (
    <>
      <PageHeader
        title={`${run.isDryRun ? 'Trying out' : 'Importing'} ${run.fileName}`}
        sub="You can leave this page: it goes on, and the top bar shows how far it is."
      />
      <ProgressBar
        label={run.counts.read === 0 ? 'Waiting for its turn' : `Row ${formatCount(run.counts.read)}${speed}`}
        percent={run.counts.read === 0 ? null : Math.min(99, run.progress * 100)}
        onCancel={() => cancel.mutate({ importId: run.id })}
      />
      <ImportCountsRow run={run} />
    </>
  );
}
