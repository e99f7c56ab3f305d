import { MultiSelect, Select, TagsInput, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { platformNames, platforms } from '#kernel/platform.ts';
import { contactTypes, type countCreators } from '#modules/creators/api.ts';
import { safetyCategories, safetyCategorySchema } from '#modules/vetting/api.ts';
import { listMembers } from '#modules/workspaces/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import type { SetSearch } from '#web/shell/use-search-state.ts';
import { formatCount } from '#web/ui/format-number.ts';
import type { CreatorsSearch } from './creators-search.ts';
import { contactTypeNames, countryName } from './words.ts';

interface Props {
  state: CreatorsSearch;
  onChange: SetSearch<CreatorsSearch>;
  counts: OutputOf<typeof countCreators> | undefined;
}

const withCount = (label: string, count: number) => `${label} (${formatCount(count)})`;

/** Search words and filters of the list; each is kept in the address. */
export function CreatorsFilters({ state, onChange, counts }: Props) {
  const niches = optionsOf(counts?.niches, state.niches, (value) => value);
  const tags = optionsOf(counts?.tags, state.tags, (value) => value);
  const countries = optionsOf(counts?.countries, state.countries, countryName);
  const members = useApiQuery(listMembers, {}, { enabled: useCan('members:read') });
  const types = contactTypes.map((value) => {
    const count = counts?.contactTypes.find((one) => one.value === value)?.count;
    return { value, label: count === undefined ? contactTypeNames[value] : withCount(contactTypeNames[value], count) };
  });
  const nameOfMember = (id: string) => members.data?.rows.find((one) => one.userId === id)?.name ?? 'A member who left';
  const owners = [
    { value: 'none', label: 'Nobody yet' },
    ...(counts?.owners ?? []).map(({ value, count }) => ({ value, label: withCount(nameOfMember(value), count) })),
  ];
  return (
    <div className="creators-filters">
      <TextInput
        label="Name or handle"
        leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
        value={state.q}
        onChange={(event) => onChange({ q: event.currentTarget.value })}
      />
      <Choice
        label="Platform"
        data={platforms.map((value) => ({ value, label: platformNames[value] }))}
        value={state.platforms}
        onChange={(value) => onChange({ platforms: platforms.filter((one) => value.includes(one)) })}
      />
      <Choice label="Niche" data={niches} value={state.niches} onChange={(value) => onChange({ niches: value })} />
      <Choice
        label="Country"
        data={countries}
        value={state.countries}
        onChange={(value) => onChange({ countries: value })}
      />
      <Choice label="Tag" data={tags} value={state.tags} onChange={(value) => onChange({ tags: value })} />
      <Choice
        label="Contact type"
        data={types}
        value={state.types}
        onChange={(value) => onChange({ types: contactTypes.filter((one) => value.includes(one)) })}
      />
      <Select
        label="Owner"
        placeholder="Anybody"
        clearable
        data={owners}
        value={state.owner ?? null}
        onChange={(value) => onChange({ owner: value ?? undefined })}
      />
      <Choice
        label="Brand-safety flags"
        data={Object.entries(safetyCategories).map(([value, label]) => ({ value, label }))}
        value={state.flags}
        onChange={(value) => onChange({ flags: value.map((one) => safetyCategorySchema.parse(one)) })}
      />
      <Select
        label="Followers"
        placeholder="Any"
        clearable
        data={sizes.map(({ value, label }) => ({ value, label }))}
        value={state.size ?? null}
        onChange={(value) => onChange({ size: value ?? undefined })}
      />
      <TagsInput
        label="Extra fields"
        placeholder="agency=North"
        description="As field=value; each has to hold"
        value={state.fields}
        onChange={(value) =>
          onChange({ fields: value.filter((one) => /^[^=]+=.+$/su.test(one.trim())).map((one) => one.trim()) })
        }
        acceptValueOnBlur
        maxTags={20}
        clearable
      />
    </div>
  );
}

/** Sizes offered here; the tiers of Discover can be changed, these are only a quick way to narrow the list. */
export const sizes = [
  { value: 'under-1k', label: 'Under 1k', max: 999 },
  { value: '1k-10k', label: '1k to 10k', min: 1000, max: 10_000 },
  { value: '10k-50k', label: '10k to 50k', min: 10_000, max: 50_000 },
  { value: '50k-100k', label: '50k to 100k', min: 50_000, max: 100_000 },
  { value: 'over-100k', label: 'Over 100k', min: 100_000 },
] as const satisfies readonly { value: string; label: string; min?: number; max?: number }[];

function optionsOf(
  facets: { value: string; count: number }[] | undefined,
  chosen: string[],
  label: (value: string) => string,
) {
  const known = (facets ?? []).map(({ value, count }) => ({ value, label: withCount(label(value), count) }));
  return [
    ...known,
    ...chosen
      .filter((value) => !known.some((one) => one.value === value))
      .map((value) => ({ value, label: label(value) })),
  ];
}

interface ChoiceProps {
  label: string;
  data: { value: string; label: string }[];
  value: string[];
  onChange: (value: string[]) => void;
}

function Choice({ label, data, value, onChange }: ChoiceProps) {
  return (
    <MultiSelect
      label={label}
      {...(value.length === 0 ? { placeholder: 'Any' } : {})}
      data={data}
      value={value}
      onChange={onChange}
      searchable
      clearable
      disabled={data.length === 0}
    />
  );
}
