import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { type Campaign, importResults } from '#modules/campaigns/api.ts';
import { useInvalidate } from '#web/api/use-api-mutation.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { campaignNouns } from './use-campaign.ts';

const maxBytes = 20 * 1024 * 1024;
type Outcome = OutputOf<typeof importResults>;

/** Reads a file of results: first looked at, then taken. */
export function ResultsImport({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [source, setSource] = useState('');
  const [isEstimate, setEstimate] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const upload = useUpload(importResults);
  const invalidate = useInvalidate();
  const send = async (chosen: File, dryRun: boolean) => {
    setProblem(null);
    try {
      const answer = await upload.start(
        { campaignId: campaign.id, dryRun, isEstimate, ...(source.trim() === '' ? {} : { source: source.trim() }) },
        chosen,
      );
      setFile(chosen);
      setOutcome(answer);
      if (!dryRun) await invalidate(campaignNouns);
    } catch (error) {
      setOutcome(null);
      setProblem(messageOf(error));
    }
  };
  const isDone = outcome !== null && !outcome.dryRun;
  return (
    <Modal opened onClose={onClose} title="Import results" size="lg">
      <div className="form">
        {problem && <FormAlert>{problem}</FormAlert>}
        <p className="ink-2">
          A CSV with a column deliverable_id, url or handle, and one for each of reach, impressions, views, likes,
          comments, shares, saves or engagements. Reading a file twice changes nothing.
        </p>
        {!isDone && (
          <>
            <TextInput
              label="Read from"
              description="Said beside each number; the file's name when left empty"
              value={source}
              onChange={(event) => setSource(event.currentTarget.value)}
            />
            <Checkbox
              label="These numbers are estimates"
              checked={isEstimate}
              onChange={(event) => setEstimate(event.currentTarget.checked)}
            />
            <FileDrop
              title="Drop a CSV here, or choose one"
              note="CSV or TSV, to 20 MB"
              accept={{ 'text/csv': ['.csv', '.tsv', '.txt'] }}
              maxBytes={maxBytes}
              onFile={(chosen) => void send(chosen, true)}
              isBusy={upload.progress !== null}
            />
          </>
        )}
        {upload.progress !== null && <ProgressBar label="Reading the file" percent={upload.progress * 100} />}
        {outcome && <Told outcome={outcome} />}
        <div className="acts">
          <Button variant="subtle" color="gray" onClick={onClose}>
            {isDone ? 'Close' : 'Cancel'}
          </Button>
          {!isDone && (
            <Button
              variant="filled"
              disabled={file === null || outcome === null || outcome.values === 0}
              loading={upload.progress !== null}
              onClick={() => file && void send(file, false)}
            >
              {outcome === null || outcome.values === 0
                ? 'Take the numbers'
                : `Take ${formatPlural(outcome.values, 'number')}`}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}

function Told({ outcome }: { outcome: Outcome }) {
  const verb = outcome.dryRun ? 'would be taken' : 'were taken';
  return (
    <div className="stack" role="status">
      <p>
        {formatPlural(outcome.read, 'row')} read: {formatPlural(outcome.values, 'number')} of{' '}
        {formatPlural(outcome.recorded, 'row')} {verb}, {outcome.unchanged} known before, {outcome.skipped} with errors.
        {outcome.ignoredColumns.length > 0 && ` Columns not used: ${outcome.ignoredColumns.slice(0, 8).join(', ')}.`}
      </p>
      {outcome.errors.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col" className="num">
                Row
              </th>
              <th scope="col">Column</th>
              <th scope="col">What is wrong</th>
            </tr>
          </thead>
          <tbody>
            {outcome.errors.slice(0, 50).map((error) => (
              <tr key={`${error.row}${error.field}`}>
                <td className="num">{error.row}</td>
                <td>{error.field}</td>
                <td>{error.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {outcome.errorsTotal > 50 && <p className="meta">{outcome.errorsTotal - 50} more errors.</p>}
    </div>
  );
}
