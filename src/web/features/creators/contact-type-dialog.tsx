import { Select } from '@mantine/core';
import { contactTypeSchema, contactTypes, updateCreators } from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { contactTypeNames, touched } from './words.ts';

/** Says of many what they are to the workspace. */
export function ContactTypeDialog(props: { isOpen: boolean; personIds: string[]; onClose: () => void }) {
  const { isOpen, personIds, onClose } = props;
  const update = useApiMutation(updateCreators, { invalidate: touched });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { contactType: '' },
    send: async (values) => {
      const contactType = values.contactType === '' ? null : contactTypeSchema.parse(values.contactType);
      const { changed } = await update.mutateAsync({ personIds, contactType });
      sayDone(`${formatPlural(changed, 'creator')} changed`);
      form.reset();
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title={`What ${personIds.length === 1 ? 'is this creator' : `are ${formatPlural(personIds.length, 'creator')}`} to you?`}
      submitLabel="Save"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Select
        label="Contact type"
        description="Left open, whoever worked with you is an influencer, whoever applied has applied, and all others are prospects"
        data={[
          { value: '', label: 'Told from what happened' },
          ...contactTypes.map((value) => ({ value, label: contactTypeNames[value] })),
        ]}
        allowDeselect={false}
        {...form.getInputProps('contactType')}
      />
    </FormDialog>
  );
}
