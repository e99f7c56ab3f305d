import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { codeKinds, createCode, listCodeShops } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
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
  const shops = useApiQuery(listCodeShops, {}).data?.shops.filter((shop) => shop.state !== 'off') ?? [];
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      code: '',
      kind: 'percent' as (typeof codeKinds)[number],
      percent: 10 as number | string,
      amount: '',
      startsAt: '',
      endsAt: '',
      usageLimit: '' as number | string,
      minimum: '',
      isOncePerCustomer: false,
      isFirstOrder: false,
      /** Null: those that take every new code. */
      shopIds: null as string[] | null,
    },
    validate: {
      code: (value) => (value.trim() === '' ? 'Enter the code' : null),
      amount: (value, values) => {
        if (values.kind !== 'fixed') return null;
        const read = readAmount(value, currency);
        return 'problem' in read ? read.problem : null;
      },
      minimum: (value) => {
        if (value.trim() === '') return null;
        const read = readAmount(value, currency);
        return 'problem' in read ? read.problem : null;
      },
    },
    send: async (values) => {
      const read = values.kind === 'fixed' ? readAmount(values.amount, currency) : null;
      const minimum = values.minimum.trim() === '' ? null : readAmount(values.minimum, currency);
      const made = await create.mutateAsync({
        code: values.code,
        kind: values.kind,
        ...(values.kind === 'percent' ? { percent: Number(values.percent) } : {}),
        ...(read !== null && 'money' in read ? { amount: read.money } : {}),
        startsAt: readInstant(values.startsAt),
        endsAt: readInstant(values.endsAt),
        usageLimit: values.usageLimit === '' ? null : Number(values.usageLimit),
        ...(minimum !== null && 'money' in minimum ? { minimum: minimum.money } : {}),
        isOncePerCustomer: values.isOncePerCustomer,
        isFirstOrder: values.isFirstOrder,
        ...(values.shopIds === null ? {} : { shopIds: values.shopIds }),
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
      <div className="trk-two">
        <TextInput label="Begins" type="datetime-local" {...form.getInputProps('startsAt')} />
        <TextInput label="Ends" type="datetime-local" {...form.getInputProps('endsAt')} />
      </div>
      <div className="trk-two">
        <NumberInput label="Uses in all" placeholder="No limit" min={1} {...form.getInputProps('usageLimit')} />
        <TextInput
          label={`Smallest purchase, ${currency}`}
          placeholder="None"
          inputMode="decimal"
          {...form.getInputProps('minimum')}
        />
      </div>
      <Checkbox label="Once per customer" {...form.getInputProps('isOncePerCustomer', { type: 'checkbox' })} />
      <Checkbox label="First order only" {...form.getInputProps('isFirstOrder', { type: 'checkbox' })} />
      {shops.length > 0 && (
        <Checkbox.Group
          label="Make it in"
          value={form.values.shopIds ?? shops.filter((shop) => shop.isDefault).map((shop) => shop.id)}
          onChange={(ids) => form.setFieldValue('shopIds', ids)}
        >
          <div className="stack">
            {shops.map((shop) => (
              <Checkbox key={shop.id} value={shop.id} label={shop.name} />
            ))}
          </div>
        </Checkbox.Group>
      )}
    </FormDialog>
  );
}
