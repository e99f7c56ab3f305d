import { Button, Collapse, PasswordInput, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { makePortalAccount } from '#modules/portal/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { words } from './words.ts';

interface Props {
  email: string;
  endpoint: typeof makePortalAccount;
  onDone: () => void;
}

/** For who was handed a link that makes an account: no code, a password instead. */
export function MakeAccountForm({ email, endpoint, onDone }: Props) {
  const [isOpen, { toggle }] = useDisclosure(false);
  const make = useApiMutation(endpoint, { invalidate: ['portalMe', 'portalSessions'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { email, password: '' },
    send: async (values) => {
      await make.mutateAsync(values);
      onDone();
    },
  });
  return (
    <>
      <Button variant="subtle" color="gray" aria-expanded={isOpen} onClick={toggle}>
        {words.account.makeWithoutCode}
      </Button>
      <Collapse expanded={isOpen}>
        <form className="form" onSubmit={onSubmit} noValidate>
          {failure && <FormAlert>{failure}</FormAlert>}
          <TextInput label={words.me.email} type="email" required {...form.getInputProps('email')} />
          <PasswordInput
            label={words.account.newPassword}
            autoComplete="new-password"
            required
            {...form.getInputProps('password')}
          />
          <Button type="submit" variant="filled" loading={isBusy}>
            {words.account.makeWithoutCode}
          </Button>
        </form>
      </Collapse>
    </>
  );
}
