import { ActionIcon, Button, Select } from '@mantine/core';
import { IconTrash, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { changeMemberRole, listMembers, type Member, type Role, removeMember } from '#modules/workspaces/api.ts';
import { useRefreshSession, useSession } from '#web/api/session.tsx';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { InvitationList } from './invitation-list.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { roleOptions, roleWords } from './role-words.ts';

export function PeoplePage() {
  const { name } = useWorkspace();
  const query = useApiQuery(listMembers, {});
  const canChange = useCan('members:write');
  const [isInviting, setInviting] = useState(false);
  const invite = canChange && (
    <Button
      size="xs"
      variant="filled"
      leftSection={<IconUserPlus size={16} stroke={1.6} aria-hidden />}
      onClick={() => setInviting(true)}
    >
      Invite a person
    </Button>
  );
  return (
    <div className="settings">
      <QueryState query={query}>
        {({ rows }) => (
          <Section title={`${formatPlural(rows.length, 'person works', 'people work')} in ${name}`} end={invite}>
            <ul className="list people">
              {rows.map((member) => (
                <MemberRow key={member.id} member={member} canChange={canChange} />
              ))}
            </ul>
          </Section>
        )}
      </QueryState>
      <InvitationList canChange={canChange} />
      <Section title="What each role may do">
        <dl className="role-list">
          {roleOptions.map(({ value, label }) => (
            <RoleLine key={value} label={label} does={roleWords[value].does} />
          ))}
        </dl>
      </Section>
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </div>
  );
}

function RoleLine({ label, does }: { label: string; does: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{does.charAt(0).toUpperCase() + does.slice(1)}</dd>
    </>
  );
}

function MemberRow({ member, canChange }: { member: Member; canChange: boolean }) {
  const { timeZone, role: ownRole, name: workspaceName } = useWorkspace();
  const { user } = useSession();
  const refreshSession = useRefreshSession();
  const [isLeaving, setLeaving] = useState(false);
  const isMe = member.userId === user?.id;
  const afterwards = () => (isMe ? refreshSession() : Promise.resolve());
  const change = useApiMutation(changeMemberRole, {
    invalidate: ['members', 'audit'],
    onSuccess: (changed) => {
      sayDone(`${changed.name} is ${roleWords[changed.role].label.toLowerCase()} now`);
      void afterwards();
    },
    onError: (error) => sayFailed('The role was not changed', error),
  });
  const remove = useApiMutation(removeMember, {
    invalidate: ['members', 'audit'],
    onSuccess: () => {
      sayDone(`${member.name} no longer works in ${workspaceName}`);
      void afterwards();
    },
  });
  const mayTouch = canChange && (ownRole === 'owner' || member.role !== 'owner');
  const choices = ownRole === 'owner' ? roleOptions : roleOptions.filter(({ value }) => value !== 'owner');
  return (
    <li>
      <Avatar id={member.userId} name={member.name} size={32} kind="initials" />
      <div className="grow people-name">
        <div className="row">
          <b className="clip">{member.name}</b>
          {isMe && <Tag>you</Tag>}
        </div>
        <span className="meta block clip">
          {member.email}, since {formatDate(member.createdAt, timeZone)}
        </span>
      </div>
      {mayTouch ? (
        <Select
          aria-label={`Role of ${member.name}`}
          data={choices}
          value={member.role}
          disabled={change.isPending}
          onChange={(role) => role !== null && change.mutate({ memberId: member.id, role: role as Role })}
        />
      ) : (
        <span className="ink-2">{roleWords[member.role].label}</span>
      )}
      {mayTouch && (
        <ActionIcon aria-label={`Remove ${member.name}`} onClick={() => setLeaving(true)}>
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      )}
      <ConfirmDialog
        isOpen={isLeaving}
        onClose={() => setLeaving(false)}
        title={isMe ? `Leave ${workspaceName}?` : `Remove ${member.name} from ${workspaceName}?`}
        confirmLabel={isMe ? 'Leave' : 'Remove'}
        onConfirm={() => remove.mutateAsync({ memberId: member.id })}
        isDangerous
      >
        {isMe ? 'You lose' : `${member.name} loses`} access at once. What was done stays, under the name it was done by.
        A new invitation brings the access back.
      </ConfirmDialog>
    </li>
  );
}
