import { TextInput } from '@mantine/core';
import { changeDeliverableState, type Deliverable } from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { campaignNouns } from './use-campaign.ts';
import { useToday } from './use-today.ts';

/** Says where and since when a piece is live. */
export function LiveDialog({ deliverable, onClose }: { deliverable: Deliverable; onClose: () => void }) {
  const today = useToday();
  const change = useApiMutation(changeDeliverableState, { invalidate: campaignNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { liveUrl: deliverable.liveUrl ?? '', liveAt: today },
    send: async ({ liveUrl, liveAt }) => {
      const isPast = liveAt !== '' && liveAt < today;
      await change.mutateAsync({
        deliverableId: deliverable.id,
        from: deliverable.state,
        to: 'live',
        ...(liveUrl.trim() === '' ? {} : { liveUrl: liveUrl.trim() }),
        ...(isPast ? { liveAt: `${liveAt}T12:00:00Z` } : {}),
      });
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`${deliverable.title} of ${deliverable.person.name} is live`}
      submitLabel="Set live"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput
        label="Address of the post"
        placeholder="https://"
        inputMode="url"
        required
        {...form.getInputProps('liveUrl')}
      />
      <TextInput label="Live since" type="date" max={today} {...form.getInputProps('liveAt')} />
    </FormDialog>
  );
}
