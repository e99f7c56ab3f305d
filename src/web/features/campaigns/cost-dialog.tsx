import { Select, TextInput } from '@mantine/core';
import {
  addCost,
  type Campaign,
  type CampaignCost,
  type CostKind,
  type CostState,
  costKindSchema,
  costStateSchema,
  updateCost,
} from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { amountProblem } from './amount-problem.ts';
import { campaignNouns } from './use-campaign.ts';
import { readAmount, writeAmount } from './words.ts';

export const costKindNames: Record<CostKind, string> = {
  shipping: 'Shipping',
  agency: 'Agency',
  tools: 'Tools',
  ads: 'Paid ads',
  production: 'Production',
  other: 'Other',
};

/** A cost beside fees and goods. */
export function CostDialog({
  campaign,
  cost,
  onClose,
}: {
  campaign: Campaign;
  cost: CampaignCost | null;
  onClose: () => void;
}) {
  const add = useApiMutation(addCost, { invalidate: campaignNouns });
  const update = useApiMutation(updateCost, { invalidate: campaignNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      kind: cost?.kind ?? ('shipping' as CostKind),
      amount: writeAmount(cost?.amount ?? null),
      state: cost?.state ?? ('committed' as CostState),
      dueOn: cost?.dueOn ?? '',
      note: cost?.note ?? '',
    },
    validate: { amount: (text) => (text.trim() === '' ? 'Enter an amount' : amountProblem(text, campaign.currency)) },
    send: async (values) => {
      const amount = readAmount(values.amount, campaign.currency);
      if (amount === null) return;
      const fields = {
        campaignId: campaign.id,
        kind: values.kind,
        amount,
        state: values.state,
        dueOn: values.dueOn === '' ? null : values.dueOn,
        note: values.note.trim() === '' ? null : values.note.trim(),
      };
      if (cost === null) await add.mutateAsync(fields);
      else await update.mutateAsync({ ...fields, costId: cost.id });
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={cost === null ? 'Add a cost' : 'Edit the cost'}
      submitLabel={cost === null ? 'Add cost' : 'Save'}
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Select
        label="Kind"
        allowDeselect={false}
        data={costKindSchema.options.map((value) => ({ value, label: costKindNames[value] }))}
        {...form.getInputProps('kind')}
      />
      <TextInput
        label={`Amount, ${campaign.currency}`}
        inputMode="decimal"
        required
        {...form.getInputProps('amount')}
      />
      <div className="camp-two">
        <Select label="Stands" allowDeselect={false} data={costStateSchema.options} {...form.getInputProps('state')} />
        <TextInput label="Due" type="date" {...form.getInputProps('dueOn')} />
      </div>
      <TextInput label="What for" {...form.getInputProps('note')} />
    </FormDialog>
  );
}
