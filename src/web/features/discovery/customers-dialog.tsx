import { Button, Checkbox, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Platform, platformNames, platforms } from '#kernel/platform.ts';
import { type CustomerOutcome, importCustomers, matchCustomers } from '#modules/discovery/api.ts';
import { useInvalidate } from '#web/api/use-api-mutation.ts';
import { useClient } from '#web/api/use-client.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { errorLines } from './error-lines.ts';

const accept = { 'text/csv': ['.csv'], 'text/plain': ['.txt'], 'application/gzip': ['.gz'] };
const bytesMax = 300_000_000;

/** Takes customers in, pasted or as a file, and says at once whom it found and which rows it could not read. */
export function CustomersDialog({ onClose }: { onClose: () => void }) {
  const { currency: own } = useWorkspace();
  const [text, setText] = useState('');
  const [platform, setPlatform] = useState<Platform>('instagram');
  const [currency, setCurrency] = useState(own);
  const [keepEmails, setKeepEmails] = useState(false);
  const [done, setDone] = useState<CustomerOutcome | null>(null);
  const [faults, setFaults] = useState<string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const client = useClient();
  const upload = useUpload(importCustomers);
  const invalidate = useInvalidate();
  const run = async (send: () => Promise<CustomerOutcome>) => {
    setFaults([]);
    setBusy(true);
    try {
      setDone(await send());
      await invalidate(['customers', 'discovery']);
    } catch (error) {
      setFaults(errorLines(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={done === null ? 'Bring in customers' : 'Customers brought in'} size="lg">
      {done !== null ? (
        <Outcome done={done} onClose={onClose} />
      ) : (
        <div className="form">
          {faults.length > 0 && (
            <FormAlert>
              {faults.map((fault) => (
                <span key={fault} className="block">
                  {fault}
                </span>
              ))}
            </FormAlert>
          )}
          <FileDrop
            title="Drop your shop’s customer file here, or choose it"
            note="CSV with e-mail or account; orders, value, first and last order are read where there are such columns"
            accept={accept}
            maxBytes={bytesMax}
            isBusy={isBusy}
            onFile={(file) =>
              void run(() => upload.start({ platform, keepEmails, ...(currency === '' ? {} : { currency }) }, file))
            }
          />
          <Textarea
            label="Or paste e-mail addresses and handles"
            placeholder={'nell@example.com\n@oat_nell'}
            autosize
            minRows={3}
            maxRows={10}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <div className="markets-filters">
            <Select
              label="Handles belong to"
              data={platforms.map((one) => ({ value: one, label: platformNames[one] }))}
              value={platform}
              onChange={(next) => setPlatform(platforms.find((one) => one === next) ?? 'instagram')}
              allowDeselect={false}
            />
            <TextInput
              label="Currency of the file"
              maxLength={3}
              w={160}
              value={currency}
              onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
            />
          </div>
          <Checkbox
            label="Keep the addresses themselves, not only hashes"
            description="Without it nobody can read them from here; creators that come later are matched all the same."
            checked={keepEmails}
            onChange={(event) => setKeepEmails(event.currentTarget.checked)}
          />
          <div className="acts">
            <Button variant="subtle" color="gray" onClick={onClose}>
              Cancel
            </Button>
            <Button
              variant="filled"
              loading={isBusy}
              disabled={text.trim() === ''}
              onClick={() => void run(() => client.call(matchCustomers, { text, platform, keepEmails }))}
            >
              Match what I pasted
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}

function Outcome({ done, onClose }: { done: CustomerOutcome; onClose: () => void }) {
  const columns = Object.entries(done.columns);
  return (
    <div className="form">
      <p>
        <b>{`${formatPlural(done.matched, 'creator')} found among ${formatPlural(done.customers, 'customer')}`}</b>
        {done.possible > 0 && `, ${done.possible} more may be: decide on them under “Possible”`}. {done.added} were not
        known before.
      </p>
      {columns.length > 0 && (
        <p className="meta">{`Read as: ${columns.map(([target, column]) => `${column} = ${target}`).join(', ')}`}</p>
      )}
      {done.faults.length > 0 && (
        <FormAlert>
          {`${formatPlural(done.skipped, 'row')} named nobody; the first that could not be read in full:`}
          {done.faults.map((fault) => (
            <span key={`${fault.row} ${fault.field}`} className="block">
              {`Row ${fault.row}, ${fault.field}: ${fault.message}`}
            </span>
          ))}
        </FormAlert>
      )}
      <div className="acts">
        <Button variant="filled" onClick={onClose}>
          See them
        </Button>
      </div>
    </div>
  );
}
