import { NumberInput, Select, TextInput } from '@mantine/core';
import { payoutEvents, type Terms, triggers } from '#modules/contracts/api.ts';
import { MoneyInput } from '#web/ui/money-input.tsx';
import { Section } from '#web/ui/section.tsx';
import { CountInput, DayInput, type FieldsProps, Rows } from './field-parts.tsx';
import { triggerNames } from './words.ts';

const payoutNames = {
  order: 'order',
  new_customer: 'order of a new customer',
  click: 'click',
  thousand_views: '1,000 views',
  post: 'post',
} as const;
const paymentTriggers: Record<Terms['payment']['trigger'], string> = {
  signed: 'both signed',
  draft_approved: 'drafts are approved',
  live: 'everything is live',
  invoice: 'the invoice arrived',
};

/** Fee, its parts, payouts by result with their caps, and when it is paid. */
export function PayFields({ terms, currency, onChange }: FieldsProps) {
  const { payment } = terms;
  const zero = { amountMinor: '0', currency };
  return (
    <>
      <Section title="Fee">
        <div className="ctr-row">
          <MoneyInput label="Fee" currency={currency} value={terms.fee} onChange={(fee) => onChange({ fee })} />
          <CountInput
            label="Kill fee, % of the fee"
            max={100}
            value={terms.killFeePercent}
            onChange={(killFeePercent) => onChange({ killFeePercent })}
          />
          <CountInput
            label="Paid within, days"
            max={365}
            value={payment.days}
            onChange={(days) => onChange({ payment: { ...payment, days: days ?? 0 } })}
          />
          <Select
            label="After"
            allowDeselect={false}
            data={Object.entries(paymentTriggers).map(([value, label]) => ({ value, label }))}
            value={payment.trigger}
            onChange={(value) =>
              onChange({
                payment: {
                  ...payment,
                  trigger:
                    (['signed', 'draft_approved', 'live', 'invoice'] as const).find((one) => one === value) ?? 'live',
                },
              })
            }
          />
          <NumberInput
            label="Interest when late, % a year"
            description="Empty: as the law says"
            min={0}
            max={100}
            value={terms.lateFeePercent ?? ''}
            onChange={(value) => onChange({ lateFeePercent: value === '' ? null : Number(value) })}
          />
        </div>
      </Section>
      <Section title="Parts of the fee" note="they add up to it; none: all at once">
        <Rows
          rows={terms.feeParts}
          addLabel="Add a part"
          removeLabel="Remove part"
          fresh={() => ({ label: 'Part', amount: zero, trigger: 'signed' as const, on: null })}
          onChange={(feeParts) => onChange({ feeParts })}
        >
          {(row, change) => (
            <>
              <TextInput
                label="Name"
                required
                maxLength={80}
                value={row.label}
                onChange={(event) => change({ label: event.currentTarget.value })}
              />
              <MoneyInput
                label="Sum"
                currency={currency}
                value={row.amount}
                onChange={(amount) => change({ amount: amount ?? zero })}
              />
              <Select
                label="Counts from"
                allowDeselect={false}
                data={triggers.map((value) => ({ value, label: triggerNames[value] }))}
                value={row.trigger}
                onChange={(value) => change({ trigger: triggers.find((one) => one === value) ?? 'signed' })}
              />
              {row.trigger === 'date' && <DayInput label="Day" value={row.on} onChange={(on) => change({ on })} />}
            </>
          )}
        </Rows>
      </Section>
      <Section title="Payouts by result" note="what goes beyond a cap waits for approval">
        <Rows
          rows={terms.payouts}
          addLabel="Add a payout"
          removeLabel="Remove payout"
          fresh={() => ({
            label: 'Sales',
            per: 'order' as const,
            amount: null,
            sharePercent: 10,
            condition: '',
            capCount: null,
            capAmount: null,
          })}
          onChange={(payouts) => onChange({ payouts })}
        >
          {(row, change) => (
            <>
              <TextInput
                label="Name"
                required
                maxLength={80}
                value={row.label}
                onChange={(event) => change({ label: event.currentTarget.value })}
              />
              <Select
                label="For each"
                allowDeselect={false}
                data={payoutEvents.map((value) => ({ value, label: payoutNames[value] }))}
                value={row.per}
                onChange={(value) => change({ per: payoutEvents.find((one) => one === value) ?? 'order' })}
              />
              <NumberInput
                label="Share, %"
                min={0}
                max={100}
                decimalScale={2}
                value={row.sharePercent ?? ''}
                onChange={(value) => change({ sharePercent: value === '' ? null : Number(value) })}
              />
              <MoneyInput
                label="or a sum"
                currency={currency}
                value={row.amount}
                onChange={(amount) => change({ amount })}
              />
              <CountInput
                label="At most, how many"
                min={1}
                max={1_000_000_000}
                value={row.capCount}
                onChange={(capCount) => change({ capCount })}
              />
              <MoneyInput
                label="At most"
                currency={currency}
                value={row.capAmount}
                onChange={(capAmount) => change({ capAmount })}
              />
              <TextInput
                label="Only when"
                maxLength={300}
                value={row.condition}
                onChange={(event) => change({ condition: event.currentTarget.value })}
              />
            </>
          )}
        </Rows>
        {terms.payouts.length > 0 && (
          <MoneyInput
            label="Cap of all payouts"
            currency={currency}
            value={terms.payoutCap}
            onChange={(payoutCap) => onChange({ payoutCap })}
          />
        )}
      </Section>
    </>
  );
}
