import { listPortalContracts } from '#modules/contracts/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { PortalLink } from '#web/portal/shell/portal-link.tsx';
import { ContractList } from './contract-list.tsx';
import { words } from './words.ts';

const shownMax = 3;

/** Contracts on the home page; nothing without any. */
export function ContractsSection() {
  const { data } = useApiQuery(listPortalContracts, {});
  if (data === undefined || data.length === 0) return null;
  return (
    <section aria-labelledby="pc-home">
      <header>
        <h2 id="pc-home">{words.title}</h2>
        {data.length > shownMax && <PortalLink to="/contracts">All {data.length}</PortalLink>}
      </header>
      <ContractList rows={data.slice(0, shownMax)} />
    </section>
  );
}
