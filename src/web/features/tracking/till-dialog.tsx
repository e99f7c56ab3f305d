import { TextInput } from '@mantine/core';
import { createTill } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { trackingNouns } from './words.ts';

/** Sets up a till. */
export function TillDialog({ onClose, onMade }: { onClose: () => void; onMade: (tillId: string) => void }) {
  const { currency } = useWorkspace();
  const create = useApiMutation(createTill, { invalidate: trackingNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { name: '', place: '', currency },
    validate: { name: (value) => (value.trim() === '' ? 'Give it a name' : null) },
    send: async (values) => {
      const { till } = await create.mutateAsync(values);
      sayDone(`${till.name} is set up`);
      onMade(till.id);
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="New till"
      submitLabel="Set up"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Name" required placeholder="Corner shop" {...form.getInputProps('name')} />
      <TextInput label="Place" placeholder="High Street 1" {...form.getInputProps('place')} />
      <TextInput label="Currency" maxLength={3} {...form.getInputProps('currency')} />
    </FormDialog>
  );
}
