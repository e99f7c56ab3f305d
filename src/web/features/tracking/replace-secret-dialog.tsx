import { PasswordInput } from '@mantine/core';
import { type OrderSource, rotateOrderSource } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { trackingNouns } from './words.ts';

/** Takes the secret a sender made anew; the one before stays good for a day. */
export function ReplaceSecretDialog({ source, onClose }: { source: OrderSource; onClose: () => void }) {
  const rotate = useApiMutation(rotateOrderSource, { invalidate: trackingNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { secret: '' },
    send: async (values) => {
      await rotate.mutateAsync({ sourceId: source.id, secret: values.secret.trim() });
      sayDone('Secret replaced; the one before is accepted for another day');
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`New signing secret of ${source.name}`}
      submitLabel="Replace"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <PasswordInput label="Signing secret" required {...form.getInputProps('secret')} />
    </FormDialog>
  );
}
