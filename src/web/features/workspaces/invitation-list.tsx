import { Button } from '@mantine/core';
import { type Invitation, listInvitations, revokeInvitation } from '#modules/workspaces/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { roleWords } from './role-words.ts';

/** Invitations that wait for an answer; nothing is drawn when there is none. */
export function InvitationList({ canChange }: { canChange: boolean }) {
  const query = useApiQuery(listInvitations, {});
  return (
    <QueryState query={query}>
      {({ rows }) =>
        rows.length > 0 && (
          <Section title={`${formatPlural(rows.length, 'invitation waits', 'invitations wait')} for an answer`}>
            <ul className="list">
              {rows.map((invitation) => (
                <InvitationRow key={invitation.id} invitation={invitation} canChange={canChange} />
              ))}
            </ul>
          </Section>
        )
      }
    </QueryState>
  );
}

function InvitationRow({ invitation, canChange }: { invitation: Invitation; canChange: boolean }) {
  const { timeZone } = useWorkspace();
  const revoke = useApiMutation(revokeInvitation, {
    invalidate: ['invitations', 'audit'],
    onSuccess: () => sayDone(`The link for ${invitation.email} no longer works`),
    onError: (error) => sayFailed('The invitation was not withdrawn', error),
  });
  return (
    <li>
      <div className="grow people-name">
        <div className="row">
          <b className="clip">{invitation.email}</b>
          {invitation.isExpired && <Tag tone="warn">expired</Tag>}
        </div>
        <span className="meta block clip">
          {roleWords[invitation.role].label}, invited by {invitation.invitedBy},{' '}
          {invitation.isExpired ? 'ended' : 'good until'} {formatDate(invitation.expiresAt, timeZone)}
        </span>
      </div>
      {canChange && (
        <Button
          size="xs"
          loading={revoke.isPending}
          onClick={() => revoke.mutate({ invitationId: invitation.id })}
          aria-label={`Withdraw the invitation of ${invitation.email}`}
        >
          Withdraw
        </Button>
      )}
    </li>
  );
}
