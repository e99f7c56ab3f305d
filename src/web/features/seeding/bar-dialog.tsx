import { Select, Textarea } from '@mantine/core';
import { addDoNotGift, type DoNotGiftReason, doNotGiftReasons, doNotGiftWords } from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

/** Puts a creator on the do-not-gift list with a reason. */
export function BarDialog({ personId, name, onClose }: { personId: string; name: string; onClose: () => void }) {
  const add = useApiMutation(addDoNotGift, { invalidate: ['doNotGift', 'seeding'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { reason: 'never_posts' as DoNotGiftReason, note: '' },
    send: async ({ reason, note }) => {
      await add.mutateAsync({ personId, reason, note: note.trim() === '' ? null : note });
      sayDone(`${name} is sent nothing any more`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Send ${name} nothing any more?`}
      submitLabel="Put on the list"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p className="ink-2">The list holds for all campaigns of this workspace. What is under way goes on.</p>
      <Select
        label="Why"
        allowDeselect={false}
        data={doNotGiftReasons.map((value) => ({ value, label: doNotGiftWords[value] }))}
        {...form.getInputProps('reason')}
      />
      <Textarea label="Note" autosize minRows={2} maxLength={500} {...form.getInputProps('note')} />
    </FormDialog>
  );
}
