import { TextInput } from '@mantine/core';
import { type Order, refundOrder } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { readAmount, trackingNouns, writeAmount } from './words.ts';

/** Records money given back; the credit shrinks with it. */
export function RefundDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const refund = useApiMutation(refundOrder, { invalidate: trackingNouns });
  const { currency } = order.amount;
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { id: '', amount: writeAmount(order.net) },
    validate: {
      id: (value) => (value.trim() === '' ? 'Enter the number of the refund' : null),
      amount: (value) => {
        const read = readAmount(value, currency);
        return 'problem' in read ? read.problem : null;
      },
    },
    send: async (values) => {
      const read = readAmount(values.amount, currency);
      if ('problem' in read) return;
      await refund.mutateAsync({ orderId: order.id, id: values.id.trim(), amount: read.money });
      sayDone('Refund recorded');
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Refund of order ${order.label}`}
      submitLabel="Record refund"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput
        label="Number of the refund"
        description="The same number again changes nothing"
        required
        {...form.getInputProps('id')}
      />
      <TextInput label={`Amount, ${currency}`} inputMode="decimal" required {...form.getInputProps('amount')} />
    </FormDialog>
  );
}
