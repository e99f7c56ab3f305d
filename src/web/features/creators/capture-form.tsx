import { Button, Checkbox, NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import type { OutputOf } from '#kernel/endpoint.ts';
import { type CapturedPage, type readCapture, saveCapture } from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { keepFragment } from '#web/shell/kept-fragment.ts';
import { useGo } from '#web/shell/use-go.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { fieldWords, platformOptions } from './words.ts';

interface Props {
  read: OutputOf<typeof readCapture>;
  page: CapturedPage;
  capturedAt: string;
}

const numbers = ['followers', 'following', 'postCount'] as const;

/** What was read of a page, to be looked over. An empty field is unknown and changes nothing. */
export function CaptureForm({ read, page, capturedAt }: Props) {
  const go = useGo();
  const save = useApiMutation(saveCapture, { invalidate: ['creators', 'discovery'] });
  const from = new Map(read.found.map((one) => [one.field, `from ${one.from}`]));
  const { profile } = read;
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      platform: profile.platform,
      handle: profile.handle,
      displayName: profile.displayName ?? '',
      bio: profile.bio ?? '',
      website: profile.website ?? '',
      followers: profile.followers ?? ('' as number | ''),
      following: profile.following ?? ('' as number | ''),
      postCount: profile.postCount ?? ('' as number | ''),
      withPicture: read.pictureUrl !== null,
      tags: [] as string[],
    },
    send: async ({ withPicture, followers, following, postCount, ...values }) => {
      const answer = await save.mutateAsync({
        ...values,
        displayName: values.displayName.trim() || null,
        bio: values.bio.trim() || null,
        website: values.website.trim() || null,
        followers: followers === '' ? null : followers,
        following: following === '' ? null : following,
        postCount: postCount === '' ? null : postCount,
        pageUrl: page.url,
        capturedAt,
        pictureUrl: withPicture ? read.pictureUrl : null,
      });
      if (answer.personId === null) throw new Error('This creator asked not to be kept, so nothing was kept.');
      sayDone(outcomeWords[answer.outcome]);
      keepFragment(window.location.pathname, '');
      go('/creators/$personId', { params: { personId: answer.personId } });
    },
  });
  return (
    <form className="form creators-capture" onSubmit={onSubmit} noValidate>
      {failure && <FormAlert>{failure}</FormAlert>}
      {read.personId !== null && (
        <p className="meta">
          <AppLink className="link" to="/creators/$personId" params={{ personId: read.personId }}>
            This creator is among yours already.
          </AppLink>{' '}
          What you keep here completes it.
        </p>
      )}
      <div className="creators-two">
        <Select label="Platform" data={platformOptions} allowDeselect={false} {...form.getInputProps('platform')} />
        <TextInput label="Handle" required {...form.getInputProps('handle')} />
        <TextInput label="Name" description={from.get('displayName')} {...form.getInputProps('displayName')} />
      </div>
      <div className="creators-two">
        {numbers.map((field) => (
          <NumberInput
            key={field}
            label={fieldWords[field]}
            description={from.get(field) ?? 'not on the page'}
            min={0}
            allowDecimal={false}
            thousandSeparator=","
            {...form.getInputProps(field)}
          />
        ))}
      </div>
      <Textarea
        label="Bio"
        description={from.get('bio')}
        autosize
        minRows={2}
        maxRows={8}
        {...form.getInputProps('bio')}
      />
      <TextInput label="Website" description={from.get('website')} {...form.getInputProps('website')} />
      <TagsInput label="Tags" {...form.getInputProps('tags')} />
      {read.pictureUrl !== null && (
        <Checkbox
          label={`Keep the picture: fetched once from ${new URL(read.pictureUrl).host}, then shown from here`}
          {...form.getInputProps('withPicture', { type: 'checkbox' })}
        />
      )}
      <p className="meta">
        Source: {new URL(page.url).host}, seen just now. Counts that a platform shortens (12.3K) are kept as shown.
      </p>
      <div className="acts">
        <Button type="submit" variant="filled" loading={isBusy}>
          Keep this creator
        </Button>
      </div>
    </form>
  );
}

const outcomeWords = {
  created: 'Creator added',
  updated: 'Creator completed',
  unchanged: 'Known already, and nothing new',
  objected: 'Not kept',
};
