import { Button, NumberInput, Textarea, TextInput } from '@mantine/core';
import { AppError } from '#kernel/errors.ts';
import { formatAmount, fromMoneyJson, type MoneyJson, parseAmount, toMoneyJson } from '#kernel/money.ts';
import { platformNames } from '#kernel/platform.ts';
import { counterPortalContract, type PortalContract } from '#modules/contracts/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { portalContractNouns } from './nouns.ts';

const dayMs = 86_400_000;
const openDays = 7;

function amountProblem(text: string, currency: string): string | null {
  try {
    parseAmount(text, currency);
    return null;
  } catch (error) {
    return error instanceof AppError ? error.message : 'Not an amount';
  }
}

const writeAmount = (money: MoneyJson | null) => (money === null ? '' : formatAmount(fromMoneyJson(money)));

/** What creators most often ask to be different, as fields; the rest goes into the note. */
export function CounterForm({
  contract,
  isDisabled,
  onClose,
}: {
  contract: PortalContract;
  isDisabled: boolean;
  onClose: () => void;
}) {
  const { terms } = contract;
  const currency = terms.fee?.currency ?? '';
  const counter = useApiMutation(counterPortalContract, {
    invalidate: portalContractNouns,
    onSuccess: () => sayDone('Your proposal is with the brand'),
  });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      fee: writeAmount(terms.fee),
      dueOn: terms.deliverables.map((item) => item.dueOn ?? ''),
      revisionsMax: terms.revisionsMax ?? '',
      paymentDays: terms.payment.days,
      rightsDays: terms.usageRights.map((right) => right.days ?? ''),
      exclusivityDays: terms.exclusivity?.days ?? '',
      note: '',
      expiresOn: new Date(Date.now() + openDays * dayMs).toISOString().slice(0, 10),
    },
    validate: { fee: (text) => (terms.fee === null ? null : amountProblem(text, currency)) },
    send: async (values) => {
      const fee = terms.fee === null ? null : toMoneyJson(parseAmount(values.fee, currency));
      await counter.mutateAsync({
        contractId: contract.id,
        version: contract.version,
        note: values.note,
        expiresOn: values.expiresOn,
        terms: {
          ...terms,
          fee,
          // Parts of another fee would not add up: the brand parts it anew.
          feeParts: fee?.amountMinor === terms.fee?.amountMinor ? terms.feeParts : [],
          deliverables: terms.deliverables.map((item, at) => ({ ...item, dueOn: values.dueOn[at] || null })),
          revisionsMax: values.revisionsMax === '' ? null : Number(values.revisionsMax),
          payment: { ...terms.payment, days: Number(values.paymentDays) },
          usageRights: terms.usageRights.map((right, at) => ({
            ...right,
            days: values.rightsDays[at] === '' ? null : Number(values.rightsDays[at]),
          })),
          exclusivity:
            terms.exclusivity === null ? null : { ...terms.exclusivity, days: Number(values.exclusivityDays) },
        },
      });
      onClose();
    },
  });
  return (
    <section className="ph-card" aria-labelledby="pc-counter">
      <h2 id="pc-counter">Your proposal</h2>
      <p className="ink-2">Change what does not fit. {contract.brandName} sees exactly what is different.</p>
      <form className="form" onSubmit={onSubmit}>
        {failure && <FormAlert>{failure}</FormAlert>}
        {terms.fee !== null && (
          <TextInput label={`Fee, ${currency}`} inputMode="decimal" required {...form.getInputProps('fee')} />
        )}
        {terms.deliverables.map((item, at) => (
          <TextInput
            key={`${item.platform} ${item.format} ${item.title} ${item.dueOn}`}
            type="date"
            label={`${item.count} × ${platformNames[item.platform]} ${item.format}, live by`}
            {...form.getInputProps(`dueOn.${at}`)}
          />
        ))}
        {terms.revisionsMax !== null && (
          <NumberInput label="Rounds of changes at most" min={0} max={20} {...form.getInputProps('revisionsMax')} />
        )}
        {terms.fee !== null && (
          <NumberInput label="Paid within, days" min={0} max={365} {...form.getInputProps('paymentDays')} />
        )}
        {terms.usageRights.map((right, at) => (
          <NumberInput
            key={`${right.channels.join()} ${right.paid} ${right.territory}`}
            label={`${right.paid ? 'Advertising with' : 'Use of'} your content, days`}
            description="Empty: without end"
            min={1}
            {...form.getInputProps(`rightsDays.${at}`)}
          />
        ))}
        {terms.exclusivity !== null && (
          <NumberInput
            label="Exclusivity after the last post, days"
            min={1}
            {...form.getInputProps('exclusivityDays')}
          />
        )}
        <Textarea label="A word to the brand" autosize minRows={3} maxLength={2000} {...form.getInputProps('note')} />
        <TextInput type="date" label="Your proposal is open until" required {...form.getInputProps('expiresOn')} />
        <Button type="submit" variant="filled" loading={isBusy} disabled={isDisabled}>
          Send the proposal
        </Button>
        <Button variant="subtle" color="gray" onClick={onClose}>
          Back to the offer
        </Button>
      </form>
    </section>
  );
}
