import { Button } from '@mantine/core';
import { type ImportRun, startImport } from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useGo } from '#web/shell/use-go.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatDateTime } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { CreatorsTabs } from './creators-tabs.tsx';
import { ImportCountsRow } from './import-counts.tsx';
import { ImportErrors } from './import-errors.tsx';
import { kindWords, stateWords } from './words.ts';

interface Props {
  run: ImportRun;
  onAgain: () => void;
  onResumed: () => void;
}

/** The last step: what came of it, and what was not taken. */
export function ImportResult({ run, onAgain, onResumed }: Props) {
  const go = useGo();
  const resume = useApiMutation(startImport, {
    invalidate: ['imports'],
    onSuccess: onResumed,
    onError: (error) => sayFailed('Not started', error),
  });
  const canResume = (run.state === 'failed' || run.state === 'cancelled') && !run.isDryRun;
  return (
    <>
      <PageHeader
        title={titleOf(run)}
        sub={`${run.fileName} · by ${run.createdByName}${run.finishedAt === null ? '' : ` · ${formatDateTime(run.finishedAt)}`}${run.rowsPerSecond === null ? '' : ` · ${formatCount(run.rowsPerSecond)} rows a second`}`}
        actions={
          <>
            <Button onClick={onAgain}>Import another file</Button>
            {canResume && (
              <Button variant="filled" loading={resume.isPending} onClick={() => resume.mutate({ importId: run.id })}>
                {run.counts.read > 0 ? 'Go on where it stopped' : 'Start again'}
              </Button>
            )}
            {run.state === 'done' && (
              <Button variant="filled" onClick={() => go('/creators')}>
                See the creators
              </Button>
            )}
          </>
        }
      />
      <CreatorsTabs />
      {run.error !== null && <FormAlert>{run.error}</FormAlert>}
      <ImportCountsRow run={run} />
      {run.counts.errorsTotal > 0 && <ImportErrors run={run} />}
    </>
  );
}

function titleOf(run: ImportRun): string {
  const { created, updated, failed, read } = run.counts;
  if (run.state !== 'done') return `The import was ${stateWords[run.state]} after ${formatPlural(read, 'row')}`;
  const news = created > 0 ? `${formatCount(created)} new ${kindWords[run.kind]}` : `No new ${kindWords[run.kind]}`;
  const more = [
    ...(updated > 0 ? [`${formatCount(updated)} updated`] : []),
    ...(failed > 0 ? [`${formatPlural(failed, 'row')} not taken`] : []),
  ];
  return [news, ...more].join(', ');
}
