import { z } from 'zod';
import { type Contract, getContract } from '#modules/contracts/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { ContractText } from '#web/shell/contract-text.tsx';
import { useCrumb } from '#web/shell/crumb-store.ts';
import { useParam } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { Tag } from '#web/ui/tag.tsx';
import './contracts.css';
import { EffectsCard } from './effects-card.tsx';
import { EvidenceView } from './evidence-view.tsx';
import { ObligationsCard } from './obligations-card.tsx';
import { PayoutCard } from './payout-card.tsx';
import { StepsCard } from './steps-card.tsx';
import { TermsEditor } from './terms-editor.tsx';
import { VersionsView } from './versions-view.tsx';
import { modelNames, placeNames, sayStanding, toneOf } from './words.ts';

const views = ['text', 'edit', 'versions', 'evidence'] as const;
type View = (typeof views)[number];
const search = z.object({ view: z.enum(views).default('text') });

/** One contract: its text, its terms to edit, the proposals back and forth, and the evidence of signatures. */
export function ContractPage() {
  const contractId = useParam('contractId');
  const query = useApiQuery(getContract, { contractId });
  useCrumb(query.data?.title);
  if (query.error?.kind === 'not_found')
    return (
      <EmptyState isPage title="No such contract">
        It may have been an offer to a creator who was erased since.
      </EmptyState>
    );
  return (
    <div className="page">
      <QueryState query={query}>{(contract) => <Shown contract={contract} />}</QueryState>
    </div>
  );
}

function Shown({ contract }: { contract: Contract }) {
  const [{ view }, setState] = useSearchState(search);
  const mayWrite =
    useCan('contracts:write') && contract.endedAt === null && contract.ranOutAt === null && !contract.isErased;
  const { person, campaign } = contract;
  const options: { value: View; label: string }[] = [
    { value: 'text', label: 'Text' },
    ...(mayWrite ? [{ value: 'edit' as const, label: contract.inForceVersion === null ? 'Edit' : 'Amend' }] : []),
    { value: 'versions', label: `Versions (${contract.versions.length})` },
    { value: 'evidence', label: 'Evidence' },
  ];
  return (
    <>
      <PageHeader
        lead={<Avatar id={person.id} name={person.name} size={44} />}
        title={contract.title}
        badge={<Tag tone={toneOf(contract)}>{sayStanding(contract)}</Tag>}
        sub={
          <>
            {contract.isErased ? (
              person.name
            ) : (
              <AppLink to="/creators/$personId" params={{ personId: person.id }}>
                {person.name}
              </AppLink>
            )}
            ,{' '}
            <AppLink to="/campaigns/$campaignId/contracts" params={{ campaignId: campaign.id }}>
              {campaign.name}
            </AppLink>
            , {modelNames[contract.model].toLowerCase()}, law: {placeNames[contract.jurisdiction]}
          </>
        }
      />
      <Segments
        label="What to show"
        value={view}
        options={options}
        onChange={(next) => setState({ view: next }, { push: true })}
      />
      {view === 'edit' && mayWrite ? (
        <TermsEditor key={contract.updatedAt} contract={contract} onSaved={() => setState({ view: 'text' })} />
      ) : (
        <div className="cols">
          <div>{viewOf(view, contract)}</div>
          <aside className="ctr-side">
            <StepsCard
              key={contract.version}
              contract={contract}
              mayWrite={mayWrite}
              onEdit={() => setState({ view: 'edit' })}
            />
            <EffectsCard contract={contract} />
            <ObligationsCard contract={contract} />
            <PayoutCard contract={contract} />
          </aside>
        </div>
      )}
    </>
  );
}

function viewOf(view: View, contract: Contract) {
  switch (view) {
    case 'versions':
      return <VersionsView contract={contract} />;
    case 'evidence':
      return <EvidenceView contract={contract} />;
    case 'edit':
    case 'text':
      return (
        <article className="ctr-paper" aria-label="Text of the contract">
          <ContractText sections={contract.sections} />
          <p className="meta">{contract.notice}</p>
        </article>
      );
  }
}
