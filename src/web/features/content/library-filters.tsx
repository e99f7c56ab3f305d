import { Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { platformNames, platforms } from '#kernel/platform.ts';
import { assetColours, capturedHows, rightsStates } from '#modules/content/api.ts';
import type { SetSearch } from '#web/shell/use-search-state.ts';
import type { LibrarySearch } from './library-search.ts';
import { howWords, rightsWords } from './words.ts';

interface Props {
  state: LibrarySearch;
  onChange: SetSearch<LibrarySearch>;
}

const sorts = [
  { value: 'newest', label: 'Newest first' },
  { value: 'likes', label: 'Most likes' },
  { value: 'views', label: 'Most views' },
  { value: 'rights_end', label: 'Rights that end first' },
] as const;

export function LibraryFilters({ state, onChange }: Props) {
  return (
    <div className="ct-filters">
      <TextInput
        label="Words"
        leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
        value={state.q}
        onChange={(event) => onChange({ q: event.currentTarget.value })}
      />
      <Select
        label="Rights"
        placeholder="Any"
        clearable
        data={rightsStates.map((value) => ({ value, label: rightsWords[value] }))}
        value={state.rights ?? null}
        onChange={(value) => onChange({ rights: rightsStates.find((one) => one === value) })}
      />
      <Select
        label="Platform"
        placeholder="Any"
        clearable
        data={platforms.map((value) => ({ value, label: platformNames[value] }))}
        value={state.platform ?? null}
        onChange={(value) => onChange({ platform: platforms.find((one) => one === value) })}
      />
      <Select
        label="How it came in"
        placeholder="Any"
        clearable
        data={capturedHows.map((value) => ({ value, label: howWords[value] }))}
        value={state.how ?? null}
        onChange={(value) => onChange({ how: capturedHows.find((one) => one === value) })}
      />
      <Select
        label="Colour"
        placeholder="Any"
        clearable
        data={assetColours.map((value) => ({ value, label: value }))}
        value={state.colour ?? null}
        onChange={(value) => onChange({ colour: assetColours.find((one) => one === value) })}
      />
      <Select
        label="Order"
        data={sorts.map(({ value, label }) => ({ value, label }))}
        value={state.sort}
        allowDeselect={false}
        onChange={(value) => onChange({ sort: sorts.find((one) => one.value === value)?.value ?? 'newest' })}
      />
    </div>
  );
}
