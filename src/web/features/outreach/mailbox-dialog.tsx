import { NumberInput, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { type Mailbox, updateMailbox } from '#modules/outreach/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

/** Limits, ramp, signature and a new password of a mailbox. */
export function MailboxDialog({ mailbox, onClose }: { mailbox: Mailbox; onClose: () => void }) {
  const update = useApiMutation(updateMailbox, { invalidate: ['mailboxes'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      senderName: mailbox.senderName ?? '',
      signature: mailbox.signature,
      dailyLimit: mailbox.dailyLimit,
      rampStart: mailbox.rampStart,
      rampStep: mailbox.rampStep,
      gapSeconds: mailbox.gapSeconds,
      secret: '',
    },
    send: async ({ secret, ...values }) => {
      const login = secret === '' ? {} : mailbox.auth === 'password' ? { password: secret } : { refreshToken: secret };
      await update.mutateAsync({ mailboxId: mailbox.id, ...values, ...login });
      sayDone('Saved');
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={mailbox.address}
      submitLabel="Save"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Name creators see" {...form.getInputProps('senderName')} />
      <Textarea label="Signature" autosize minRows={3} maxRows={10} {...form.getInputProps('signature')} />
      <div className="out-two">
        <NumberInput label="Mails a day on the first day" min={1} {...form.getInputProps('rampStart')} />
        <NumberInput label="More each day" min={0} {...form.getInputProps('rampStep')} />
        <NumberInput label="Never more a day than" min={1} {...form.getInputProps('dailyLimit')} />
        <NumberInput label="Seconds between two mails" min={0} {...form.getInputProps('gapSeconds')} />
      </div>
      <PasswordInput
        label={mailbox.auth === 'password' ? 'New password' : 'New refresh token'}
        description="Only when it changed; it is tried before it is kept."
        autoComplete="off"
        {...form.getInputProps('secret')}
      />
    </FormDialog>
  );
}
