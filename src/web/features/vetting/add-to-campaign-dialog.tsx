import { Select } from '@mantine/core';
import type { Platform } from '#kernel/platform.ts';
import { addToRoster, listCampaigns } from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  personId: string;
  platform: Platform | undefined;
}

/** Enrols the creator on a campaign that is planned or live. */
export function AddToCampaignDialog({ isOpen, onClose, personId, platform }: Props) {
  const campaigns = useApiQuery(listCampaigns, { limit: 200, states: ['draft', 'live'] }, { enabled: isOpen });
  const add = useApiMutation(addToRoster, { invalidate: ['roster', 'campaigns'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { campaignId: '' },
    validate: { campaignId: (value) => (value === '' ? 'Choose a campaign' : null) },
    send: async ({ campaignId }) => {
      const answer = await add.mutateAsync({
        campaignId,
        personIds: [personId],
        ...(platform !== undefined && { platform }),
      });
      const [refused] = answer.refused;
      if (refused !== undefined) throw new Error(refused.message);
      sayDone(answer.added + answer.restored === 0 ? 'Was on that campaign already' : 'Put on the campaign');
      form.reset();
      onClose();
    },
  });
  const rows = campaigns.data?.rows ?? [];
  const isEmpty = campaigns.data !== undefined && rows.length === 0;
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title="Add to a campaign"
      submitLabel="Add to campaign"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure ?? campaigns.error?.message ?? null}
    >
      <Select
        label="Campaign"
        required
        searchable
        disabled={rows.length === 0}
        data={rows.map((campaign) => ({ value: campaign.id, label: `${campaign.name} (${campaign.state})` }))}
        {...form.getInputProps('campaignId')}
      />
      {isEmpty && (
        <p className="ink-2">
          There is no campaign to add to yet. <AppLink to="/campaigns">Open campaigns</AppLink>
        </p>
      )}
    </FormDialog>
  );
}
