import { Select, TagsInput, TextInput } from '@mantine/core';
import { contactTypeSchema, type Person, updateCreator } from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  person: Person;
}

/** Fields that were set, and null for those that were taken away. */
function customChanges(before: Person['custom'], lines: readonly string[]): Record<string, string | null> {
  const set = lines.map((line): [string, string] => {
    const at = line.indexOf('=');
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  });
  const gone = Object.keys(before).map((field): [string, null] => [field, null]);
  return Object.fromEntries([...gone, ...set]);
}

/** Name, topics, tags, contacts and gifting; what a person enters holds against later files. */
export function EditCreatorDialog({ isOpen, onClose, person }: Props) {
  const update = useApiMutation(updateCreator, { invalidate: ['creators', 'vetting', 'discovery'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      name: person.name ?? '',
      niches: person.niches,
      tags: person.tags,
      interests: person.interests,
      contacts: person.contacts,
      contactType: person.contactType ?? '',
      custom: Object.entries(person.custom).map(([field, value]) => `${field}=${value}`),
      gifting: person.isOpenToGifting === null ? '' : person.isOpenToGifting ? 'yes' : 'no',
    },
    validate: {
      custom: (lines) =>
        lines.every((line) => /^[^=]+=./s.test(line)) ? null : 'Write each as field=value, such as shoe size=38',
    },
    send: async ({ name, gifting, contactType, custom, ...lists }) => {
      await update.mutateAsync({
        personId: person.id,
        name: name.trim() === '' ? null : name,
        contactType: contactType === '' ? null : contactTypeSchema.parse(contactType),
        custom: customChanges(person.custom, custom),
        isOpenToGifting: gifting === '' ? null : gifting === 'yes',
        ...lists,
      });
      sayDone('Saved');
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title="Edit creator"
      submitLabel="Save"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Name" maxLength={300} {...form.getInputProps('name')} />
      <TagsInput
        label="Niches"
        description="What the creator is about; counts for brand alignment"
        splitChars={[',', ';']}
        acceptValueOnBlur
        maxTags={100}
        {...form.getInputProps('niches')}
      />
      <TagsInput
        label="Tags"
        description="Your own words, to find and group by"
        splitChars={[',', ';']}
        acceptValueOnBlur
        maxTags={100}
        {...form.getInputProps('tags')}
      />
      <TagsInput
        label="Interests"
        description="Brands and things the creator says to like"
        splitChars={[',', ';']}
        acceptValueOnBlur
        maxTags={100}
        {...form.getInputProps('interests')}
      />
      <TagsInput
        label="Other ways of contact"
        description="As kind:value, such as telegram:@anna or whatsapp:+49 170 123"
        splitChars={[',', ';']}
        acceptValueOnBlur
        maxTags={30}
        {...form.getInputProps('contacts')}
      />
      <TagsInput
        label="Extra fields"
        description="As field=value, such as shoe size=38"
        splitChars={[';']}
        acceptValueOnBlur
        maxTags={100}
        {...form.getInputProps('custom')}
      />
      <Select
        label="Contact type"
        description="Left open, it is told from what happened"
        allowDeselect={false}
        data={[
          { value: '', label: 'Told from what happened' },
          { value: 'influencer', label: 'Influencer' },
          { value: 'prospect', label: 'Prospect' },
          { value: 'manager', label: 'Manager or agent' },
          { value: 'application', label: 'Applied' },
        ]}
        {...form.getInputProps('contactType')}
      />
      <Select
        label="Open to gifting"
        allowDeselect={false}
        data={[
          { value: '', label: 'not known' },
          { value: 'yes', label: 'yes' },
          { value: 'no', label: 'no' },
        ]}
        {...form.getInputProps('gifting')}
      />
    </FormDialog>
  );
}
