import { Button, Modal, NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { Platform } from '#kernel/platform.ts';
import { addHandles, createCreator } from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useGo } from '#web/shell/use-go.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone } from '#web/ui/say.ts';
import { Segments } from '#web/ui/segments.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { PastePreview } from './paste-preview.tsx';
import { platformOptions } from './words.ts';

type Way = 'paste' | 'hand';

interface Props {
  way: Way | null;
  onClose: () => void;
  onWay: (way: Way) => void;
}

const ways = [
  { value: 'paste', label: 'Paste handles' },
  { value: 'hand', label: 'By hand' },
] as const;

/** Adds creators without a file: many by handle or address, or one with its figures. */
export function AddCreatorsDialog({ way, onClose, onWay }: Props) {
  return (
    <Modal opened={way !== null} onClose={onClose} title="Add creators" size="lg">
      <div className="form">
        <Segments label="How to add" value={way ?? 'paste'} options={ways} onChange={onWay} />
        {way === 'hand' ? <ByHand onClose={onClose} /> : <Pasted onClose={onClose} />}
      </div>
    </Modal>
  );
}

function Pasted({ onClose }: { onClose: () => void }) {
  const add = useApiMutation(addHandles, { invalidate: ['creators', 'discovery'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { text: '', platform: 'instagram' as Platform, tags: [] as string[] },
    validate: { text: (value) => (value.trim() === '' ? 'Paste at least one handle or address' : null) },
    send: async (values) => {
      const answer = await add.mutateAsync(values);
      const [wrong] = answer.errors;
      const known = answer.updated + answer.unchanged;
      sayDone(
        [
          `${formatPlural(answer.created, 'creator')} added`,
          ...(known > 0 ? [`${known} known already`] : []),
          ...(answer.skipped > 0 ? [`${answer.skipped} asked not to be kept`] : []),
        ].join(', '),
      );
      if (wrong !== undefined)
        throw new Error(
          `${formatPlural(answer.errors.length, 'entry', 'entries')} could not be read. The first, number ${wrong.row}: ${wrong.message}`,
        );
      form.reset();
      onClose();
    },
  });
  // Read once the typing rests, not at every key.
  const [pasted] = useDebouncedValue(form.values.text, 300);
  return (
    <form className="form" onSubmit={onSubmit} noValidate>
      {failure && <FormAlert>{failure}</FormAlert>}
      <Textarea
        label="Handles or addresses of profiles"
        description="One a line, platforms mixed: @name, tiktok: @name, or the address of a profile or blog. Up to 2,000"
        autosize
        minRows={5}
        maxRows={12}
        placeholder={'@name\ntiktok: @name\nhttps://www.youtube.com/@name'}
        required
        {...form.getInputProps('text')}
      />
      <Select
        label="Platform of bare handles"
        data={platformOptions}
        allowDeselect={false}
        {...form.getInputProps('platform')}
      />
      <TagsInput label="Tags" description="Put on all of them" {...form.getInputProps('tags')} />
      <PastePreview text={pasted} platform={form.values.platform} />
      <Buttons onClose={onClose} isBusy={isBusy} label="Add creators" />
    </form>
  );
}

function ByHand({ onClose }: { onClose: () => void }) {
  const go = useGo();
  const create = useApiMutation(createCreator, { invalidate: ['creators', 'discovery'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      name: '',
      platform: 'instagram' as Platform,
      handle: '',
      followers: '' as number | '',
      email: '',
      niches: [] as string[],
    },
    validate: { handle: (value) => (value.trim() === '' ? 'Write the handle or the address of the profile' : null) },
    send: async ({ name, platform, handle, followers, email, niches }) => {
      const person = await create.mutateAsync({
        ...(name.trim() === '' ? {} : { name }),
        niches,
        ...(email.trim() === '' ? {} : { emails: [email.trim()] }),
        profiles: [{ platform, handle, ...(followers === '' ? {} : { followers }) }],
      });
      sayDone('Creator added');
      onClose();
      go('/creators/$personId', { params: { personId: person.id } });
    },
  });
  return (
    <form className="form" onSubmit={onSubmit} noValidate>
      {failure && <FormAlert>{failure}</FormAlert>}
      <TextInput label="Handle or address of the profile" required {...form.getInputProps('handle')} />
      <Select label="Platform" data={platformOptions} allowDeselect={false} {...form.getInputProps('platform')} />
      <TextInput label="Name" {...form.getInputProps('name')} />
      <NumberInput
        label="Followers"
        min={0}
        allowDecimal={false}
        thousandSeparator=","
        {...form.getInputProps('followers')}
      />
      <TextInput label="E-mail" type="email" {...form.getInputProps('email')} />
      <TagsInput label="Niches" {...form.getInputProps('niches')} />
      <Buttons onClose={onClose} isBusy={isBusy} label="Add creator" />
    </form>
  );
}

function Buttons({ onClose, isBusy, label }: { onClose: () => void; isBusy: boolean; label: string }) {
  return (
    <div className="acts">
      <Button variant="subtle" color="gray" onClick={onClose}>
        Cancel
      </Button>
      <Button type="submit" variant="filled" loading={isBusy}>
        {label}
      </Button>
    </div>
  );
}
