import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { confirmPortalCode, sendPortalCode } from '#modules/portal/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useRefreshPortalSession } from '#web/portal/shell/portal-session.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { words } from './words.ts';

const said = words.signIn;

interface Props {
  email?: string;
  onDone: () => void;
}

/** An e-mail, then the code that was sent to it. */
export function CodeForm({ email: given = '', onDone }: Props) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  return sentTo === null ? (
    <EmailForm email={given} onSent={setSentTo} />
  ) : (
    <CodeStep email={sentTo} onBack={() => setSentTo(null)} onDone={onDone} />
  );
}

function EmailForm({ email, onSent }: { email: string; onSent: (email: string) => void }) {
  const [isOff, setOff] = useState(false);
  const send = useApiMutation(sendPortalCode);
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { email },
    send: async (values) => {
      const { state } = await send.mutateAsync(values);
      setOff(state === 'off');
      if (state === 'sent') onSent(values.email);
    },
  });
  return (
    <form className="form" onSubmit={onSubmit} noValidate>
      {failure && <FormAlert>{failure}</FormAlert>}
      {isOff && <FormAlert>{said.off}</FormAlert>}
      <TextInput label={said.email} type="email" autoComplete="email" required {...form.getInputProps('email')} />
      <Button type="submit" variant="filled" loading={isBusy}>
        {said.send}
      </Button>
    </form>
  );
}

function CodeStep({ email, onBack, onDone }: { email: string; onBack: () => void; onDone: () => void }) {
  const refresh = useRefreshPortalSession();
  const confirm = useApiMutation(confirmPortalCode);
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { code: '' },
    send: async ({ code }) => {
      await confirm.mutateAsync({ email, code });
      await refresh();
      onDone();
    },
  });
  return (
    <form className="form" onSubmit={onSubmit} noValidate>
      <p role="status">{said.codeSent(email)}</p>
      {failure && <FormAlert>{failure}</FormAlert>}
      <TextInput
        label={said.code}
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        maxLength={7}
        required
        {...form.getInputProps('code')}
      />
      <Button type="submit" variant="filled" loading={isBusy}>
        {said.confirm}
      </Button>
      <Button variant="subtle" color="gray" onClick={onBack}>
        {said.again}
      </Button>
    </form>
  );
}
