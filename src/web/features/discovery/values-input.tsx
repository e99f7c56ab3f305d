import { MultiSelect, TagsInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { audienceAges, audienceGenders, searchValues } from '#modules/discovery/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { kindOf } from './filter-groups.ts';
import { fieldLabel, valueLabel } from './filter-words.ts';

interface Props {
  field: string;
  listNames: ReadonlyMap<string, string>;
  values: string[];
  onChange: (values: string[]) => void;
}

/** The values of a field, any of which will do: from those creators have, or typed where there is no list of them. */
export function ValuesInput(props: Props) {
  const { field, values, onChange } = props;
  const kind = kindOf(field);
  if (kind === 'set') return <KnownValues {...props} />;
  const fixed = fixedValues(field);
  if (fixed !== null) return <Choices {...props} known={fixed} />;
  return (
    <TagsInput
      label={`${fieldLabel(field)}, any of`}
      description="Enter after each"
      value={values}
      onChange={(next) => onChange(next.map((value) => (kind === 'words' ? value.replace(/^[#@]/, '') : value)))}
      splitChars={[',', ';']}
      data-autofocus
    />
  );
}

function fixedValues(field: string): readonly string[] | null {
  switch (field) {
    case 'audience.country':
      return codes('region');
    case 'audience.language':
      return codes('language');
    case 'audience.age':
      return audienceAges;
    case 'audience.gender':
    case 'audience.engagersGender':
      return audienceGenders;
    default:
      return null;
  }
}

function codes(type: 'region' | 'language'): string[] {
  const names = new Intl.DisplayNames('en', { type, fallback: 'none' });
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const all = letters.flatMap((first) => letters.map((second) => first + second));
  const own = type === 'region' ? all.map((code) => code.toUpperCase()) : all;
  // Withdrawn codes have the name of the one that came after.
  const isCurrent = (code: string) => {
    const locale = new Intl.Locale(type === 'region' ? `und-${code}` : code);
    return (type === 'region' ? locale.region : locale.language) === code;
  };
  return own.filter((code) => names.of(code) !== undefined && isCurrent(code));
}

function Choices({ field, listNames, values, onChange, known }: Props & { known: readonly string[] }) {
  const data = useMemo(
    () =>
      [...new Set([...values, ...known])]
        .map((value) => ({ value, label: valueLabel(field, value, listNames) }))
        .sort((a, b) => (known.length > 20 ? a.label.localeCompare(b.label) : 0)),
    [field, known, listNames, values],
  );
  return (
    <MultiSelect
      label={`${fieldLabel(field)}, any of`}
      data={data}
      value={values}
      onChange={onChange}
      searchable
      limit={300}
      nothingFoundMessage="None of that name"
      data-autofocus
      clearable
    />
  );
}

function KnownValues({ field, listNames, values, onChange }: Props) {
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
