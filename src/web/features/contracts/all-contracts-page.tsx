import { z } from 'zod';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { ContractsTable, stateFilters, useContractCounts } from './contracts-table.tsx';
import './contracts.css';
import { FilterBar } from './filter-bar.tsx';

const search = z.object({ state: z.enum(stateFilters).default('all'), q: z.string().default('') });

/** The contracts of all campaigns. */
export function AllContractsPage() {
  const [{ state, q }, setState] = useSearchState(search);
  const { data } = useContractCounts();
  return (
    <div className="page">
      <PageHeader
        title={data === undefined ? 'Contracts' : `${formatPlural(data.inForce, 'contract')} in force`}
        sub="Of all campaigns, newest first"
      />
      <FilterBar state={state} query={q} counts={data?.counts} onChange={setState} />
      <ContractsTable
        state={state}
        query={q}
        empty={
          <EmptyState title="No contracts yet">They are drafted on a campaign, from its tab Contracts.</EmptyState>
        }
      />
    </div>
  );
}
