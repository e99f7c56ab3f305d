import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { searchCreators } from '#modules/discovery/api.ts';
import type { CreatorRef } from '#modules/tracking/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';

interface Props {
  label: string;
  description?: string;
  /** The creator that stands now, so that their name shows at once. */
  known: CreatorRef | null;
  value: string | null;
  onChange: (personId: string | null) => void;
}

const typingMs = 150;

/** Chooses one creator by name or handle. */
export function CreatorSelect({ label, description, known, value, onChange }: Props) {
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed.trim(), typingMs);
  const found = useApiQuery(
    searchCreators,
    { filters: [], limit: 12, ...(text === '' ? {} : { text: `${text}*` }) },
    { keepPrevious: true },
  );
  const names = new Map(
    (found.data?.rows ?? []).map((hit) => [hit.personId, hit.name ?? hit.profile?.handle ?? 'Creator without a name']),
  );
  if (known !== null && !names.has(known.personId)) names.set(known.personId, known.name);
  return (
    <Select
      label={label}
      description={description}
      placeholder="Name or handle"
      data={[...names].map(([personId, name]) => ({ value: personId, label: name }))}
      value={value}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      searchable
      clearable
      // The server has searched already.
      filter={({ options }) => options}
      nothingFoundMessage={found.isPending ? 'Searching…' : 'No creator of that name'}
    />
  );
}
