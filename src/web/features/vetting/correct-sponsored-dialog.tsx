import { Radio, TagsInput, Textarea } from '@mantine/core';
import { correctSponsoredPost, type DealPost } from '#modules/vetting/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

interface Props {
  personId: string;
  post: DealPost;
  onClose: () => void;
}

/** A person's word on one post: it counts at once and stays until it is taken back. */
export function CorrectSponsoredDialog({ personId, post, onClose }: Props) {
  const send = useApiMutation(correctSponsoredPost, { invalidate: ['vetting', 'sponsoredPosts'] });
  const { correction } = post;
  const initial = correction === null ? '' : correction.isSponsored ? 'paid' : 'own';
  const initialValues: { said: string; brands: string[]; reason: string } = {
    said: initial,
    brands: correction?.brands ?? post.brands,
    reason: correction?.reason ?? '',
  };
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues,
    validate: { said: (value) => (value === '' ? 'Choose one' : null) },
    send: async ({ said, brands, reason }) => {
      const isSponsored = said === 'rules' ? null : said === 'paid';
      await send.mutateAsync({
        personId,
        postId: post.postId,
        isSponsored,
        brands: said === 'paid' ? brands : [],
        reason,
      });
      sayDone(isSponsored === null ? 'Left to the rules again' : 'Kept, and counted');
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Is this post paid for?"
      submitLabel="Keep"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p className="ink-2 vt-clamp">{post.excerpt}</p>
      <Radio.Group label="What do you know?" {...form.getInputProps('said')}>
        <div className="vt-choices">
          <Radio value="paid" label="Paid for" description="Money, goods, a trip or a commission" />
          <Radio value="own" label="Not paid for" description="The rules were wrong" />
          {correction !== null && (
            <Radio value="rules" label="Let the rules decide" description="Takes the correction back" />
          )}
        </div>
      </Radio.Group>
      {form.getValues().said === 'paid' && (
        <TagsInput
          label="By whom"
          description="Accounts; leave empty to keep those the post names"
          splitChars={[',', ' ']}
          maxTags={10}
          acceptValueOnBlur
          {...form.getInputProps('brands')}
        />
      )}
      <Textarea label="Reason" maxLength={500} autosize minRows={2} {...form.getInputProps('reason')} />
    </FormDialog>
  );
}
