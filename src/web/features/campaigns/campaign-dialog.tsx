import { Textarea, TextInput } from '@mantine/core';
import { type Campaign, updateCampaign } from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { amountProblem } from './amount-problem.ts';
import { OwnerSelect } from './owner-select.tsx';
import { readAmount, writeAmount } from './words.ts';

/** Name, dates, budget, owner, landing page and note of a campaign. */
export function CampaignDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const update = useApiMutation(updateCampaign, { invalidate: ['campaigns', 'reports', 'today'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      name: campaign.name,
      startsOn: campaign.startsOn,
      endsOn: campaign.endsOn,
      budget: writeAmount(campaign.budget.total),
      landingUrl: campaign.landingUrl ?? '',
      note: campaign.note ?? '',
      ownerId: campaign.ownerId,
    },
    validate: { budget: (text) => amountProblem(text, campaign.currency) },
    send: async (values) => {
      await update.mutateAsync({
        campaignId: campaign.id,
        name: values.name,
        startsOn: values.startsOn,
        endsOn: values.endsOn,
        budget: readAmount(values.budget, campaign.currency),
        landingUrl: values.landingUrl.trim() === '' ? null : values.landingUrl.trim(),
        note: values.note.trim() === '' ? null : values.note.trim(),
        ownerId: values.ownerId,
      });
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Edit ${campaign.name}`}
      submitLabel="Save"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Name" required {...form.getInputProps('name')} />
      <div className="camp-two">
        <TextInput label="First day" type="date" required {...form.getInputProps('startsOn')} />
        <TextInput label="Last day" type="date" required {...form.getInputProps('endsOn')} />
      </div>
      <TextInput
        label={`Budget, ${campaign.currency}`}
        placeholder="none"
        inputMode="decimal"
        {...form.getInputProps('budget')}
      />
      <OwnerSelect value={form.values.ownerId} onChange={(ownerId) => form.setFieldValue('ownerId', ownerId)} />
      <TextInput label="Landing page" placeholder="https://" inputMode="url" {...form.getInputProps('landingUrl')} />
      <Textarea label="Note" autosize minRows={2} maxRows={6} {...form.getInputProps('note')} />
    </FormDialog>
  );
}
