import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { createInvitation, type Role } from '#modules/workspaces/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { roleOptions, roleWords } from './role-words.ts';

/** Asks whom to invite as what, then shows the link to send: it exists in this dialog only. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { role: ownRole } = useWorkspace();
  const [sent, setSent] = useState<{ email: string; link: string; isMailed: boolean } | null>(null);
  const invite = useApiMutation(createInvitation, { invalidate: ['invitations', 'audit'] });
  const initialValues: { email: string; role: Role } = { email: '', role: 'manager' };
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues,
    send: async (values) => {
      const { invitation, link, isMailed } = await invite.mutateAsync(values);
      setSent({ email: invitation.email, link, isMailed });
    },
  });
  if (sent !== null) {
    return (
      <Modal
        opened
        onClose={onClose}
        title={sent.isMailed ? 'The invitation is on its way' : 'Send this link'}
        size="md"
      >
        <div className="form">
          <p className="ink-2">
            {sent.isMailed
              ? `${sent.email} gets this link by mail and joins by opening it.`
              : `${sent.email} joins by opening it.`}{' '}
            It works once, for 7 days, and is shown here only; a new invitation to the same address replaces it.
          </p>
          <CopyField label="invitation link" value={sent.link} />
          <div className="acts">
            <Button variant="filled" onClick={onClose}>
              Done
            </Button>
          </div>
        </div>
      </Modal>
    );
  }
  const choices = ownRole === 'owner' ? roleOptions : roleOptions.filter(({ value }) => value !== 'owner');
  const { does } = roleWords[form.values.role];
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Invite a person"
      submitLabel="Make the link"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="E-mail" type="email" data-autofocus required {...form.getInputProps('email')} />
      <Select
        label="Role"
        data={choices}
        description={does.charAt(0).toUpperCase() + does.slice(1)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        {...form.getInputProps('role')}
      />
    </FormDialog>
  );
}
