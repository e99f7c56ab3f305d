import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { signInToPortal } from '#modules/portal/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { PlainFrame } from '#web/portal/shell/plain-frame.tsx';
import { usePortalSession, useRefreshPortalSession } from '#web/portal/shell/portal-session.tsx';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { CodeForm } from './code-form.tsx';
import { words } from './words.ts';

const said = words.signIn;
const search = z.object({ next: z.string().default('/') });

export function SignInPage() {
  const session = usePortalSession();
  const [{ next }] = useSearchState(search);
  const [isByPassword, setByPassword] = useState(false);
  const goOn = useGoOn(next);
  const isIn = session.brands.length > 0;
  const isGone = useRef(false);
  useEffect(() => {
    if (!isIn || isGone.current) return;
    isGone.current = true;
    goOn();
  }, [isIn, goOn]);
  return (
    <PlainFrame>
      <section className="ph-now">
        <h1>{said.title}</h1>
        <p>{said.sub}</p>
        {isByPassword ? <PasswordForm /> : <CodeForm onDone={() => undefined} />}
        <Button variant="subtle" color="gray" onClick={() => setByPassword(!isByPassword)}>
          {isByPassword ? said.withCode : said.withPassword}
        </Button>
      </section>
    </PlainFrame>
  );
}

/** Only pages of the portal, whatever the address says. */
function useGoOn(next: string): () => void {
  const router = useRouter();
  const path = /^\/(?!\/)[\w\-./?=&%]*$/.test(next) ? next : '/';
  return () => router.history.replace(`/p${path}`);
}

function PasswordForm() {
  const refresh = useRefreshPortalSession();
  const signIn = useApiMutation(signInToPortal);
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { email: '', password: '' },
    send: async (values) => {
      await signIn.mutateAsync(values);
      await refresh();
    },
  });
  return (
    <form className="form" onSubmit={onSubmit} noValidate>
      {failure && <FormAlert>{failure}</FormAlert>}
      <TextInput label={said.email} type="email" autoComplete="username" required {...form.getInputProps('email')} />
      <PasswordInput
        label={said.password}
        autoComplete="current-password"
        required
        {...form.getInputProps('password')}
      />
      <Button type="submit" variant="filled" loading={isBusy}>
        {words.signIn.confirm}
      </Button>
    </form>
  );
}
