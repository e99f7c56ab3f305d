import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { type CampaignState, campaignStates } from '#modules/campaigns/api.ts';
import type { SetSearch } from '#web/shell/use-search-state.ts';
import type { OverviewSearch } from './overview-search.ts';

interface Props {
  state: OverviewSearch;
  setState: SetSearch<OverviewSearch>;
  isSpan: boolean;
}

const typingMs = 200;
const stateNames: Record<CampaignState, string> = {
  draft: 'Draft',
  live: 'Live',
  ended: 'Ended',
  archived: 'Archived',
};

export function OverviewFilters({ state, setState, isSpan }: Props) {
  const [words, setWords] = useState(state.q);
  const search = useDebouncedCallback((q: string) => setState({ q: q === '' ? undefined : q }), typingMs);
  const toggle = (name: CampaignState) => {
    const states = state.states.includes(name) ? state.states.filter((one) => one !== name) : [...state.states, name];
    setState({ states });
  };
  const isFiltered = state.q !== '' || state.states.length > 0 || state.from !== undefined || state.to !== undefined;
  return (
    <div className="reports-filters noprint">
      <TextInput
        label="Campaign"
        placeholder="Part of the name"
        leftSection={<IconSearch size={15} stroke={1.6} aria-hidden />}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
      />
      <TextInput
        label="Ran from"
        type="date"
        value={state.from ?? ''}
        onChange={(event) => setState({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        label="To"
        type="date"
        value={state.to ?? ''}
        error={isSpan ? null : 'before the start; not used'}
        onChange={(event) => setState({ to: event.currentTarget.value || undefined })}
      />
      <fieldset className="reports-states" aria-label="State">
        {campaignStates.map((name) => (
          <button
            key={name}
            type="button"
            className="chip add"
            aria-pressed={state.states.includes(name)}
            onClick={() => toggle(name)}
          >
            {stateNames[name]}
          </button>
        ))}
      </fieldset>
      {isFiltered && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => {
            setWords('');
            setState({ q: undefined, states: [], from: undefined, to: undefined });
          }}
        >
          Clear
        </Button>
      )}
    </div>
  );
}
