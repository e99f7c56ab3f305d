import { Button, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { AppError } from '#kernel/errors.ts';
import { type FileAnswer, importTillOrders, type Till } from '#modules/tracking/api.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { RowFaults } from './row-faults.tsx';

/** In-store orders of a till from a file; a receipt redeemed by phone is the same order. */
export function TillImport({ till, onClose }: { till: Till; onClose: () => void }) {
  const upload = useUpload(importTillOrders);
  const cache = useQueryClient();
  const [answer, setAnswer] = useState<FileAnswer | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const start = async (file: File) => {
    setProblem(null);
    try {
      setAnswer(await upload.start({ tillId: till.id }, file));
      await cache.invalidateQueries();
    } catch (error) {
      setProblem(error instanceof AppError ? error.message : 'The file could not be sent. Try again.');
    }
  };
  return (
    <Modal opened onClose={onClose} title={`In-store orders of ${till.name}`} size="lg">
      <div className="stack">
        {problem !== null && <FormAlert>{problem}</FormAlert>}
        {answer === null ? (
          <FileDrop
            title="Drop a file of receipts here, or choose one"
            note={`CSV with receipt, date and amount in ${till.currency}; the code is found by name`}
            accept={{ 'text/csv': ['.csv', '.tsv', '.txt'], 'application/gzip': ['.gz'] }}
            maxBytes={64 * 1024 * 1024}
            isBusy={upload.progress !== null}
            onFile={(file) => void start(file)}
          />
        ) : (
          <>
            <p>
              {formatPlural(answer.read, 'row')} read: <b>{formatCount(answer.created)} new</b>,{' '}
              {formatCount(answer.updated)} changed, {formatCount(answer.unchanged)} as before.
            </p>
            <RowFaults answer={answer} />
            <div>
              <Button variant="filled" onClick={onClose}>
                Done
              </Button>
            </div>
          </>
        )}
      </div>
    </Modal>
  );
}
