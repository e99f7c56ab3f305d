import { Button, Modal, PasswordInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { createOrderSource, givenSecretKinds } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { SecretNote } from './secret-note.tsx';
import { type ConnectedKind, sourceKindWords, sourceSteps } from './source-words.ts';
import { trackingNouns } from './words.ts';

const kinds: ConnectedKind[] = ['shopify', 'woocommerce', 'stripe', 'webhook', 'postback'];

/** Makes a source of the kind chosen and shows its secret this once where it was made here. */
export function SourceDialog({ onClose }: { onClose: () => void }) {
  const { currency } = useWorkspace();
  const [made, setMade] = useState<OutputOf<typeof createOrderSource> | null>(null);
  const create = useApiMutation(createOrderSource, { invalidate: trackingNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { name: '', kind: 'shopify' as ConnectedKind, secret: '', shop: '', currency },
    send: async (values) => {
      const { kind } = values;
      const settings =
        kind === 'shopify' && values.shop.trim() !== ''
          ? { shop: values.shop.trim() }
          : kind === 'postback'
            ? { currency: values.currency.trim().toUpperCase() }
            : {};
      const secret = values.secret.trim();
      setMade(await create.mutateAsync({ name: values.name, kind, settings, ...(secret === '' ? {} : { secret }) }));
    },
  });
  const { kind } = form.getValues();
  if (made !== null) {
    return (
      <Modal opened onClose={onClose} title={`${made.source.name} can send orders`} size="lg">
        <div className="stack">
          <SecretNote source={made.source} secret={made.secret} />
          <Button variant="filled" onClick={onClose}>
            {made.secret === null ? 'Done' : 'I have kept the secret'}
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
      <Select
        label="Orders come from"
        data={kinds.map((value) => ({ value, label: sourceKindWords[value] }))}
        allowDeselect={false}
        {...form.getInputProps('kind')}
      />
      <p className="meta">{sourceSteps[kind]}</p>
      <TextInput label="Name" placeholder="Webshop" required {...form.getInputProps('name')} />
      {kind === 'shopify' && (
        <TextInput
          label="Shop"
          placeholder="your-store.myshopify.com"
          description="Deliveries of any other shop are refused"
          {...form.getInputProps('shop')}
        />
      )}
      {givenSecretKinds.has(kind) && (
        <PasswordInput
          label="Signing secret"
          description={kind === 'shopify' ? "The app's client secret" : 'Begins with whsec_'}
          required
          {...form.getInputProps('secret')}
        />
      )}
      {kind === 'postback' && (
        <TextInput
          label="Currency"
          description="For postbacks that name none"
          maxLength={3}
          required
          {...form.getInputProps('currency')}
        />
      )}
    </FormDialog>
  );
}
