import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { TillVerdict } from '#modules/tracking/api.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { sayDone } from '#web/ui/say.ts';
import { Tag } from '#web/ui/tag.tsx';
import type { TillQueue } from './use-till-queue.ts';
import { readAmount } from './words.ts';

interface Props {
  code: string;
  /** Null when there is no connection to ask. */
  verdict: TillVerdict | null;
  currency: string;
  queue: TillQueue;
  onDone: () => void;
}

/** What a code gives, whether it may be used, and the purchase with it. */
export function TillPurchase({ code, verdict, currency, queue, onDone }: Props) {
  const [values, setValues] = useState({ amount: '', receipt: '', customer: '' });
  const [faults, setFaults] = useState<{ amount?: string; receipt?: string }>({});
  const [isBusy, setBusy] = useState(false);
  const set = (field: keyof typeof values) => (event: { currentTarget: { value: string } }) =>
    setValues({ ...values, [field]: event.currentTarget.value });
  const note = async (kind: 'redeem' | 'visit') => {
    setBusy(true);
    const outcome = await queue.add({ kind, code, ...values, amount: values.amount.replace(',', '.').trim() });
    setBusy(false);
    if (outcome === true) sayDone(kind === 'visit' ? 'The visit is noted' : 'The purchase is noted');
    onDone();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const amount = readAmount(values.amount.replace(',', '.'), currency);
    const found = {
      ...('problem' in amount ? { amount: amount.problem } : {}),
      ...(values.receipt.trim() === '' ? { receipt: 'Enter the number of the receipt' } : {}),
    };
    setFaults(found);
    if (Object.keys(found).length === 0) void note('redeem');
  };
  const isUsable = verdict?.isUsable ?? true;
  return (
    <form className="till-ask" onSubmit={onSubmit} noValidate>
      <Verdict code={code} verdict={verdict} />
      {isUsable && (
        <>
          <TextInput
            label={`Paid after the discount, ${currency}`}
            size="lg"
            inputMode="decimal"
            autoComplete="off"
            value={values.amount}
            error={faults.amount}
            onChange={set('amount')}
          />
          <TextInput
            label="Receipt number"
            size="lg"
            autoComplete="off"
            value={values.receipt}
            error={faults.receipt}
            onChange={set('receipt')}
          />
          {verdict?.isOncePerCustomer === true && (
            <TextInput
              label="Customer's e-mail or telephone"
              description="Kept only as a hash, to see whether the code was used before"
              size="lg"
              autoComplete="off"
              value={values.customer}
              onChange={set('customer')}
            />
          )}
          <Button type="submit" variant="filled" size="lg" loading={isBusy}>
            Note the purchase
          </Button>
        </>
      )}
      <div className="row">
        <Button disabled={isBusy} onClick={() => void note('visit')}>
          Only a visit
        </Button>
        <Button variant="subtle" color="gray" disabled={isBusy} onClick={onDone}>
          Another code
        </Button>
      </div>
    </form>
  );
}

function Verdict({ code, verdict }: Pick<Props, 'code' | 'verdict'>) {
  if (verdict === null)
    return (
      <FormAlert>
        No connection: whether {code} holds cannot be said now. If you take it, note the purchase; it is checked and
        counted when it is sent.
      </FormAlert>
    );
  const gives =
    verdict.kind === 'percent'
      ? `${verdict.percent ?? '?'} % off`
      : verdict.kind === 'free_shipping'
        ? 'Free shipping'
        : verdict.amount === null
          ? 'Not known'
          : `${formatMoney(verdict.amount)} off`;
  return (
    <div className="till-verdict" role="status">
      <div className="spread">
        <h2>{gives}</h2>
        <Tag tone={verdict.isUsable ? 'good' : 'bad'}>{verdict.isUsable ? 'Holds' : 'Does not hold'}</Tag>
      </div>
      <p>
        <b>{verdict.code}</b>
        {verdict.creatorName !== null && ` of ${verdict.creatorName}`}
      </p>
      {verdict.reasons.map((reason) => (
        <p key={reason} className="bad">
          {reason}
        </p>
      ))}
      {verdict.askFor.map((ask) => (
        <p key={ask}>{ask}</p>
      ))}
    </div>
  );
}
