import { Checkbox, NumberInput, PasswordInput, Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { connectMailbox, knownServers, type MailboxAuth, startConsent } from '#modules/outreach/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

interface Values extends Record<string, unknown> {
  address: string;
  senderName: string;
  auth: MailboxAuth;
  userName: string;
  password: string;
  clientId: string;
  clientSecret: string;
  hasToken: boolean;
  refreshToken: string;
  tokenUrl: string;
  smtpHost: string;
  smtpPort: number;
  smtpTls: boolean;
  readsAnswers: boolean;
  imapHost: string;
  imapPort: number;
  imapTls: boolean;
}
type Form = UseFormReturnType<Values>;

const kinds: { value: MailboxAuth; label: string }[] = [
  { value: 'password', label: 'User name and password' },
  { value: 'gmail', label: 'Gmail, by XOAUTH2' },
  { value: 'microsoft', label: 'Microsoft 365, by XOAUTH2' },
  { value: 'oauth', label: 'Another provider, by XOAUTH2' },
];

/** Both servers are asked before the mailbox is kept, so that a wrong password is told here and now. */
export function ConnectMailboxDialog({ onClose }: { onClose: () => void }) {
  const connect = useApiMutation(connectMailbox, { invalidate: ['mailboxes'] });
  const begin = useApiMutation(startConsent);
  const { form, onSubmit, isBusy, failure } = useApiForm<Values>({
    initialValues: {
      address: '',
      senderName: '',
      auth: 'password',
      userName: '',
      password: '',
      clientId: '',
      clientSecret: '',
      hasToken: false,
      refreshToken: '',
      tokenUrl: '',
      smtpHost: '',
      smtpPort: 465,
      smtpTls: true,
      readsAnswers: true,
      imapHost: '',
      imapPort: 993,
      imapTls: true,
    },
    send: async (values) => {
      if (asksForConsent(values)) {
        const { auth, ...input } = toInput({ ...values, refreshToken: '' });
        if (auth !== 'gmail' && auth !== 'microsoft') return;
        const { address } = await begin.mutateAsync({ ...input, auth, clientId: values.clientId });
        window.location.assign(address);
        return;
      }
      await connect.mutateAsync(toInput(values));
      sayDone(`${values.address} is connected`);
      onClose();
    },
  });
  const isPassword = form.values.auth === 'password';
  const isKnown = form.values.auth in knownServers;
  const goesOn = asksForConsent(form.values);
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Connect a mailbox"
      submitLabel={goesOn ? 'Go to the consent screen' : 'Test and connect'}
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Address" type="email" required {...form.getInputProps('address')} />
      <TextInput label="Name creators see" {...form.getInputProps('senderName')} />
      <Select label="How it signs in" allowDeselect={false} data={kinds} {...form.getInputProps('auth')} />
      <TextInput label="User name" placeholder="The address" {...form.getInputProps('userName')} />
      {isPassword ? (
        <PasswordInput
          label="Password"
          required
          description="With two-step sign-in: an app password."
          autoComplete="off"
          {...form.getInputProps('password')}
        />
      ) : (
        <TokenFields form={form} needsUrl={!isKnown} />
      )}
      {!isKnown && <ServerFields form={form} />}
    </FormDialog>
  );
}

/** Gmail and Microsoft have a consent screen; whoever has a refresh token already may paste it. */
function asksForConsent({ auth, hasToken }: Values): boolean {
  return (auth === 'gmail' || auth === 'microsoft') && !hasToken;
}

function TokenFields({ form, needsUrl }: { form: Form; needsUrl: boolean }) {
  const goesOn = asksForConsent(form.values);
  return (
    <>
      <p className="meta">
        Make an app of your own at the provider with the scope for IMAP and SMTP.{' '}
        {goesOn ? (
          <>
            Enter <code className="clip">{`${window.location.origin}/app/mail-consent`}</code> among its redirect
            addresses; you then allow access on the provider’s own page.
          </>
        ) : (
          'Let it have access to this mailbox, and enter what it was granted.'
        )}{' '}
        Rapport fetches new access tokens by itself.
      </p>
      <TextInput label="Client id" required autoComplete="off" {...form.getInputProps('clientId')} />
      <PasswordInput label="Client secret" autoComplete="off" {...form.getInputProps('clientSecret')} />
      {!needsUrl && (
        <Checkbox label="I have a refresh token already" {...form.getInputProps('hasToken', { type: 'checkbox' })} />
      )}
      {!goesOn && (
        <PasswordInput label="Refresh token" required autoComplete="off" {...form.getInputProps('refreshToken')} />
      )}
      {needsUrl && <TextInput label="Address that gives tokens" required {...form.getInputProps('tokenUrl')} />}
    </>
  );
}

function ServerFields({ form }: { form: Form }) {
  return (
    <>
      <div className="out-two">
        <TextInput
          label="Server for sending (SMTP)"
          required
          placeholder="smtp.example.com"
          {...form.getInputProps('smtpHost')}
        />
        <NumberInput label="Port" min={1} max={65_535} {...form.getInputProps('smtpPort')} />
      </div>
      <Checkbox
        label="TLS from the start (465); otherwise STARTTLS (587)"
        {...form.getInputProps('smtpTls', { type: 'checkbox' })}
      />
      <Checkbox label="Read answers by IMAP" {...form.getInputProps('readsAnswers', { type: 'checkbox' })} />
      {form.values.readsAnswers && (
        <>
          <div className="out-two">
            <TextInput
              label="Server for reading (IMAP)"
              required
              placeholder="imap.example.com"
              {...form.getInputProps('imapHost')}
            />
            <NumberInput label="Port" min={1} max={65_535} {...form.getInputProps('imapPort')} />
          </div>
          <Checkbox
            label="TLS from the start (993); otherwise STARTTLS (143)"
            {...form.getInputProps('imapTls', { type: 'checkbox' })}
          />
        </>
      )}
    </>
  );
}

function toInput(values: Values) {
  const { address, auth, senderName, userName } = values;
  const given = (text: string) => (text.trim() === '' ? undefined : text.trim());
  const user = given(userName);
  const secret = given(values.clientSecret);
  const url = given(values.tokenUrl);
  const login =
    auth === 'password'
      ? { password: values.password }
      : {
          clientId: values.clientId,
          ...(values.refreshToken === '' ? {} : { refreshToken: values.refreshToken }),
          ...(secret === undefined ? {} : { clientSecret: secret }),
          ...(url === undefined ? {} : { tokenUrl: url }),
        };
  const servers =
    auth === 'gmail' || auth === 'microsoft'
      ? {}
      : {
          smtp: { host: values.smtpHost, port: values.smtpPort, isTls: values.smtpTls },
          imap: values.readsAnswers ? { host: values.imapHost, port: values.imapPort, isTls: values.imapTls } : null,
        };
  return {
    address,
    auth,
    senderName: given(senderName) ?? null,
    ...(user === undefined ? {} : { userName: user }),
    ...login,
    ...servers,
  };
}
