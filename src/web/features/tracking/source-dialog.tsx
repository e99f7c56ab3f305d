import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { createOrderSource } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { SecretNote } from './secret-note.tsx';
import { trackingNouns } from './words.ts';

/** Makes a source for webhooks and shows its secret this once. */
export function SourceDialog({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<OutputOf<typeof createOrderSource> | null>(null);
  const create = useApiMutation(createOrderSource, { invalidate: trackingNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { name: '' },
    send: async (values) => setMade(await create.mutateAsync({ name: values.name, kind: 'webhook' })),
  });
  if (made !== null) {
    return (
      <Modal opened onClose={onClose} title={`${made.source.name} can send orders`} size="lg">
        <div className="stack">
          <SecretNote source={made.source} secret={made.secret} />
          <Button variant="filled" onClick={onClose}>
            I have kept the secret
          </Button>
        </div>
      </Modal>
    );
  }
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="New order source"
      submitLabel="Make source"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Name" placeholder="Webshop" required {...form.getInputProps('name')} />
    </FormDialog>
  );
}
