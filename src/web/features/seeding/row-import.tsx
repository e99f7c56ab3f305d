import { Button, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { RowFaults } from './row-faults.tsx';

const bytesMax = 20 * 1024 * 1024;

/** What every import of rows answers. */
interface RowsAnswer {
  isDryRun: boolean;
  errors: Parameters<typeof RowFaults>[0]['faults'];
  errorsTotal: number;
}

interface Props<Answer extends RowsAnswer> {
  title: string;
  drop: { title: string; note: string };
  /** Share of the file that is sent, from 0 to 1; null while none is. */
  progress: number | null;
  send: (file: File, dryRun: boolean) => Promise<Answer>;
  /** What would be, or was, brought in. */
  say: (answer: Answer) => ReactNode;
  /** How many things the import would change. */
  changes: (answer: Answer) => number;
  importLabel: (answer: Answer) => string;
  onClose: () => void;
}

/** Brings rows in from a file: first says what would happen, row by row, then does it. */
export function RowImport<Answer extends RowsAnswer>(props: Props<Answer>) {
  const { title, drop, progress, say, changes, importLabel, onClose } = props;
  const cache = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (chosen: File, dryRun: boolean) => {
    setProblem(null);
    setFile(chosen);
    try {
      setAnswer(await props.send(chosen, dryRun));
      if (!dryRun) await cache.invalidateQueries();
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <div className="form">
        {problem !== null && <FormAlert>{problem}</FormAlert>}
        {answer === null && (
          <FileDrop
            title={drop.title}
            note={drop.note}
            accept={{ 'text/csv': ['.csv', '.tsv', '.txt'] }}
            maxBytes={bytesMax}
            isBusy={progress !== null}
            onFile={(chosen) => void send(chosen, true)}
          />
        )}
        {progress !== null && <ProgressBar label="Sending the file" percent={progress * 100} />}
        {answer !== null && (
          <>
            {say(answer)}
            <RowFaults total={answer.errorsTotal} faults={answer.errors} />
            <div className="acts">
              <Button onClick={() => setAnswer(null)}>Another file</Button>
              {answer.isDryRun && file !== null && changes(answer) > 0 ? (
                <Button variant="filled" loading={progress !== null} onClick={() => void send(file, false)}>
                  {importLabel(answer)}
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
