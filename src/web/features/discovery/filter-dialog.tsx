import { Checkbox, NumberInput, SegmentedControl, Select, Switch, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { isKnownCurrency } from '#kernel/money.ts';
import { type Filter, priceFormats } from '#modules/discovery/api.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { draftOf, type FilterDraft, filterOf } from './filter-draft.ts';
import { isAlwaysKnown, kindOf } from './filter-groups.ts';
import { fieldLabel, isShare } from './filter-words.ts';
import { ValuesInput } from './values-input.tsx';

interface Props {
  field: string;
  /** The filter that is changed; null makes a new one. */
  filter: Filter | null;
  listNames: ReadonlyMap<string, string>;
  onClose: () => void;
  onSave: (filter: Filter) => void;
}

/** One filter in full: its values or bounds, turned round or not. */
export function FilterDialog({ field, filter, listNames, onClose, onSave }: Props) {
  const { currency } = useWorkspace();
  const [draft, setDraft] = useState(() => draftOf(field, filter, currency));
  const [failure, setFailure] = useState<string | null>(null);
  const change = (patch: Partial<FilterDraft>) => setDraft({ ...draft, ...patch });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const made =
      kindOf(field) === 'price' && !isKnownCurrency(draft.currency)
        ? `"${draft.currency}" is no currency. Use a code such as EUR.`
        : filterOf(field, draft);
    if (typeof made === 'string') {
      setFailure(made);
      return;
    }
    onSave(made);
    onClose();
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Filter by ${fieldLabel(field).toLowerCase()}`}
      submitLabel={filter === null ? 'Add filter' : 'Change filter'}
      onSubmit={onSubmit}
      failure={failure}
    >
      <FilterInputs field={field} draft={draft} onChange={change} listNames={listNames} />
      {kindOf(field) !== 'flag' && (
        <Switch
          label="Leave these out instead"
          checked={draft.isNot}
          onChange={(event) => change({ isNot: event.currentTarget.checked })}
        />
      )}
      <p className="meta">
        {isAlwaysKnown(field)
          ? 'Read from your campaigns: whoever is on none counts as “No”.'
          : `Creators whose ${fieldLabel(field).toLowerCase()} is not known are left out, and counted below the search.`}
      </p>
    </FormDialog>
  );
}

interface Inputs {
  field: string;
  draft: FilterDraft;
  onChange: (patch: Partial<FilterDraft>) => void;
  listNames: ReadonlyMap<string, string>;
}

function FilterInputs(props: Inputs) {
  const { field, draft, onChange, listNames } = props;
  switch (kindOf(field)) {
    case 'set':
    case 'words':
      return (
        <ValuesInput
          field={field}
          listNames={listNames}
          values={draft.values}
          onChange={(values) => onChange({ values })}
        />
      );
    case 'share':
      return (
        <>
          <ValuesInput
            field={field}
            listNames={listNames}
            values={draft.values}
            onChange={(values) => onChange({ values })}
          />
          <NumberInput
            label="At least this share of the audience, %"
            description={
              field === 'audience.interest'
                ? 'Interests overlap: the largest counts'
                : 'Together, when there are several'
            }
            value={draft.share}
            onChange={(share) => onChange({ share })}
            min={0.1}
            max={100}
          />
        </>
      );
    case 'number':
      return <Bounds {...props} unit={isShare(field) ? ', %' : ''} />;
    case 'date':
      return (
        <NumberInput
          label={field === 'lastPost' ? 'Posted within so many days' : 'Within so many days'}
          value={draft.days}
          onChange={(days) => onChange({ days })}
          min={1}
          max={3650}
          allowDecimal={false}
          data-autofocus
        />
      );
    case 'flag':
      return (
        <SegmentedControl
          aria-label={fieldLabel(field)}
          value={String(draft.isSo)}
          onChange={(value) => onChange({ isSo: value === 'true' })}
          data={[
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]}
        />
      );
    case 'place':
      return <PlaceInputs {...props} />;
    case 'price':
      return <PriceInputs {...props} />;
  }
}

function Bounds({ draft, onChange, unit }: Inputs & { unit: string }) {
  return (
    <div className="row row-3">
      <NumberInput
        className="grow"
        label={`At least${unit}`}
        value={draft.min}
        onChange={(min) => onChange({ min })}
        thousandSeparator=","
        data-autofocus
      />
      <NumberInput
        className="grow"
        label={`At most${unit}`}
        value={draft.max}
        onChange={(max) => onChange({ max })}
        thousandSeparator=","
      />
    </div>
  );
}

function PlaceInputs({ draft, onChange }: Inputs) {
  return (
    <>
      <TextInput
        label="Town"
        description="Or latitude and longitude: 51.34, 12.37"
        value={draft.place}
        onChange={(event) => onChange({ place: event.currentTarget.value })}
        data-autofocus
      />
      <div className="row row-3">
        <NumberInput
          className="grow"
          label="Within, km"
          value={draft.km}
          onChange={(km) => onChange({ km })}
          min={1}
          max={20_000}
        />
        <TextInput
          className="grow"
          label="Country, if the town has namesakes"
          value={draft.country}
          onChange={(event) => onChange({ country: event.currentTarget.value })}
        />
      </div>
    </>
  );
}

function PriceInputs(props: Inputs) {
  const { draft, onChange } = props;
  return (
    <>
      <Bounds {...props} unit={`, ${draft.currency}`} />
      <div className="row row-3">
        <Select
          className="grow"
          label="For"
          data={[{ value: '', label: 'Any format' }, ...priceFormats.map((value) => ({ value, label: value }))]}
          value={draft.format}
          onChange={(format) => onChange({ format: format ?? '' })}
          allowDeselect={false}
        />
        <TextInput
          className="grow"
          label="Currency"
          maxLength={3}
          value={draft.currency}
          onChange={(event) => onChange({ currency: event.currentTarget.value.toUpperCase() })}
        />
      </div>
      <Checkbox
        label="Take published bands too, which are estimates"
        checked={draft.withEstimates}
        onChange={(event) => onChange({ withEstimates: event.currentTarget.checked })}
      />
      <p className="meta">Prices in another currency count as not known; they are never converted.</p>
    </>
  );
}
