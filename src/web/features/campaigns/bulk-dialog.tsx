import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { platformNames, platforms } from '#kernel/platform.ts';
import type { BulkAction, Campaign, Enrolment } from '#modules/campaigns/api.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { OwnerSelect } from './owner-select.tsx';
import { type BulkRun, useBulk } from './use-bulk.ts';
import { readAmount } from './words.ts';

export type BulkKind = 'fee' | 'owner' | 'dates' | 'deliverable' | 'note' | 'tag' | 'untag';

export const bulkNames: Record<BulkKind, string> = {
  fee: 'Set fee',
  owner: 'Set owner',
  dates: 'Set dates',
  deliverable: 'Add content to make',
  note: 'Add a note',
  tag: 'Add a tag',
  untag: 'Take a tag away',
};

interface Props {
  campaign: Campaign;
  kind: BulkKind;
  rows: readonly Enrolment[];
  onClose: () => void;
}

/** One thing for many creators: asked once, done with progress, and whoever it cannot be done to is named with why. */
export function BulkDialog({ campaign, kind, rows, onClose }: Props) {
  const { run, start, cancel } = useBulk(campaign.id);
  const [fields, setFields] = useState<Fields>(empty);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    try {
      const action = toAction(kind, fields, campaign.currency);
      setProblem(null);
      void start(
        rows.map((row) => row.id),
        action,
      );
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <Modal opened onClose={onClose} title={`${bulkNames[kind]} for ${formatPlural(rows.length, 'creator')}`} size="md">
      {run.state === 'idle' || run.state === 'failed' ? (
        <form className="form" onSubmit={submit} noValidate>
          {problem !== null && <FormAlert>{problem}</FormAlert>}
          {run.state === 'failed' && <FormAlert>{messageOf(run.error)}</FormAlert>}
          <BulkFields kind={kind} fields={fields} currency={campaign.currency} onChange={setFields} />
          <div className="acts">
            <Button variant="subtle" color="gray" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" variant="filled">
              {bulkNames[kind]}
            </Button>
          </div>
        </form>
      ) : (
        <Outcome run={run} onCancel={cancel} onClose={onClose} />
      )}
    </Modal>
  );
}

interface Fields {
  fee: string;
  ownerId: string | null;
  respondBy: string;
  draftsBy: string;
  liveFrom: string;
  liveUntil: string;
  platform: string;
  format: string;
  title: string;
  dueOn: string;
  text: string;
}

const empty: Fields = {
  fee: '',
  ownerId: null,
  respondBy: '',
  draftsBy: '',
  liveFrom: '',
  liveUntil: '',
  platform: 'instagram',
  format: 'reel',
  title: '',
  dueOn: '',
  text: '',
};

function toAction(kind: BulkKind, of: Fields, currency: string): BulkAction {
  const words = () => {
    if (of.text.trim() === '') throw new Error('Write something first.');
    return of.text.trim();
  };
  switch (kind) {
    case 'fee':
      return { do: 'fee', fee: readAmount(of.fee, currency) };
    case 'owner':
      return { do: 'owner', ownerId: of.ownerId };
    case 'dates': {
      const days = { respondBy: of.respondBy, draftsBy: of.draftsBy, liveFrom: of.liveFrom, liveUntil: of.liveUntil };
      const given = Object.fromEntries(Object.entries(days).filter(([, day]) => day !== ''));
      if (Object.keys(given).length === 0) throw new Error('Set at least one day.');
      return { do: 'dates', ...given };
    }
    case 'deliverable': {
      const platform = platforms.find((one) => one === of.platform);
      if (platform === undefined || of.title.trim() === '') throw new Error('Say what is to be made.');
      const dueOn = of.dueOn === '' ? null : of.dueOn;
      return { do: 'deliverable', platform, format: of.format.trim() || 'post', title: of.title.trim(), dueOn };
    }
    case 'note':
      return { do: 'note', note: words() };
    case 'tag':
    case 'untag':
      return { do: kind, tag: words() };
  }
}

interface FieldsProps {
  kind: BulkKind;
  fields: Fields;
  currency: string;
  onChange: (fields: Fields) => void;
}

function BulkFields({ kind, fields, currency, onChange }: FieldsProps) {
  const set = (patch: Partial<Fields>) => onChange({ ...fields, ...patch });
  const text = (key: Exclude<keyof Fields, 'ownerId'>) => ({
    value: fields[key],
    onChange: (event: { currentTarget: { value: string } }) => set({ [key]: event.currentTarget.value }),
  });
  switch (kind) {
    case 'fee':
      return (
        <TextInput
          label={`Fee of each, ${currency}`}
          description="Empty takes the fee away"
          inputMode="decimal"
          data-autofocus
          {...text('fee')}
        />
      );
    case 'owner':
      return <OwnerSelect value={fields.ownerId} onChange={(ownerId) => set({ ownerId })} />;
    case 'dates':
      return (
        <div className="camp-two">
          <TextInput label="Answer by" type="date" {...text('respondBy')} />
          <TextInput label="Drafts by" type="date" {...text('draftsBy')} />
          <TextInput label="Live from" type="date" {...text('liveFrom')} />
          <TextInput label="Live until" type="date" {...text('liveUntil')} />
        </div>
      );
    case 'deliverable':
      return (
        <>
          <div className="camp-two">
            <Select
              label="Platform"
              data={platforms.map((value) => ({ value, label: platformNames[value] }))}
              value={fields.platform}
              allowDeselect={false}
              onChange={(platform) => platform && set({ platform })}
            />
            <TextInput label="Format" placeholder="reel, story, video" {...text('format')} />
          </div>
          <TextInput label="What" placeholder="A breakfast with it" required {...text('title')} />
          <TextInput label="Due" type="date" {...text('dueOn')} />
        </>
      );
    case 'note':
      return (
        <Textarea
          label="Note"
          description="Added below what is there"
          autosize
          minRows={3}
          data-autofocus
          {...text('text')}
        />
      );
    case 'tag':
    case 'untag':
      return <TextInput label="Tag" maxLength={40} data-autofocus {...text('text')} />;
  }
}

function Outcome({ run, onCancel, onClose }: { run: BulkRun; onCancel: () => void; onClose: () => void }) {
  const { changed, unchanged, refused } = run.outcome;
  if (run.state === 'running')
    return (
      <ProgressBar
        label={`${run.done} of ${formatPlural(run.total, 'creator')}`}
        percent={(run.done / Math.max(1, run.total)) * 100}
        onCancel={onCancel}
      />
    );
  return (
    <div className="form" role="status">
      <p>
        {formatPlural(changed, 'creator')} changed
        {unchanged > 0 ? `, ${unchanged} stood like that already` : ''}
        {run.state === 'cancelled' ? `; cancelled after ${run.done} of ${run.total}` : ''}.
      </p>
      {refused.length > 0 && (
        <>
          <b>{formatPlural(refused.length, 'creator')} left as they were</b>
          <ul className="camp-plainlist camp-found">
            {refused.map((one) => (
              <li key={one.enrolmentId}>{one.message}</li>
            ))}
          </ul>
        </>
      )}
      <div className="acts">
        <Button variant="filled" onClick={onClose}>
          Close
        </Button>
      </div>
    </div>
  );
}
