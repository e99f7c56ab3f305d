import { Button, MultiSelect, TagsInput, Textarea, TextInput } from '@mantine/core';
import { type AssetColour, assetColours, updateAsset } from '#modules/content/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import type { WholeAsset } from './whole-asset.ts';

/** What a piece is filed under, so that it is found again. */
export function LabelsForm({ asset }: { asset: WholeAsset }) {
  const update = useApiMutation(updateAsset, { invalidate: ['contentAssets'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      title: asset.title,
      products: asset.products,
      tags: asset.tags,
      colours: asset.colours as AssetColour[],
      note: asset.note,
    },
    send: async (values) => {
      await update.mutateAsync({ assetId: asset.id, ...values });
      form.resetDirty(values);
      sayDone('Saved');
    },
  });
  return (
    <Section title="Filed under">
      <form className="form" onSubmit={onSubmit} noValidate>
        {failure !== null && <FormAlert>{failure}</FormAlert>}
        <TextInput label="Title" {...form.getInputProps('title')} />
        <TagsInput label="Products" {...form.getInputProps('products')} />
        <TagsInput label="Tags" {...form.getInputProps('tags')} />
        <MultiSelect label="Colours" data={[...assetColours]} {...form.getInputProps('colours')} />
        <Textarea label="Note" autosize minRows={2} {...form.getInputProps('note')} />
        <div className="acts">
          <Button type="submit" loading={isBusy} disabled={!form.isDirty()}>
            Save
          </Button>
        </div>
      </form>
    </Section>
  );
}
