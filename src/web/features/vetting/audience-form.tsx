import { ActionIcon, Button, NumberInput, Select, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { audienceAges, audienceGenders, type Profile, removeAudience, setAudience } from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { type AudienceDraft, draftOfAudience, rowOfDraft } from './audience-draft.ts';

interface Props {
  personId: string;
  profile: Profile;
  onClose: () => void;
}

const countriesMax = 60;
const invalidate = ['creators', 'discovery', 'vetting'];

/** States the audience of an account by hand: who says so, when, of how many, and the shares. */
export function AudienceForm({ personId, profile, onClose }: Props) {
  const today = new Date().toISOString().slice(0, 10);
  const [draft, setDraft] = useState(() => draftOfAudience(profile.audience, today));
  const [fault, setFault] = useState<string | null>(null);
  const change = (patch: Partial<AudienceDraft>) => setDraft({ ...draft, ...patch });
  const done = (what: string) => () => {
    sayDone(what);
    onClose();
  };
  const keep = useApiMutation(setAudience, { invalidate, onSuccess: done('Audience kept') });
  const takeBack = useApiMutation(removeAudience, { invalidate, onSuccess: done('Taken back') });
  const of = { personId, profileId: profile.id };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const row = rowOfDraft(draft, profile.audience);
    const missing =
      'fault' in row
        ? row.fault
        : draft.source.trim() === ''
          ? 'Say where this comes from.'
          : dayFault(draft.day, today);
    setFault(missing);
    if (missing !== null || 'fault' in row) return;
    // A day of the past holds to its start, today to this moment: never a moment to come.
    const at = draft.day === today ? new Date().toISOString() : `${draft.day}T00:00:00.000Z`;
    keep.mutate({ ...of, ...row, source: draft.source.trim(), at });
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Audience of @${profile.handle}`}
      submitLabel="Keep audience"
      onSubmit={onSubmit}
      isBusy={keep.isPending || takeBack.isPending}
      failure={fault ?? keep.error?.message ?? takeBack.error?.message ?? null}
    >
      <SourceFields draft={draft} today={today} onChange={change} />
      <CountryFields rows={draft.countries} onChange={(countries) => change({ countries })} />
      <ShareFields
        legend="Age, %"
        values={audienceAges}
        entries={draft.ages}
        onChange={(ages) => change({ ages })}
        labelOf={(age) => (age === '65-' ? '65 and more' : age)}
      />
      <ShareFields
        legend="Gender, %"
        values={audienceGenders}
        entries={draft.genders}
        onChange={(genders) => change({ genders })}
        labelOf={(gender) => gender.charAt(0).toUpperCase() + gender.slice(1)}
      />
      <NumberInput
        label="Followers the source holds to be real, %"
        value={draft.credibility}
        onChange={(credibility) => change({ credibility })}
        min={0}
        max={100}
        decimalScale={2}
      />
      <NumberInput
        label="Likes from accounts that do not follow, %"
        value={draft.likesFromOthers}
        onChange={(likesFromOthers) => change({ likesFromOthers })}
        min={0}
        max={100}
        decimalScale={2}
      />
      {profile.audience !== null && (
        <Button variant="subtle" color="gray" onClick={() => takeBack.mutate(of)}>
          Take back what is stated now
        </Button>
      )}
    </FormDialog>
  );
}

function dayFault(day: string, today: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return 'Say for which day the figures hold.';
  return day > today ? 'That day is still to come.' : null;
}

interface PartProps {
  draft: AudienceDraft;
  today: string;
  onChange: (patch: Partial<AudienceDraft>) => void;
}

function SourceFields({ draft, today, onChange }: PartProps) {
  return (
    <>
      <Select
        label="Told by"
        allowDeselect={false}
        data={[
          { value: 'declared', label: 'the creator' },
          { value: 'imported', label: 'a report or tool' },
        ]}
        value={draft.origin}
        onChange={(origin) => onChange({ origin: origin === 'imported' ? 'imported' : 'declared' })}
      />
      <TextInput
        label="Where it comes from"
        placeholder="Screenshot of Instagram insights"
        required
        maxLength={200}
        value={draft.source}
        onChange={(event) => onChange({ source: event.currentTarget.value })}
        data-autofocus
      />
      <div className="row row-3">
        <TextInput
          className="grow"
          type="date"
          label="Holds for"
          max={today}
          value={draft.day}
          onChange={(event) => onChange({ day: event.currentTarget.value })}
        />
        <NumberInput
          className="grow"
          label="Accounts counted"
          description="Empty: not stated"
          value={draft.n}
          onChange={(n) => onChange({ n })}
          min={1}
          max={1e10}
          allowDecimal={false}
          thousandSeparator=","
        />
      </div>
    </>
  );
}

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
let regionsKept: { value: string; label: string }[] | null = null;

/** Countries by name, worked out when the form is first opened. */
function regions(): { value: string; label: string }[] {
  if (regionsKept !== null) return regionsKept;
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  regionsKept = letters
    .flatMap((first) => letters.map((second) => first + second))
    // Withdrawn codes have the name of what came after: UK is GB.
    .filter((code) => new Intl.Locale(`und-${code}`).region === code && !/^(X[A-Z]|Q[M-Z]|AA|ZZ|EU|EZ|UN)$/.test(code))
    .flatMap((code) => {
      const label = regionNames.of(code);
      return label === undefined ? [] : [{ value: code, label }];
    })
    .sort((a, b) => (a.label < b.label ? -1 : 1));
  return regionsKept;
}

type CountryRow = AudienceDraft['countries'][number];

function CountryFields({ rows, onChange }: { rows: CountryRow[]; onChange: (rows: CountryRow[]) => void }) {
  const change = (key: number, patch: Partial<CountryRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...patch } : row)));
  return (
    <fieldset className="vt-shares">
      <legend>Countries, %</legend>
      {rows.map((row) => (
        <div key={row.key} className="row row-2">
          <Select
            className="grow"
            aria-label="Country"
            placeholder="Country"
            searchable
            data={regions()}
            value={row.code}
            onChange={(code) => change(row.key, { code })}
          />
          <NumberInput
            aria-label={`Share in ${row.code === null ? 'this country' : (regionNames.of(row.code) ?? row.code)}, %`}
            w={96}
            min={0}
            max={100}
            decimalScale={2}
            value={row.percent}
            onChange={(percent) => change(row.key, { percent })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Remove this country"
            disabled={rows.length === 1}
            onClick={() => onChange(rows.filter((other) => other.key !== row.key))}
          >
            <IconX size={16} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
        disabled={rows.length >= countriesMax}
        onClick={() =>
          onChange([...rows, { key: Math.max(0, ...rows.map((row) => row.key)) + 1, code: null, percent: '' }])
        }
      >
        Add a country
      </Button>
    </fieldset>
  );
}

interface SharesProps {
  legend: string;
  values: readonly string[];
  entries: Record<string, number | string>;
  onChange: (entries: Record<string, number | string>) => void;
  labelOf: (value: string) => string;
}

function ShareFields({ legend, values, entries, onChange, labelOf }: SharesProps) {
  return (
    <fieldset className="vt-shares">
      <legend>{legend}</legend>
      <div className="vt-shares-grid">
        {values.map((value) => (
          <NumberInput
            key={value}
            label={labelOf(value)}
            min={0}
            max={100}
            decimalScale={2}
            value={entries[value] ?? ''}
            onChange={(percent) => onChange({ ...entries, [value]: percent })}
          />
        ))}
      </div>
    </fieldset>
  );
}
