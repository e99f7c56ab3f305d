import { MultiSelect, Select, TextInput } from '@mantine/core';
import { type Platform, platformNames, platforms } from '#kernel/platform.ts';
import { addDeliverables, type Campaign, listRoster } from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { campaignNouns } from './use-campaign.ts';

/** Plans one piece for the creators chosen. */
export function DeliverableDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const roster = useApiQuery(listRoster, { campaignId: campaign.id, limit: 500 });
  const add = useApiMutation(addDeliverables, { invalidate: campaignNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      enrolmentIds: [] as string[],
      platform: 'instagram' as Platform,
      format: 'reel',
      title: '',
      dueOn: '',
    },
    send: async (values) => {
      await add.mutateAsync({ campaignId: campaign.id, ...values, dueOn: values.dueOn === '' ? null : values.dueOn });
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Plan a piece"
      submitLabel="Plan"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <MultiSelect
        label="Creators"
        required
        searchable
        data={(roster.data?.rows ?? []).map((row) => ({ value: row.id, label: row.person.name }))}
        {...form.getInputProps('enrolmentIds')}
      />
      <TextInput label="Title" required {...form.getInputProps('title')} />
      <div className="camp-two">
        <Select
          label="Platform"
          allowDeselect={false}
          data={platforms.map((value) => ({ value, label: platformNames[value] }))}
          {...form.getInputProps('platform')}
        />
        <TextInput label="Format" required {...form.getInputProps('format')} />
      </div>
      <TextInput label="Due" type="date" {...form.getInputProps('dueOn')} />
    </FormDialog>
  );
}
