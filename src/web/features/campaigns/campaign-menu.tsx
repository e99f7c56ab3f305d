import { Button, Checkbox, Menu, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { addDays } from '#kernel/time.ts';
import {
  type Campaign,
  type CampaignState,
  campaignSteps,
  changeCampaignState,
  deleteCampaign,
  duplicateCampaign,
  exportRoster,
} from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useGo } from '#web/shell/use-go.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { CampaignDialog } from './campaign-dialog.tsx';
import { KeepModelDialog } from './model-dialogs.tsx';

const verbs: Record<CampaignState, string> = {
  draft: 'Make a draft again',
  live: 'Go live',
  ended: 'End the campaign',
  archived: 'Archive',
};
const reopen: Partial<Record<CampaignState, Partial<Record<CampaignState, string>>>> = {
  ended: { live: 'Run on' },
  archived: { ended: 'Take out of the archive' },
};

/** What can be done with the campaign as a whole. */
export function CampaignMenu({ campaign }: { campaign: Campaign }) {
  const [open, setOpen] = useState<'edit' | 'duplicate' | 'model' | 'delete' | null>(null);
  const go = useGo();
  const close = () => setOpen(null);
  const change = useApiMutation(changeCampaignState, {
    invalidate: ['campaigns', 'reports', 'today'],
    onSuccess: (after) => sayDone(`${after.name} is ${after.state}`),
    onError: (error) => sayFailed('Not changed', error),
  });
  const remove = useApiMutation(deleteCampaign, { invalidate: ['campaigns'], onSuccess: () => go('/campaigns') });
  const download = useDownload(exportRoster);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button rightSection={<IconChevronDown size={16} stroke={1.6} aria-hidden />}>Campaign</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {campaignSteps[campaign.state].map((to) => (
            <Menu.Item key={to} onClick={() => change.mutate({ campaignId: campaign.id, from: campaign.state, to })}>
              {reopen[campaign.state]?.[to] ?? verbs[to]}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => setOpen('edit')}>Edit name, dates and budget</Menu.Item>
          <Menu.Item onClick={() => setOpen('duplicate')}>Duplicate</Menu.Item>
          <Menu.Item onClick={() => setOpen('model')}>Keep as a model</Menu.Item>
          <Menu.Item
            onClick={() =>
              void download
                .start({ campaignId: campaign.id }, 'roster.csv')
                .catch((error) => sayFailed('Not exported', error))
            }
          >
            Export the roster
          </Menu.Item>
          {campaign.state === 'draft' && <Menu.Item onClick={() => setOpen('delete')}>Delete the draft</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {open === 'edit' && <CampaignDialog campaign={campaign} onClose={close} />}
      {open === 'model' && <KeepModelDialog campaign={campaign} onClose={close} />}
      {open === 'duplicate' && <DuplicateDialog campaign={campaign} onClose={close} />}
      <ConfirmDialog
        isOpen={open === 'delete'}
        onClose={close}
        title={`Delete the draft ${campaign.name}?`}
        confirmLabel="Delete"
        onConfirm={() => remove.mutateAsync({ campaignId: campaign.id })}
        isDangerous
      >
        Its goals, brief, roster and planned content go with it. This cannot be undone.
      </ConfirmDialog>
    </>
  );
}

/** Names of creators left behind that are told one by one. */
const leftOutShown = 3;

function DuplicateDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const go = useGo();
  const duplicate = useApiMutation(duplicateCampaign, { invalidate: ['campaigns'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { name: `${campaign.name} 2`, startsOn: addDays(campaign.endsOn, 1), withRoster: false },
    send: async (values) => {
      const made = await duplicate.mutateAsync({ campaignId: campaign.id, ...values });
      onClose();
      for (const { who, message } of made.leftOut.slice(0, leftOutShown))
        sayFailed(`${who} did not come along`, new Error(message));
      if (made.leftOut.length > leftOutShown)
        sayFailed(
          `${made.leftOut.length - leftOutShown} more did not come along`,
          new Error('Add them on the roster to read why.'),
        );
      go('/campaigns/$campaignId', { params: { campaignId: made.id } });
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Duplicate ${campaign.name}`}
      submitLabel="Duplicate"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p className="ink-2">
        Goals, stages, brief and budget come along, every date moved by the same number of days. Links and results do
        not.
      </p>
      <TextInput label="Name" required {...form.getInputProps('name')} />
      <TextInput label="First day" type="date" required {...form.getInputProps('startsOn')} />
      <Checkbox
        label="Enrol the same creators in the first stage"
        description="Those who opted out or are not to be sent anything stay behind, and you are told who."
        {...form.getInputProps('withRoster', { type: 'checkbox' })}
      />
    </FormDialog>
  );
}
