import { NumberInput, Select, TextInput } from '@mantine/core';
import { codeKinds, createCode } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { readAmount, readInstant, trackingNouns } from './words.ts';

const kindWords = { percent: 'Percent off', fixed: 'Amount off', free_shipping: 'Free shipping' };

/** One code by hand; codes of a whole roster are made at once elsewhere. */
export function CodeDialog({ onClose }: { onClose: () => void }) {
  const { currency } = useWorkspace();
  const create = useApiMutation(createCode, { invalidate: trackingNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      code: '',
      kind: 'percent' as (typeof codeKinds)[number],
      percent: 10 as number | string,
      amount: '',
      endsAt: '',
    },
    validate: {
      code: (value) => (value.trim() === '' ? 'Enter the code' : null),
      amount: (value, values) => {
        if (values.kind !== 'fixed') return null;
        const read = readAmount(value, currency);
        return 'problem' in read ? read.problem : null;
      },
    },
    send: async (values) => {
      const read = values.kind === 'fixed' ? readAmount(values.amount, currency) : null;
      const made = await create.mutateAsync({
        code: values.code,
        kind: values.kind,
        ...(values.kind === 'percent' ? { percent: Number(values.percent) } : {}),
        ...(read !== null && 'money' in read ? { amount: read.money } : {}),
        endsAt: readInstant(values.endsAt),
      });
      sayDone(`Made ${made.code}`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="New code"
      submitLabel="Make code"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput
        label="Code"
        description="A code of no creator, such as a site-wide promotion, never takes a creator's credit"
        required
        {...form.getInputProps('code')}
      />
      <div className="trk-two">
        <Select
          label="Gives"
          allowDeselect={false}
          data={codeKinds.map((value) => ({ value, label: kindWords[value] }))}
          {...form.getInputProps('kind')}
        />
        {form.values.kind === 'percent' && (
          <NumberInput label="Percent" min={0} max={100} {...form.getInputProps('percent')} />
        )}
        {form.values.kind === 'fixed' && (
          <TextInput label={`Amount, ${currency}`} inputMode="decimal" {...form.getInputProps('amount')} />
        )}
      </div>
      <TextInput label="Ends" type="datetime-local" {...form.getInputProps('endsAt')} />
    </FormDialog>
  );
}
