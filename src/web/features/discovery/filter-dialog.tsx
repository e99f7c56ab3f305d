import { MultiSelect, NumberInput, SegmentedControl, Switch } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { type FieldKind, type Filter, searchFields, searchValues } from '#modules/discovery/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { fieldLabel, isNegated, isShare, valueLabel } from './filter-words.ts';

interface Props {
  field: string;
  /** The filter that is changed; null makes a new one. */
  filter: Filter | null;
  listNames: ReadonlyMap<string, string>;
  onClose: () => void;
  onSave: (filter: Filter) => void;
}

type Kind = FieldKind;

function kindOf(field: string): Kind {
  const known = searchFields[field as keyof typeof searchFields];
  return known === undefined ? 'flag' : known.kind;
}

/** One filter in full: its values or bounds, turned round or not. */
export function FilterDialog({ field, filter, listNames, onClose, onSave }: Props) {
  const kind = kindOf(field);
  const scale = isShare(field) ? 100 : 1;
  const [values, setValues] = useState<string[]>(filter?.op === 'in' ? filter.values : []);
  const [min, setMin] = useState<number | string>(scaled(lowOf(filter), scale));
  const [max, setMax] = useState<number | string>(scaled(highOf(filter), scale));
  const [days, setDays] = useState<number | string>(filter?.op === 'within' ? filter.days : 90);
  const [isSo, setSo] = useState(filter?.op === 'is' ? filter.value : true);
  const [isNot, setNot] = useState(filter !== null && isNegated(filter));
  const [failure, setFailure] = useState<string | null>(null);

  const toFilter = (): Filter | string => {
    const not = isNot ? { not: true } : {};
    if (kind === 'set') return values.length === 0 ? 'Choose at least one value.' : { field, op: 'in', values, ...not };
    if (kind === 'flag') return { field, op: 'is', value: isSo };
    if (kind === 'date')
      return days === '' ? 'Say within how many days.' : { field, op: 'within', days: Number(days), ...not };
    if (min === '' && max === '') return 'Give a lower or an upper bound, or both.';
    if (min !== '' && max !== '' && Number(min) > Number(max)) return 'The lower bound is above the upper one.';
    return {
      field,
      op: 'range',
      ...(min === '' ? {} : { min: Number(min) / scale }),
      ...(max === '' ? {} : { max: Number(max) / scale }),
      ...not,
    };
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const made = toFilter();
    if (typeof made === 'string') {
      setFailure(made);
      return;
    }
    onSave(made);
    onClose();
  };
  const unit = isShare(field) ? ', %' : '';
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Filter by ${fieldLabel(field).toLowerCase()}`}
      submitLabel={filter === null ? 'Add filter' : 'Change filter'}
      onSubmit={onSubmit}
      failure={failure}
    >
      {kind === 'set' && <ValuesInput field={field} listNames={listNames} values={values} onChange={setValues} />}
      {kind === 'number' && (
        <div className="row row-3">
          <NumberInput
            className="grow"
            label={`At least${unit}`}
            value={min}
            onChange={setMin}
            thousandSeparator=","
            data-autofocus
          />
          <NumberInput className="grow" label={`At most${unit}`} value={max} onChange={setMax} thousandSeparator="," />
        </div>
      )}
      {kind === 'date' && (
        <NumberInput
          label="Posted within so many days"
          value={days}
          onChange={setDays}
          min={1}
          max={3650}
          allowDecimal={false}
          data-autofocus
        />
      )}
      {kind === 'flag' && (
        <SegmentedControl
          aria-label={fieldLabel(field)}
          value={String(isSo)}
          onChange={(value) => setSo(value === 'true')}
          data={[
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]}
        />
      )}
      {kind !== 'flag' && (
        <Switch
          label="Leave these out instead"
          checked={isNot}
          onChange={(event) => setNot(event.currentTarget.checked)}
        />
      )}
      <p className="meta">
        Creators whose {fieldLabel(field).toLowerCase()} is not known are left out, and counted below the search.
      </p>
    </FormDialog>
  );
}

function ValuesInput({
  field,
  listNames,
  values,
  onChange,
}: {
  field: string;
  listNames: ReadonlyMap<string, string>;
  values: string[];
  onChange: (values: string[]) => void;
}) {
  const [typed, setTyped] = useState('');
  const [letters] = useDebouncedValue(typed, 150);
  const isList = field === 'list';
  const query = useApiQuery(
    searchValues,
    { field, text: field === 'country' || field === 'language' ? '' : letters, limit: 200 },
    { enabled: !isList, keepPrevious: true },
  );
  const known = isList ? [...listNames.keys()] : (query.data?.values ?? []).map((one) => one.value);
  const data = [...new Set([...values, ...known])].map((value) => ({
    value,
    label: valueLabel(field, value, listNames),
  }));
  return (
    <MultiSelect
      label={`${fieldLabel(field)}, any of`}
      data={data}
      value={values}
      onChange={onChange}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={query.isPending && !isList ? 'Looking' : 'None of your creators has that'}
      data-autofocus
      clearable
    />
  );
}

function lowOf(filter: Filter | null): number | undefined {
  if (filter?.op === 'range') return filter.min;
  return filter?.op === 'gt' || filter?.op === 'gte' ? filter.value : undefined;
}

function highOf(filter: Filter | null): number | undefined {
  if (filter?.op === 'range') return filter.max;
  return filter?.op === 'lt' || filter?.op === 'lte' ? filter.value : undefined;
}

function scaled(value: number | undefined, scale: number): number | string {
  return value === undefined ? '' : Number((value * scale).toPrecision(12));
}
