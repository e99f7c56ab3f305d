import { Button, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { parseAmount, toMoneyJson } from '#kernel/money.ts';
import { type Contract, checkPayout, type Payout } from '#modules/contracts/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { Money } from '#web/ui/money.tsx';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';

/** What the terms pay for given results, and what exceeds a cap and waits for a person. */
export function PayoutCard({ contract }: { contract: Contract }) {
  const wanted = contract.inForceVersion ?? contract.version;
  const terms = contract.versions.find((one) => one.version === wanted)?.terms;
  if (terms === undefined || terms.payouts.length === 0) return null;
  const currency = terms.fee?.currency ?? terms.payouts.find((one) => one.amount !== null)?.amount?.currency;
  return <Trial contractId={contract.id} payouts={terms.payouts} currency={currency} />;
}

function Trial({
  contractId,
  payouts,
  currency,
}: {
  contractId: string;
  payouts: readonly Payout[];
  currency: string | undefined;
}) {
  const workspace = useWorkspace();
  const [counts, setCounts] = useState<Record<number, number>>({});
  const [values, setValues] = useState<Record<number, string>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const check = useApiMutation(checkPayout, {});
  const ask = async () => {
    setFailure(null);
    try {
      const results = payouts.map((payout, at) => ({
        payout: at,
        count: counts[at] ?? 0,
        value:
          payout.sharePercent === null
            ? null
            : toMoneyJson(parseAmount(values[at] || '0', currency ?? workspace.currency)),
      }));
      await check.mutateAsync({ contractId, results });
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  return (
    <Section title="What would results pay?" note="moves no money">
      <div className="stack">
        {failure !== null && <FormAlert>{failure}</FormAlert>}
        {payouts.map((payout, at) => (
          <div key={payout.label} className="ctr-row">
            <NumberInput
              label={`${payout.label}, how many`}
              min={0}
              value={counts[at] ?? 0}
              onChange={(value) => setCounts({ ...counts, [at]: Number(value) || 0 })}
            />
            {payout.sharePercent !== null && (
              <TextInput
                label="Their net value"
                inputMode="decimal"
                value={values[at] ?? ''}
                onChange={(event) => setValues({ ...values, [at]: event.currentTarget.value })}
              />
            )}
          </div>
        ))}
        <Button loading={check.isPending} onClick={() => void ask()}>
          Work it out
        </Button>
        <ul className="ctr-owed" aria-live="polite">
          {(check.data ?? []).map((line) => (
            <li key={line.label}>
              <span>
                {line.label}: {line.payable} payable
              </span>
              <Money value={line.amount} />
              {line.reason !== null && (
                <span className="meta">
                  <Tag tone="warn">{line.reason}</Tag> {line.exceeded} worth <Money value={line.exceededAmount} /> wait
                  for approval
                </span>
              )}
            </li>
          ))}
        </ul>
      </div>
    </Section>
  );
}
