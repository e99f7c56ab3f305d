import { Button, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { AppError } from '#kernel/errors.ts';
import type { importAnswers } from '#modules/attribution/api.ts';
import type { FileAnswer, importCodes, importLinks } from '#modules/tracking/api.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { RowFaults } from './row-faults.tsx';

const notes = {
  links: 'CSV with a destination; slug, creator handle, tags, end and utm columns are found by name',
  codes: 'CSV with a code; creator handle, percent, amount and dates are found by name',
  answers: 'CSV with an id, an answer and its date; the order is found by name',
};

interface Props {
  what: 'codes' | 'links' | 'answers';
  endpoint: typeof importCodes | typeof importLinks | typeof importAnswers;
  onClose: () => void;
}

/** What a file came to; answers to a survey never change and tell whom they name. */
type Told = Omit<FileAnswer, 'updated' | 'skipped'> & { updated?: number; skipped?: number; matched?: number };

/** Brings a file in and says of each row at fault what is wrong; the same file again changes nothing. */
export function ImportDialog({ what, endpoint, onClose }: Props) {
  const upload = useUpload(endpoint);
  const cache = useQueryClient();
  const [answer, setAnswer] = useState<Told | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const start = async (file: File) => {
    setProblem(null);
    try {
      setAnswer(await upload.start({}, file));
      await cache.invalidateQueries();
    } catch (error) {
      setProblem(error instanceof AppError ? error.message : 'The file could not be sent. Try again.');
    }
  };
  return (
    <Modal opened onClose={onClose} title={`Import ${what}`} size="lg">
      {answer === null ? (
        <div className="stack">
          {problem !== null && <FormAlert>{problem}</FormAlert>}
          <FileDrop
            title={`Drop a file of ${what} here, or choose one`}
            note={notes[what]}
            accept={{ 'text/csv': ['.csv', '.tsv', '.txt'], 'application/gzip': ['.gz'] }}
            maxBytes={64 * 1024 * 1024}
            isBusy={upload.progress !== null}
            onFile={(file) => void start(file)}
          />
          {upload.progress !== null && <ProgressBar label={`Sending the file`} percent={upload.progress * 100} />}
        </div>
      ) : (
        <div className="stack">
          <p>
            {formatPlural(answer.read, 'row')} read: <b>{formatCount(answer.created)} new</b>,{' '}
            {answer.updated !== undefined && `${formatCount(answer.updated)} changed, `}
            {formatCount(answer.unchanged)} as before
            {answer.skipped !== undefined && `, ${formatCount(answer.skipped)} skipped`}
            {answer.matched !== undefined && `, ${formatCount(answer.matched)} name a creator`}.
          </p>
          <RowFaults answer={answer} />
          <div className="row">
            <Button variant="filled" onClick={onClose}>
              Done
            </Button>
            <Button onClick={() => setAnswer(null)}>Another file</Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
