import { Button, TextInput } from '@mantine/core';
import { createWorkspace } from '#modules/workspaces/api.ts';
import { useSession, useSignOut } from '#web/api/session.tsx';
import { useClient } from '#web/api/use-client.ts';
import { Redirect } from '#web/shell/redirect.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { EntryCard } from './entry-card.tsx';
import { useEnter } from './use-enter.ts';
import { CurrencySelect, ownTimeZone, TimeZoneSelect } from './workspace-fields.tsx';

export function NewWorkspacePage() {
  const session = useSession();
  const client = useClient();
  const enter = useEnter();
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { name: '', currency: 'USD', timeZone: ownTimeZone() },
    send: async (values) => enter((await client.call(createWorkspace, values)).slug),
  });
  if (session.user === null) return <Redirect to="/sign-in" withNext />;
  const isFirst = session.workspaces.length === 0;
  return (
    <EntryCard
      title={isFirst ? 'You belong to no workspace yet' : 'New workspace'}
      sub={
        isFirst
          ? `Make one of your own, or ask an owner to invite ${session.user.email}.`
          : 'Each brand or client has its own creators, campaigns and people. You will own this one.'
      }
      foot={<Elsewhere backTo={session.workspaces[0]?.slug ?? null} />}
    >
      <form className="form" onSubmit={onSubmit} noValidate>
        {failure && <FormAlert>{failure}</FormAlert>}
        <TextInput label="Brand or client" autoFocus required {...form.getInputProps('name')} />
        <div className="entry-pair">
          <CurrencySelect {...form.getInputProps('currency')} />
          <TimeZoneSelect {...form.getInputProps('timeZone')} />
        </div>
        <Button type="submit" variant="filled" loading={isBusy}>
          Create workspace
        </Button>
      </form>
    </EntryCard>
  );
}

function Elsewhere({ backTo }: { backTo: string | null }) {
  const signOut = useSignOut();
  if (backTo !== null) return <a href={`/app/${backTo}`}>Back to the workspace</a>;
  return (
    <button type="button" onClick={() => void signOut()}>
      Sign out
    </button>
  );
}
