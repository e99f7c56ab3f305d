import { Button } from '@mantine/core';
import { chooseNewPassword } from '#modules/workspaces/api.ts';
import { useClient } from '#web/api/use-client.ts';
import { useParam } from '#web/shell/use-go.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { EntryCard } from './entry-card.tsx';
import { PasswordInput } from './password-input.tsx';
import { signIn } from './sign-in.ts';
import { useEnter } from './use-enter.ts';

export function NewPasswordPage() {
  const token = useParam('token');
  const client = useClient();
  const enter = useEnter();
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { password: '' },
    send: async ({ password }) => {
      const { email } = await client.call(chooseNewPassword, { token, password });
      await signIn({ email, password });
      await enter('/');
    },
  });
  return (
    <EntryCard title="Choose a new password" sub="All your sessions end; you are signed in here with the new one.">
      <form className="form" onSubmit={onSubmit} noValidate>
        {failure && <FormAlert>{failure}</FormAlert>}
        <PasswordInput
          label="New password"
          description="At least 8 characters"
          autoComplete="new-password"
          autoFocus
          required
          {...form.getInputProps('password')}
        />
        <Button type="submit" variant="filled" loading={isBusy}>
          Change and sign in
        </Button>
      </form>
    </EntryCard>
  );
}
