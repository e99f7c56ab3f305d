import { Button, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { importTracking } from '#modules/seeding/api.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { RowFaults } from './row-faults.tsx';

type Answer = OutputOf<typeof importTracking>;
const bytesMax = 20 * 1024 * 1024;

/** Reads tracking numbers, states and postage by order; first says what would change. */
export function TrackingDialog({ campaignId, onClose }: { campaignId: string; onClose: () => void }) {
  const upload = useUpload(importTracking);
  const cache = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (chosen: File, dryRun: boolean) => {
    setProblem(null);
    setFile(chosen);
    try {
      setAnswer(await upload.start({ campaignId, dryRun }, chosen));
      if (!dryRun) await cache.invalidateQueries();
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <Modal opened onClose={onClose} title="Import tracking numbers" size="lg">
      <div className="form">
        {problem !== null && <FormAlert>{problem}</FormAlert>}
        {answer === null && (
          <FileDrop
            title="Drop the carrier's file here, or choose one"
            note="CSV with an order (or parcel id of the packing list) and a tracking number; carrier, state, date and postage are found by name"
            accept={{ 'text/csv': ['.csv', '.tsv', '.txt'] }}
            maxBytes={bytesMax}
            isBusy={upload.progress !== null}
            onFile={(chosen) => void send(chosen, true)}
          />
        )}
        {upload.progress !== null && <ProgressBar label="Sending the file" percent={upload.progress * 100} />}
        {answer !== null && (
          <>
            <p>
              {formatPlural(answer.read, 'row')} read:{' '}
              <b>
                {formatCount(answer.changed)} {answer.isDryRun ? 'would change' : 'changed'}
              </b>
              , {formatCount(answer.unchanged)} as before.
            </p>
            <RowFaults total={answer.errorsTotal} faults={answer.errors} />
            <div className="acts">
              <Button onClick={() => setAnswer(null)}>Another file</Button>
              {answer.isDryRun && file !== null && answer.changed > 0 ? (
                <Button variant="filled" loading={upload.progress !== null} onClick={() => void send(file, false)}>
                  Import {formatPlural(answer.changed, 'row')}
                </Button>
              ) : (
                <Button variant="filled" onClick={onClose}>
                  Done
                </Button>
              )}
            </div>
          </>
        )}
      </div>
    </Modal>
  );
}
