import { Button, TextInput } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { z } from 'zod';
import { useRefreshSession, useSession } from '#web/api/session.tsx';
import { Redirect } from '#web/shell/redirect.tsx';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { EntryCard } from './entry-card.tsx';
import { PasswordInput } from './password-input.tsx';
import { pathInApp } from './path-in-app.ts';
import { signIn } from './sign-in.ts';

const search = z.object({ next: z.string().default('/') });

export function SignInPage() {
  const session = useSession();
  const [{ next }] = useSearchState(search);
  const refresh = useRefreshSession();
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { email: '', password: '' },
    send: async (values) => {
      await signIn(values);
      await refresh();
    },
  });
  if (session.setUpNeeded) return <Redirect to="/set-up" />;
  if (session.user) return <GoOn to={next} />;
  return (
    <EntryCard
      title="Sign in to Rapport"
      foot="No account? An owner or admin of your workspace invites you. Password forgotten? Whoever runs this installation makes you a link on its machine: rapport members reset-password."
    >
      <form className="form" onSubmit={onSubmit} noValidate>
        {failure && <FormAlert>{failure}</FormAlert>}
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          autoFocus
          required
          {...form.getInputProps('email')}
        />
        <PasswordInput label="Password" autoComplete="current-password" required {...form.getInputProps('password')} />
        <Button type="submit" variant="filled" loading={isBusy}>
          Sign in
        </Button>
      </form>
    </EntryCard>
  );
}

/** Whoever is signed in goes on to the page they came for. */
function GoOn({ to }: { to: string }) {
  const router = useRouter();
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current) return;
    isDone.current = true;
    router.history.replace(pathInApp(to));
  }, [router, to]);
  return null;
}
