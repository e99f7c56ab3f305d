import { Button, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { platformNames } from '#kernel/platform.ts';
import { decideProof, getProofFile, listProofs, type PortalProof, proofFigures } from '#modules/portal/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useClient } from '#web/api/use-client.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatCount } from '#web/ui/format-number.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

const names: Record<(typeof proofFigures)[number], string> = {
  followers: 'followers',
  avgViews: 'average views',
  avgLikes: 'average likes',
  avgComments: 'average comments',
  reach: 'accounts reached',
};

/** Screenshots of insights that wait for a person who compares them with what was typed. */
export function ProofList() {
  const proofs = useApiQuery(listProofs, { state: 'waits', limit: 100 });
  return (
    <QueryState query={proofs}>
      {({ rows }) =>
        rows.length === 0 ? (
          <EmptyState title="No figures wait">
            Creators can send a screenshot of their insights from their page; it stands here then.
          </EmptyState>
        ) : (
          <div>
            {rows.map((row) => (
              <Proof key={row.id} row={row} />
            ))}
          </div>
        )
      }
    </QueryState>
  );
}

function Proof({ row }: { row: PortalProof }) {
  const client = useClient();
  const { slug } = useWorkspace();
  const canWrite = useCan('creators:write');
  const [isRefusing, dialog] = useDisclosure(false);
  const address = client.url(getProofFile, { proofId: row.id, workspace: slug });
  const take = useApiMutation(decideProof, {
    invalidate: ['portalProofs', 'creators'],
    onSuccess: () => sayDone('Taken over as their own statement'),
    onError: (error) => sayFailed('Not taken over', error),
  });
  return (
    <article className="prt-proof">
      <a href={address} target="_blank" rel="noreferrer" aria-label={`Open what ${row.personName} sent`}>
        <img src={address} alt="" loading="lazy" />
      </a>
      <div>
        <p>
          <AppLink to="/creators/$personId" params={{ personId: row.personId }} className="link">
            {row.personName}
          </AppLink>
          , @{row.handle} on {platformNames[row.platform]}, {row.takenOn}
        </p>
        <p className="ink-2">
          {proofFigures
            .flatMap((name) => {
              const value = row.figures[name];
              return value === undefined ? [] : [`${formatCount(value)} ${names[name]}`];
            })
            .join(', ') || 'No figures were typed'}
        </p>
        {row.note !== '' && <p className="meta">{row.note}</p>}
      </div>
      <div className="row">
        <Button
          variant="filled"
          disabled={!canWrite}
          loading={take.isPending}
          onClick={() => take.mutate({ proofId: row.id, isTaken: true })}
        >
          Take over
        </Button>
        <Button disabled={!canWrite} onClick={dialog.open}>
          Refuse
        </Button>
      </div>
      <RefuseDialog row={row} isOpen={isRefusing} onClose={dialog.close} />
    </article>
  );
}

function RefuseDialog({ row, isOpen, onClose }: { row: PortalProof; isOpen: boolean; onClose: () => void }) {
  const refuse = useApiMutation(decideProof, { invalidate: ['portalProofs'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { reason: '' },
    send: ({ reason }) => refuse.mutateAsync({ proofId: row.id, isTaken: false, reason }).then(onClose),
  });
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title={`Refuse the figures of ${row.personName}?`}
      submitLabel="Refuse"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Textarea
        label="Reason"
        description="They read it."
        required
        maxLength={1000}
        {...form.getInputProps('reason')}
      />
    </FormDialog>
  );
}
