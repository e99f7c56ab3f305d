import { Button, TextInput } from '@mantine/core';
import type { OutputOf } from '#kernel/endpoint.ts';
import { acceptInvitation, lookUpInvitation } from '#modules/workspaces/api.ts';
import { useSession, useSignOut } from '#web/api/session.tsx';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useClient } from '#web/api/use-client.ts';
import { useParam } from '#web/shell/use-go.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { EntryCard } from './entry-card.tsx';
import { PasswordInput } from './password-input.tsx';
import { roleWords } from './role-words.ts';
import { signIn } from './sign-in.ts';
import { useEnter } from './use-enter.ts';

type Invited = OutputOf<typeof lookUpInvitation>;

export function InvitationPage() {
  const token = useParam('token');
  const session = useSession();
  const query = useApiQuery(lookUpInvitation, { token }, { retry: false });
  if (query.error) {
    return (
      <EntryCard title="This invitation has ended" foot={<a href="/app/">Go to Rapport</a>}>
        <p className="ink-2">{query.error.message}</p>
      </EntryCard>
    );
  }
  if (!query.data) {
    return (
      <EntryCard title="Opening your invitation">
        <SkeletonLines />
      </EntryCard>
    );
  }
  const invited = query.data;
  const { label, does } = roleWords[invited.role];
  return (
    <EntryCard
      title={`Join ${invited.workspaceName}`}
      sub={`${invited.invitedBy} invites ${invited.email} as ${label.toLowerCase()}: ${does}`}
      foot={`Good once, until ${formatDate(invited.expiresAt)}.`}
    >
      <Answer token={token} invited={invited} signedInAs={session.user?.email ?? null} />
    </EntryCard>
  );
}

function Answer({ token, invited, signedInAs }: { token: string; invited: Invited; signedInAs: string | null }) {
  if (signedInAs !== null && signedInAs !== invited.email) return <OtherAccount signedInAs={signedInAs} />;
  if (signedInAs !== null) return <JoinForm token={token} />;
  return invited.hasAccount ? (
    <SignInAndJoin token={token} email={invited.email} />
  ) : (
    <NewAccountForm token={token} email={invited.email} />
  );
}

function OtherAccount({ signedInAs }: { signedInAs: string }) {
  const signOut = useSignOut();
  return (
    <div className="form">
      <div className="alert warn">You are signed in as {signedInAs}. Sign out, then open this link again.</div>
      <Button onClick={() => void signOut()}>Sign out</Button>
    </div>
  );
}

/** Accepts, then goes into the workspace. */
function useJoin(token: string) {
  const client = useClient();
  const enter = useEnter();
  return async (account: { name?: string; password?: string }, then: () => Promise<void>) => {
    const { workspace } = await client.call(acceptInvitation, { token, ...account });
    await then();
    await enter(workspace.slug);
  };
}

const nothingMore = () => Promise.resolve();

function JoinForm({ token }: { token: string }) {
  const join = useJoin(token);
  const { onSubmit, isBusy, failure } = useApiForm({ initialValues: {}, send: () => join({}, nothingMore) });
  return (
    <form className="form" onSubmit={onSubmit}>
      {failure && <FormAlert>{failure}</FormAlert>}
      <Button type="submit" variant="filled" loading={isBusy}>
        Join
      </Button>
    </form>
  );
}

function SignInAndJoin({ token, email }: { token: string; email: string }) {
  const join = useJoin(token);
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { password: '' },
    send: async ({ password }) => {
      await signIn({ email, password });
      await join({}, nothingMore);
    },
  });
  return (
    <form className="form" onSubmit={onSubmit} noValidate>
      {failure && <FormAlert>{failure}</FormAlert>}
      <TextInput label="E-mail" type="email" autoComplete="username" value={email} readOnly />
      <PasswordInput
        label="Password"
        description="You have an account with this address already"
        autoComplete="current-password"
        autoFocus
        required
        {...form.getInputProps('password')}
      />
      <Button type="submit" variant="filled" loading={isBusy}>
        Sign in and join
      </Button>
    </form>
  );
}

function NewAccountForm({ token, email }: { token: string; email: string }) {
  const join = useJoin(token);
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { name: '', password: '' },
    send: ({ name, password }) => join({ name, password }, () => signIn({ email, password })),
  });
  return (
    <form className="form" onSubmit={onSubmit} noValidate>
      {failure && <FormAlert>{failure}</FormAlert>}
      <TextInput label="E-mail" type="email" autoComplete="username" value={email} readOnly />
      <TextInput label="Your name" autoComplete="name" autoFocus required {...form.getInputProps('name')} />
      <PasswordInput
        label="Choose a password"
        description="At least 8 characters"
        autoComplete="new-password"
        required
        {...form.getInputProps('password')}
      />
      <Button type="submit" variant="filled" loading={isBusy}>
        Make my account and join
      </Button>
    </form>
  );
}
