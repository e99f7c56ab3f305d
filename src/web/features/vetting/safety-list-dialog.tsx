import { Radio, Select, Textarea, TextInput } from '@mantine/core';
import {
  addSafetyList,
  changeSafetyList,
  type OwnSafetyList,
  type SafetyCategory,
  safetyCategories,
  safetyCategorySchema,
} from '#modules/vetting/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

const categoryNames = Object.entries(safetyCategories).map(([value, label]) => ({ value, label }));
const stale = { invalidate: ['safety', 'vetting'] };

const wordsOf = (text: string) =>
  text
    .split(/[\n,;]+/)
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** A list of own words: what flags, or what makes a flagged word harmless. */
export function SafetyListDialog({ list, onClose }: { list: OwnSafetyList | null; onClose: () => void }) {
  const add = useApiMutation(addSafetyList, stale);
  const change = useApiMutation(changeSafetyList, stale);
  const initialValues: { name: string; category: SafetyCategory; effect: 'flag' | 'allow'; words: string } = {
    name: list?.name ?? '',
    category: list?.category ?? 'profanity',
    effect: list?.effect ?? 'flag',
    words: list?.words.join('\n') ?? '',
  };
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues,
    validate: {
      name: (name) => (name.trim() === '' ? 'Give the list a name' : null),
      words: (text) => (wordsOf(text).length === 0 ? 'Give at least one word' : null),
    },
    send: async ({ name, category, effect, words }) => {
      const input = { name, category: safetyCategorySchema.parse(category), effect, words: wordsOf(words) };
      if (list === null) await add.mutateAsync(input);
      else await change.mutateAsync({ listId: list.id, ...input });
      sayDone('Kept: texts are searched again in the background');
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={list === null ? 'Add words of your own' : 'Change words'}
      submitLabel="Keep"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Name" required maxLength={80} data-autofocus {...form.getInputProps('name')} />
      <Select label="Category" data={categoryNames} allowDeselect={false} {...form.getInputProps('category')} />
      <Radio.Group label="What the words do" {...form.getInputProps('effect')}>
        <div className="vt-choices">
          <Radio value="flag" label="Flag" description="A text with one of them is flagged" />
          <Radio
            value="allow"
            label="Make harmless"
            description="Phrases in which a flagged word does not count, such as “rum cake”"
          />
        </div>
      </Radio.Group>
      <Textarea
        label="Words"
        description="One a line, or parted by commas. Whole words; case and accents do not matter."
        required
        autosize
        minRows={4}
        maxRows={12}
        {...form.getInputProps('words')}
      />
    </FormDialog>
  );
}
