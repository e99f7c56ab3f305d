import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { createOrder } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { readAmount, trackingNouns } from './words.ts';

const linesMax = 100;
const emptyLine = { key: '', name: '', quantity: '1', total: '' };

/** An order typed by hand, such as one at the till, with its lines where somebody knows them. */
export function OrderDialog({ onClose }: { onClose: () => void }) {
  const { currency } = useWorkspace();
  const create = useApiMutation(createOrder, { invalidate: trackingNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { id: '', orderedAt: '', total: '', currency, codes: '', items: [] as (typeof emptyLine)[] },
    validate: {
      orderedAt: (value) => (value === '' ? 'When was it ordered?' : null),
      items: {
        name: (value) => (value.trim() === '' ? 'What is it?' : null),
        quantity: (value) => (/^\d{1,6}$/.test(value.trim()) ? null : 'A whole number'),
        total: (value, values) => {
          const read = readAmount(value, values.currency.trim().toUpperCase());
          return value.trim() !== '' && 'problem' in read ? read.problem : null;
        },
      },
    },
    send: async (values) => {
      const money = values.currency.trim().toUpperCase();
      await create.mutateAsync({
        id: values.id,
        orderedAt: new Date(values.orderedAt).toISOString(),
        total: values.total.trim(),
        currency: money,
        codes: values.codes.split(/[\s,]+/).filter((code) => code !== ''),
        items: values.items.map(({ name, quantity, total }, at) => ({
          id: String(at + 1),
          name: name.trim(),
          quantity: Number(quantity),
          ...(total.trim() === '' ? {} : { total: total.trim(), currency: money }),
        })),
      });
      sayDone('Order recorded');
      onClose();
    },
  });
  const { items, currency: code } = form.getValues();
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
      <fieldset className="trk-lines">
        <legend>Lines, if you know them</legend>
        {items.map((item, at) => (
          <div className="trk-item" key={item.key}>
            <TextInput label={`Article ${at + 1}`} {...form.getInputProps(`items.${at}.name`)} />
            <TextInput label="Pieces" inputMode="numeric" {...form.getInputProps(`items.${at}.quantity`)} />
            <TextInput
              label="Total"
              placeholder="not known"
              inputMode="decimal"
              {...form.getInputProps(`items.${at}.total`)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove article ${at + 1}`}
              onClick={() => form.removeListItem('items', at)}
            >
              <IconX size={16} stroke={1.6} aria-hidden />
            </ActionIcon>
          </div>
        ))}
        <div className="spread">
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} stroke={1.6} aria-hidden />}
            disabled={items.length >= linesMax}
            onClick={() => form.insertListItem('items', { ...emptyLine, key: crypto.randomUUID() })}
          >
            Add a line
          </Button>
          <SumOfLines totals={items.map((item) => item.total)} currency={code.trim().toUpperCase()} />
        </div>
      </fieldset>
    </FormDialog>
  );
}

/** What the lines come to; nothing while one of them has no total, or one that cannot be read. */
function SumOfLines({ totals, currency }: { totals: readonly string[]; currency: string }) {
  if (totals.length === 0) return null;
  let sum = 0n;
  for (const total of totals) {
    const read = readAmount(total, currency);
    if ('problem' in read) return <span className="meta">The lines come to: not known</span>;
    sum += BigInt(read.money.amountMinor);
  }
  return (
    <span className="meta">
      The lines come to {formatMoney({ amountMinor: sum.toString(), currency })}; the total above counts
    </span>
  );
}
