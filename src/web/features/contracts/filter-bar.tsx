import { Select, TextInput } from '@mantine/core';
import type { OutputOf } from '#kernel/endpoint.ts';
import { contractStateSchema, type listContracts } from '#modules/contracts/api.ts';
import { type StateFilter, stateFilters } from './contracts-table.tsx';
import { stateNames } from './words.ts';

interface Props {
  state: StateFilter;
  query: string;
  counts: OutputOf<typeof listContracts>['counts'] | undefined;
  onChange: (change: { state?: StateFilter; q?: string }) => void;
}

export function FilterBar({ state, query, counts, onChange }: Props) {
  const options = [
    { value: 'all', label: 'Every state' },
    ...contractStateSchema.options
      .filter((one) => one === state || counts === undefined || (counts[one] ?? 0) > 0)
      .map((one) => ({
        value: one,
        label: `${stateNames[one]}${counts === undefined ? '' : ` (${counts[one] ?? 0})`}`,
      })),
  ];
  return (
    <div className="row ctr-filter">
      <TextInput
        aria-label="Find a contract"
        placeholder="Creator or title"
        value={query}
        onChange={(event) => onChange({ q: event.currentTarget.value })}
      />
      <Select
        aria-label="State"
        allowDeselect={false}
        data={options}
        value={state}
        onChange={(value) => onChange({ state: stateFilters.find((one) => one === value) ?? 'all' })}
      />
    </div>
  );
}
