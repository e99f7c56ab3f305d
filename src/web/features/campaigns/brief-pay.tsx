import { Select, TextInput } from '@mantine/core';
import type { PayDraft } from './brief-draft.ts';

interface Props {
  value: PayDraft;
  currency: string;
  onChange: (next: PayDraft) => void;
}

/** Compensation as data: the contract and the money page read it. */
export function BriefPayFields({ value, currency, onChange }: Props) {
  const text = (name: 'fee' | 'goods' | 'commission' | 'paidWithinDays') => ({
    value: value[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...value, [name]: event.currentTarget.value }),
  });
  return (
    <div className="camp-pay">
      <TextInput label={`Fee, ${currency}`} inputMode="decimal" {...text('fee')} />
      <TextInput label={`Goods at shop price, ${currency}`} inputMode="decimal" {...text('goods')} />
      <TextInput label="Of each order, %" inputMode="decimal" {...text('commission')} />
      <TextInput label="Paid within, days" inputMode="numeric" {...text('paidWithinDays')} />
      <Select
        label="Counted from when"
        data={[
          { value: 'signed', label: 'the contract is signed' },
          { value: 'approved', label: 'the content is approved' },
          { value: 'live', label: 'the content is live' },
        ]}
        value={value.paidAfter}
        allowDeselect={false}
        onChange={(next) => {
          if (next === 'signed' || next === 'approved' || next === 'live') onChange({ ...value, paidAfter: next });
        }}
      />
    </div>
  );
}
