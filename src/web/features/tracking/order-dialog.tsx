import { TextInput } from '@mantine/core';
import { createOrder } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { trackingNouns } from './words.ts';

/** An order typed by hand, such as one at the till. */
export function OrderDialog({ onClose }: { onClose: () => void }) {
  const { currency } = useWorkspace();
  const create = useApiMutation(createOrder, { invalidate: trackingNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { id: '', orderedAt: '', total: '', currency, codes: '' },
    validate: { orderedAt: (value) => (value === '' ? 'When was it ordered?' : null) },
    send: async (values) => {
      await create.mutateAsync({
        id: values.id,
        orderedAt: new Date(values.orderedAt).toISOString(),
        total: values.total.trim(),
        currency: values.currency.trim().toUpperCase(),
        codes: values.codes.split(/[\s,]+/).filter((code) => code !== ''),
      });
      sayDone('Order recorded');
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Add an order"
      submitLabel="Add order"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput
        label="Order number"
        description="The same number again is the same order"
        required
        {...form.getInputProps('id')}
      />
      <TextInput label="Ordered" type="datetime-local" required {...form.getInputProps('orderedAt')} />
      <div className="trk-two">
        <TextInput label="Total" placeholder="52.40" inputMode="decimal" required {...form.getInputProps('total')} />
        <TextInput label="Currency" maxLength={3} required {...form.getInputProps('currency')} />
      </div>
      <TextInput label="Codes used" placeholder="NELL10" {...form.getInputProps('codes')} />
    </FormDialog>
  );
}
