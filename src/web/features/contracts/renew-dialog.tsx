import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { MoneyJson } from '#kernel/money.ts';
import { type ContractSummary, renewContracts } from '#modules/contracts/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { useGo } from '#web/shell/use-go.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { MoneyInput } from '#web/ui/money-input.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { contractNouns, sayDay } from './words.ts';

interface Props {
  contracts: readonly Pick<ContractSummary, 'id' | 'endsOn' | 'fee' | 'person'>[];
  onClose: () => void;
}

/** Drafts what follows contracts that run out; each draft can be changed before it is sent. */
export function RenewDialog({ contracts, onClose }: Props) {
  const go = useGo();
  const { currency } = useWorkspace();
  const [only] = contracts.length === 1 ? contracts : [];
  const [fee, setFee] = useState<MoneyJson | null>(null);
  const renew = useApiMutation(renewContracts, { invalidate: contractNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm<{ months: number | string }>({
    initialValues: { months: '' },
    send: async ({ months }) => {
      const { created, unchanged, refused } = await renew.mutateAsync({
        contractIds: contracts.map((one) => one.id),
        ...(months === '' ? {} : { months: Number(months) }),
        ...(fee === null ? {} : { fee }),
      });
      onClose();
      const [problem] = refused;
      const [made] = created;
      if (problem !== undefined && made === undefined) sayFailed('Not renewed', new Error(problem.message));
      else if (made === undefined)
        sayFailed('Nothing drafted', new Error(`${unchanged} had a renewal in hand already.`));
      else {
        const others = refused.length === 0 ? '' : `, ${refused.length} could not be renewed`;
        sayDone(
          `${formatPlural(created.length, 'renewal')} drafted from ${sayDay(made.startsOn)} to ${sayDay(made.endsOn)}${others}`,
        );
        if (only !== undefined) go('/contracts/$contractId', { params: { contractId: made.contractId } });
      }
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={
        only === undefined ? `Renew ${formatPlural(contracts.length, 'contract')}` : `Renew with ${only.person.name}`
      }
      submitLabel={only === undefined ? 'Draft renewals' : 'Draft the renewal'}
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p className="ink-2">
        {only?.endsOn == null
          ? 'Each renewal begins on the day after its contract ends, with the same terms.'
          : `The renewal begins on the day after ${sayDay(only.endsOn)}, with the same terms.`}{' '}
        Days of posts move on by as many months. You can change each draft before you send it.
      </p>
      <NumberInput
        label="For how many months"
        description="As long as before when left empty"
        placeholder="as before"
        min={1}
        max={60}
        allowDecimal={false}
        {...form.getInputProps('months')}
      />
      <MoneyInput
        label="Fee, as before when left empty"
        currency={only?.fee?.currency ?? currency}
        value={fee}
        onChange={setFee}
      />
    </FormDialog>
  );
}
