import { listPortalContracts } from '#modules/contracts/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { ContractList } from './contract-list.tsx';
import { words } from './words.ts';

export function ContractsPage() {
  const query = useApiQuery(listPortalContracts, {});
  return (
    <>
      <h1>{words.title}</h1>
      <QueryState query={query}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={words.none}>{words.noneText}</EmptyState>
          ) : (
            <ContractList rows={rows} />
          )
        }
      </QueryState>
    </>
  );
}
