import { Button, TextInput, useMantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { changePassword, signOutEverywhere, updateProfile } from '#modules/workspaces/api.ts';
import { useRefreshSession, useSession } from '#web/api/session.tsx';
import { useClient } from '#web/api/use-client.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { PasswordInput } from './password-input.tsx';

export function ProfilePage() {
  return (
    <div className="settings">
      <Section title="Me">
        <NameForm />
      </Section>
      <Section title="Password">
        <PasswordForm />
      </Section>
      <Section title="Appearance" note="on this browser">
        <Appearance />
      </Section>
      <Section title="Sessions">
        <SignOutEverywhere />
      </Section>
    </div>
  );
}

function NameForm() {
  const { user } = useSession();
  const client = useClient();
  const refresh = useRefreshSession();
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { name: user?.name ?? '' },
    send: async (values) => {
      await client.call(updateProfile, values);
      form.resetDirty();
      await refresh();
      sayDone('Saved your name');
    },
  });
  return (
    <form className="form settings-form" onSubmit={onSubmit} noValidate>
      {failure && <FormAlert>{failure}</FormAlert>}
      <TextInput label="Name" autoComplete="name" required {...form.getInputProps('name')} />
      <TextInput label="E-mail" description="You sign in with it" value={user?.email ?? ''} readOnly />
      <div className="acts">
        <Button type="submit" variant="filled" loading={isBusy} disabled={!form.isDirty()}>
          Save
        </Button>
      </div>
    </form>
  );
}

function PasswordForm() {
  const { user } = useSession();
  const client = useClient();
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { currentPassword: '', newPassword: '' },
    send: async (values) => {
      const { sessionsEnded } = await client.call(changePassword, values);
      form.reset();
      const ended =
        sessionsEnded === 0 ? '' : ` and ended ${formatPlural(sessionsEnded, 'other session', 'other sessions')}`;
      sayDone(`Changed the password${ended}`);
    },
  });
  return (
    <form className="form settings-form" onSubmit={onSubmit} noValidate>
      {failure && <FormAlert>{failure}</FormAlert>}
      <input type="email" autoComplete="username" value={user?.email ?? ''} readOnly hidden />
      <PasswordInput
        label="Current password"
        autoComplete="current-password"
        required
        {...form.getInputProps('currentPassword')}
      />
      <PasswordInput
        label="New password"
        description="At least 8 characters; your other sessions end"
        autoComplete="new-password"
        required
        {...form.getInputProps('newPassword')}
      />
      <div className="acts">
        <Button type="submit" loading={isBusy}>
          Change password
        </Button>
      </div>
    </form>
  );
}

const schemes = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'As the system' },
] as const;

function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return <Segments label="Theme" value={colorScheme} options={schemes} onChange={setColorScheme} />;
}

function SignOutEverywhere() {
  const client = useClient();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <p className="settings-note">
        A session ends 30 days after sign-in, or when it was not used for 7 days. Lost a device? End them all.
      </p>
      <Button onClick={() => setAsking(true)}>Sign out everywhere</Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title="Sign out everywhere?"
        confirmLabel="Sign out everywhere"
        onConfirm={async () => {
          await client.call(signOutEverywhere, {});
          window.location.assign('/app/sign-in');
        }}
        isDangerous
      >
        Every browser you are signed in with, this one too, has to sign in again.
      </ConfirmDialog>
    </>
  );
}
