import { Button, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { importProducts, type ProductImport } from '#modules/seeding/api.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { RowFaults } from './row-faults.tsx';

const bytesMax = 20 * 1024 * 1024;

/** Brings products in from a file: first says what would happen, row by row, then does it. */
export function ProductImportDialog({ onClose }: { onClose: () => void }) {
  const upload = useUpload(importProducts);
  const cache = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [answer, setAnswer] = useState<ProductImport | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (chosen: File, dryRun: boolean) => {
    setProblem(null);
    setFile(chosen);
    try {
      setAnswer(await upload.start({ dryRun }, chosen));
      if (!dryRun) await cache.invalidateQueries();
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  const changes = answer === null ? 0 : answer.variants.created + answer.variants.updated + answer.products.updated;
  return (
    <Modal opened onClose={onClose} title="Import products" size="lg">
      <div className="form">
        {problem !== null && <FormAlert>{problem}</FormAlert>}
        {answer === null && (
          <FileDrop
            title="Drop a file of products here, or choose one"
            note="CSV, a variant a row: product, SKU, category, colour, size, flavour or other options, cost, price, currency, stock, weight grams, ships to"
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
              {formatPlural(answer.read, 'row')} read. {answer.isDryRun ? 'This would bring' : 'Brought in:'}{' '}
              <b>
                {formatPlural(answer.products.created, 'new product')} and{' '}
                {formatPlural(answer.variants.created, 'new variant')}
              </b>
              , change {formatPlural(answer.variants.updated, 'variant')}, leave{' '}
              {formatCount(answer.variants.unchanged)} as before.
            </p>
            {answer.ignoredColumns.length > 0 && <p className="meta">Not read: {answer.ignoredColumns.join(', ')}</p>}
            <RowFaults total={answer.errorsTotal} faults={answer.errors} />
            <div className="acts">
              <Button onClick={() => setAnswer(null)}>Another file</Button>
              {answer.isDryRun && file !== null && changes > 0 ? (
                <Button variant="filled" loading={upload.progress !== null} onClick={() => void send(file, false)}>
                  Import
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
