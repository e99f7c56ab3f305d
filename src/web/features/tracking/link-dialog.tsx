import { TextInput } from '@mantine/core';
import { createLink, type Link, updateLink } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { readInstant, trackingNouns } from './words.ts';

/** Makes a link, or changes where one leads. The slug of a link that exists stays: it is printed and posted. */
export function LinkDialog({ link, onClose }: { link: Link | null; onClose: () => void }) {
  const create = useApiMutation(createLink, { invalidate: trackingNouns });
  const update = useApiMutation(updateLink, { invalidate: trackingNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      destination: link?.destination ?? '',
      slug: '',
      source: link?.utm.source ?? '',
      medium: link?.utm.medium ?? '',
      campaign: link?.utm.campaign ?? '',
      content: link?.utm.content ?? '',
      expiresAt: '',
    },
    send: async (values) => {
      const utm = { source: values.source, medium: values.medium, campaign: values.campaign, content: values.content };
      const own = Object.fromEntries(Object.entries(utm).filter(([, value]) => link !== null || value !== ''));
      const ends = values.expiresAt === '' ? {} : { expiresAt: readInstant(values.expiresAt) };
      if (link === null) {
        const slug = values.slug.trim() === '' ? {} : { slug: values.slug };
        const made = await create.mutateAsync({ destination: values.destination, utm: own, ...slug, ...ends });
        sayDone(`Made ${made.shortUrl}`);
      } else {
        await update.mutateAsync({ linkId: link.id, destination: values.destination, utm: own, ...ends });
        sayDone('Saved. Visitors follow within a second.');
      }
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={link === null ? 'New link' : `Edit /${link.slug}`}
      submitLabel={link === null ? 'Make link' : 'Save'}
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput
        label="Leads to"
        placeholder="https://shop.example/spring"
        required
        {...form.getInputProps('destination')}
      />
      {link === null && (
        <TextInput
          label="Slug"
          description="The part after the slash; made up when left empty"
          {...form.getInputProps('slug')}
        />
      )}
      <div className="trk-two">
        <TextInput label="utm_source" placeholder="platform" {...form.getInputProps('source')} />
        <TextInput label="utm_medium" placeholder="affiliate" {...form.getInputProps('medium')} />
        <TextInput label="utm_campaign" placeholder="campaign" {...form.getInputProps('campaign')} />
        <TextInput label="utm_content" placeholder="creator" {...form.getInputProps('content')} />
      </div>
      <TextInput label="Ends" type="datetime-local" {...form.getInputProps('expiresAt')} />
    </FormDialog>
  );
}
