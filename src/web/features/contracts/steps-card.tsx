import { Button, Textarea } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import {
  acceptCounter,
  type Contract,
  declineCounter,
  endContract,
  getDocument,
  getSealed,
  withdrawContract,
} from '#modules/contracts/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { ContractChanges } from '#web/shell/contract-text.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatDateTime } from '#web/ui/format-when.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { RenewDialog } from './renew-dialog.tsx';
import { LinkButton, SendDialog } from './send-dialog.tsx';
import { SignPart } from './sign-part.tsx';
import { contractNouns, isRenewable, lastMoment, sayDay, sayStanding } from './words.ts';

interface Props {
  contract: Contract;
  mayWrite: boolean;
  onEdit: () => void;
}

type Asking = 'withdraw' | 'decline' | 'end' | 'send' | 'renew' | null;

/** What can be done next, and by whom. */
export function StepsCard({ contract, mayWrite, onEdit }: Props) {
  const [asking, setAsking] = useState<Asking>(null);
  const { timeZone } = useWorkspace();
  const { state } = contract;
  const isOpen = state === 'sent' || state === 'countered' || state === 'agreed';
  const brandSigned = contract.signedBy.includes('brand');
  return (
    <Section title="What is next" note={sayStanding(contract)}>
      <div className="stack">
        <TermNote contract={contract} />
        {contract.stateNote !== null && <p className="ink-2">“{contract.stateNote}”</p>}
        {contract.expiresAt !== null && isOpen && (
          <p className="meta">Open until {formatDateTime(lastMoment(contract.expiresAt), timeZone)}</p>
        )}
        {mayWrite && state === 'draft' && (
          <>
            <Button variant="filled" onClick={() => setAsking('send')}>
              Send to {contract.person.name}
            </Button>
            <Button onClick={onEdit}>Edit the terms</Button>
          </>
        )}
        {mayWrite && state === 'countered' && (
          <CounterPart contract={contract} onEdit={onEdit} onDecline={() => setAsking('decline')} />
        )}
        {mayWrite && (state === 'agreed' || state === 'sent') && !brandSigned && <SignPart contract={contract} />}
        {brandSigned && state !== 'signed' && (
          <p className="ink-2">You have signed. {contract.person.name} signs next.</p>
        )}
        {mayWrite && isOpen && (
          <>
            <LinkButton contractId={contract.id} />
            <Button variant="subtle" color="gray" onClick={() => setAsking('withdraw')}>
              Withdraw the offer
            </Button>
          </>
        )}
        <Documents contract={contract} />
        {mayWrite && (state === 'declined' || state === 'withdrawn' || state === 'expired') && (
          <Button onClick={onEdit}>Make a new offer</Button>
        )}
        {mayWrite && isRenewable(contract) && <Button onClick={() => setAsking('renew')}>Propose a renewal</Button>}
        {mayWrite && contract.inForceVersion !== null && (
          <>
            {state === 'signed' && <Button onClick={onEdit}>Propose an amendment</Button>}
            <Button variant="subtle" color="gray" onClick={() => setAsking('end')}>
              Record that it ended early
            </Button>
          </>
        )}
      </div>
      {asking === 'send' && <SendDialog contractIds={[contract.id]} onClose={() => setAsking(null)} />}
      {asking === 'renew' && <RenewDialog contracts={[contract]} onClose={() => setAsking(null)} />}
      {(asking === 'withdraw' || asking === 'decline' || asking === 'end') && (
        <ReasonDialog contract={contract} what={asking} onClose={() => setAsking(null)} />
      )}
    </Section>
  );
}

/** From when until when it holds, and what it follows. */
function TermNote({ contract }: { contract: Contract }) {
  const { startsOn, endsOn, renewsId } = contract;
  if (endsOn === null && renewsId === null) return null;
  const from = startsOn === null ? '' : `from ${sayDay(startsOn)} `;
  return (
    <p className="meta">
      {endsOn === null ? '' : `Holds ${from}until ${sayDay(endsOn)}. `}
      {renewsId !== null && (
        <AppLink to="/contracts/$contractId" params={{ contractId: renewsId }}>
          {contract.isWaiting ? 'It renews a contract that still holds' : 'It renews another contract'}
        </AppLink>
      )}
    </p>
  );
}

function CounterPart({
  contract,
  onEdit,
  onDecline,
}: {
  contract: Contract;
  onEdit: () => void;
  onDecline: () => void;
}) {
  const accept = useApiMutation(acceptCounter, {
    invalidate: contractNouns,
    onSuccess: () => sayDone('Agreed; the creator is asked to sign'),
    onError: (error) => sayFailed('Not agreed', error),
  });
  const version = contract.versions.find((one) => one.version === contract.version);
  return (
    <>
      <b>{contract.person.name} proposes</b>
      <ContractChanges changes={version?.changes ?? []} />
      {version?.note != null && <p className="ink-2">“{version.note}”</p>}
      <Button
        variant="filled"
        loading={accept.isPending}
        onClick={() => accept.mutate({ contractId: contract.id, version: contract.version })}
      >
        Agree to it
      </Button>
      <Button onClick={onEdit}>Propose something else</Button>
      <Button variant="subtle" color="gray" onClick={onDecline}>
        Decline it
      </Button>
    </>
  );
}

function Documents({ contract }: { contract: Contract }) {
  const sealed = useDownload(getSealed);
  const document = useDownload(getDocument);
  const { id: contractId } = contract;
  const failed = (error: unknown) => sayFailed('Not saved', error);
  const sealedVersion = contract.versions.find((one) => one.sealedHash !== null);
  return (
    <>
      {sealedVersion !== undefined && (
        <Button
          leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
          loading={sealed.isRunning}
          onClick={() =>
            void sealed.start({ contractId, version: sealedVersion.version }, 'contract.pdf').catch(failed)
          }
        >
          Save the sealed contract, version {sealedVersion.version}
        </Button>
      )}
      {contract.state !== 'signed' && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
          loading={document.isRunning}
          onClick={() => void document.start({ contractId, version: contract.version }, 'contract.pdf').catch(failed)}
        >
          Save version {contract.version} as PDF
        </Button>
      )}
    </>
  );
}

const asks = {
  withdraw: { title: 'Withdraw the offer?', label: 'Withdraw', done: 'Withdrawn' },
  decline: { title: 'Decline the counter-offer?', label: 'Decline', done: 'Declined' },
  end: { title: 'Record that the contract ended?', label: 'Record the end', done: 'The end is recorded' },
} as const;

function ReasonDialog({
  contract,
  what,
  onClose,
}: {
  contract: Contract;
  what: keyof typeof asks;
  onClose: () => void;
}) {
  const withdraw = useApiMutation(withdrawContract, { invalidate: contractNouns });
  const decline = useApiMutation(declineCounter, { invalidate: contractNouns });
  const end = useApiMutation(endContract, { invalidate: contractNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { reason: '' },
    send: async ({ reason }) => {
      const { id: contractId, version } = contract;
      if (what === 'withdraw') await withdraw.mutateAsync({ contractId, reason });
      else if (what === 'decline') await decline.mutateAsync({ contractId, version, reason });
      else await end.mutateAsync({ contractId, reason });
      sayDone(asks[what].done);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={asks[what].title}
      submitLabel={asks[what].label}
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Textarea
        label="Why"
        description="The creator reads it"
        required
        autosize
        minRows={2}
        maxLength={1000}
        {...form.getInputProps('reason')}
      />
      {contract.inForceVersion !== null && what !== 'end' && (
        <p className="ink-2">Version {contract.inForceVersion} stays in force.</p>
      )}
    </FormDialog>
  );
}
