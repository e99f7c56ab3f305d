import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { searchCreators } from '#modules/discovery/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { nameOf } from './hit-words.ts';

interface Props {
  label: string;
  value: readonly string[];
  max: number;
  onChange: (personIds: string[]) => void;
}

const typingMs = 150;

/** Chooses creators by name or handle, from the own index. */
export function CreatorPicker({ label, value, max, onChange }: Props) {
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed.trim(), typingMs);
  const found = useApiQuery(
    searchCreators,
    { filters: [], limit: 12, ...(text === '' ? {} : { text: `${text}*` }) },
    { keepPrevious: true },
  );
  const chosen = useApiQuery(
    searchCreators,
    { filters: [{ field: 'creator', op: 'in', values: [...value] }], limit: 50 },
    { enabled: value.length > 0, keepPrevious: true },
  );
  const hits = new Map([...(chosen.data?.rows ?? []), ...(found.data?.rows ?? [])].map((hit) => [hit.personId, hit]));
  const data = [...new Set([...value, ...hits.keys()])].map((personId) => {
    const hit = hits.get(personId);
    return { value: personId, label: hit === undefined ? personId : nameOf(hit) };
  });
  return (
    <MultiSelect
      label={label}
      placeholder={value.length === 0 ? 'Name or handle' : ''}
      data={data}
      value={[...value]}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      searchable
      hidePickedOptions
      maxValues={max}
      // The server has searched already.
      filter={({ options }) => options}
      nothingFoundMessage={found.isPending ? 'Searching…' : 'No creator of that name'}
    />
  );
}
