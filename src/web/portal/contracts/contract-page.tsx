import { Button } from '@mantine/core';
import { IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import {
  declinePortalContract,
  getPortalContract,
  getPortalDocument,
  getPortalSealed,
  type PortalContract,
  signPortalContract,
} from '#modules/contracts/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { ContractSigning } from '#web/shell/contract-signing.tsx';
import { ContractChanges, ContractText } from '#web/shell/contract-text.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { formatDateTime } from '#web/ui/format-when.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { CounterForm } from './counter-form.tsx';
import { portalContractNouns } from './nouns.ts';
import { lastMoment, sayState, words } from './words.ts';

/** One contract for a thumb: what changed, the text, the document, and then sign, propose something else, or decline. */
export function ContractPage() {
  const { contractId = '' } = useParams({ strict: false });
  const query = useApiQuery(getPortalContract, { contractId });
  if (query.error?.kind === 'not_found')
    return (
      <EmptyState isPage title="No such contract">
        {words.gone}
      </EmptyState>
    );
  if (query.error)
    return (
      <>
        <h1 className="vh">{words.title}</h1>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </>
    );
  if (query.data === undefined) return <SkeletonLines count={10} label={words.loading} />;
  return <Shown key={`${query.data.version}`} contract={query.data} onStale={() => void query.refetch()} />;
}

function Shown({ contract, onStale }: { contract: PortalContract; onStale: () => void }) {
  const { text, tone } = sayState(contract);
  const { timeZone } = contract;
  return (
    <>
      <header className="ph-after">
        <p className="meta">
          {contract.brandName} · {contract.campaignName}
        </p>
        <h1>{contract.title}</h1>
        <p className="meta">
          <Tag tone={tone}>{text}</Tag>
          {contract.expiresAt !== null && ` open until ${formatDateTime(lastMoment(contract.expiresAt), timeZone)}`}
        </p>
      </header>
      {contract.isAmendment && contract.state !== 'signed' && (
        <p className="ink-2">Your contract stays as it is until you both have signed this change.</p>
      )}
      {contract.note !== null && <p className="ph-text ink-2">“{contract.note}”</p>}
      {contract.stateNote !== null && <p className="ph-text ink-2">{contract.stateNote}</p>}
      {contract.changes.length > 0 && (
        <section className="ph-card" aria-labelledby="pc-changes">
          <h2 id="pc-changes">What changed since version {contract.changesSince}</h2>
          <ContractChanges changes={contract.changes} />
        </section>
      )}
      <section className="ph-card" aria-labelledby="pc-text">
        <h2 id="pc-text">What you agree on</h2>
        <ContractText sections={contract.sections} />
      </section>
      <Signed contract={contract} />
      <Answers contract={contract} onStale={onStale} />
    </>
  );
}

function Signed({ contract }: { contract: PortalContract }) {
  const sealed = useDownload(getPortalSealed);
  const own = contract.mySignature;
  if (own === null && !contract.isSealed) return null;
  return (
    <section className="ph-card">
      {own !== null && (
        <p className="row" role="status">
          <IconCircleCheck size={20} stroke={1.6} aria-hidden />
          <span>
            Signed as {own.name} on {formatDateTime(own.at, contract.timeZone)}
          </span>
        </p>
      )}
      {contract.isSealed && (
        <Button
          variant="filled"
          leftSection={<IconDownload size={18} stroke={1.6} aria-hidden />}
          loading={sealed.isRunning}
          onClick={() =>
            void sealed
              .start({ contractId: contract.id, version: contract.version }, 'contract.pdf')
              .catch((error: unknown) => sayFailed('Not saved', error))
          }
        >
          Save the signed contract
        </Button>
      )}
    </section>
  );
}

function Answers({ contract, onStale }: { contract: PortalContract; onStale: () => void }) {
  const { id: contractId, version, may } = contract;
  const isPreview = useIsPreview();
  const [isCountering, setCountering] = useState(false);
  const [isDeclining, setDeclining] = useState(false);
  const document = useDownload(getPortalDocument);
  const sign = useApiMutation(signPortalContract, {
    invalidate: portalContractNouns,
    onSuccess: () => sayDone('Signed, thank you'),
  });
  const decline = useApiMutation(declinePortalContract, {
    invalidate: portalContractNouns,
    onSuccess: () => sayDone('Declined'),
  });
  const open = async () => {
    await document.start({ contractId, version }, 'contract.pdf');
    onStale();
  };
  if (!may.sign && !may.counter && !may.decline) return null;
  return (
    <>
      {may.sign && !isCountering && (
        <section className="ph-card" aria-labelledby="pc-sign">
          <h2 id="pc-sign">Sign</h2>
          <ContractSigning
            hash={contract.documentHash}
            consent={contract.consent}
            hasSeen={contract.hasSeen}
            onOpen={open}
            isOpening={document.isRunning}
            withRole={false}
            suggestedName=""
            isDisabled={isPreview}
            onSign={(signature) =>
              sign.mutateAsync({ contractId, version, documentHash: contract.documentHash, ...signature })
            }
          />
        </section>
      )}
      {isCountering && <CounterForm contract={contract} isDisabled={isPreview} onClose={() => setCountering(false)} />}
      <div className="stack">
        {may.counter && !isCountering && (
          <Button variant="default" onClick={() => setCountering(true)}>
            Propose something else
          </Button>
        )}
        {may.decline && (
          <Button variant="subtle" color="gray" onClick={() => setDeclining(true)}>
            Decline
          </Button>
        )}
      </div>
      <ConfirmDialog
        isOpen={isDeclining}
        onClose={() => setDeclining(false)}
        title={`Decline “${contract.title}”?`}
        confirmLabel="Decline"
        isDangerous
        onConfirm={() => decline.mutateAsync({ contractId, version })}
      >
        {contract.isAmendment
          ? 'The contract you have stays as it is.'
          : `${contract.brandName} is told that you will not take part.`}
      </ConfirmDialog>
    </>
  );
}
