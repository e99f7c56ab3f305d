import { Button, TextInput } from '@mantine/core';
import { z } from 'zod';
import { canSetUp, setUp } from '#modules/workspaces/api.ts';
import { useSession } from '#web/api/session.tsx';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useClient } from '#web/api/use-client.ts';
import { Redirect } from '#web/shell/redirect.tsx';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { EntryCard } from './entry-card.tsx';
import { PasswordInput } from './password-input.tsx';
import { signIn } from './sign-in.ts';
import { useEnter } from './use-enter.ts';
import { CurrencySelect, ownTimeZone, TimeZoneSelect } from './workspace-fields.tsx';

const search = z.object({ token: z.coerce.string().optional() });

export function SetUpPage() {
  const session = useSession();
  const [{ token }] = useSearchState(search);
  const query = useApiQuery(canSetUp, token === undefined ? {} : { token });
  if (!session.setUpNeeded && session.user === null) return <Redirect to="/sign-in" />;
  if (!session.setUpNeeded) return <Redirect to="/" />;
  return (
    <EntryCard title="Set up Rapport" sub="You will own this installation and its first workspace. It takes a minute.">
      <QueryState query={query}>
        {({ allowed }) => (allowed ? <SetUpForm token={token} /> : <ClosedDoor isWrongLink={token !== undefined} />)}
      </QueryState>
    </EntryCard>
  );
}

function ClosedDoor({ isWrongLink }: { isWrongLink: boolean }) {
  return (
    <div className="alert warn">
      <span>
        {isWrongLink ? 'This link is from an earlier start. ' : ''}
        The first owner is made on the machine Rapport runs on, or with the link that its start prints. Look at the
        terminal where you ran npm start and open that link.
      </span>
    </div>
  );
}

function SetUpForm({ token }: { token: string | undefined }) {
  const client = useClient();
  const enter = useEnter();
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { name: '', email: '', password: '', workspaceName: '', currency: 'USD', timeZone: ownTimeZone() },
    send: async (values) => {
      const { workspace } = await client.call(setUp, token === undefined ? values : { ...values, token });
      await signIn(values);
      await enter(workspace.slug);
    },
  });
  return (
    <form className="form" onSubmit={onSubmit} noValidate>
      {failure && <FormAlert>{failure}</FormAlert>}
      <TextInput label="Your name" autoComplete="name" autoFocus required {...form.getInputProps('name')} />
      <TextInput label="E-mail" type="email" autoComplete="username" required {...form.getInputProps('email')} />
      <PasswordInput
        label="Password"
        description="At least 8 characters"
        autoComplete="new-password"
        required
        {...form.getInputProps('password')}
      />
      <TextInput
        label="Brand or agency"
        description="Names your first workspace; more can follow"
        autoComplete="organization"
        required
        {...form.getInputProps('workspaceName')}
      />
      <div className="entry-pair">
        <CurrencySelect {...form.getInputProps('currency')} />
        <TimeZoneSelect {...form.getInputProps('timeZone')} />
      </div>
      <Button type="submit" variant="filled" loading={isBusy}>
        Set up and go in
      </Button>
    </form>
  );
}
