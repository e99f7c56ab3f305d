import { Switch, TagsInput, TextInput } from '@mantine/core';
import { createBrand, updateBrand, type WatchedBrand } from '#modules/discovery/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

/** Watches a brand, or changes one that is. */
export function BrandDialog({ brand, onClose }: { brand?: WatchedBrand; onClose: () => void }) {
  const create = useApiMutation(createBrand, { invalidate: ['brands'] });
  const update = useApiMutation(updateBrand, { invalidate: ['brands'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      name: brand?.name ?? '',
      handles: brand?.handles ?? [],
      hashtags: brand?.hashtags ?? [],
      keywords: brand?.keywords ?? [],
      isOwn: brand?.isOwn ?? false,
    },
    send: async (values) => {
      const kept = await (brand === undefined
        ? create.mutateAsync(values)
        : update.mutateAsync({ ...values, brandId: brand.id }));
      sayDone(brand === undefined ? `${kept.name} is watched` : `${kept.name} changed`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={brand === undefined ? 'Watch a brand' : `Change ${brand.name}`}
      submitLabel={brand === undefined ? 'Watch brand' : 'Save'}
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
      <TagsInput
        label="Accounts"
        description="As posts mention them; Enter after each"
        placeholder="@brand"
        {...form.getInputProps('handles')}
      />
      <TagsInput label="Hashtags" placeholder="#brand" {...form.getInputProps('hashtags')} />
      <TagsInput
        label="Words of captions"
        description="Whole words; slower to find than accounts and hashtags"
        placeholder="brand name"
        {...form.getInputProps('keywords')}
      />
      <Switch label="This is our own brand" {...form.getInputProps('isOwn', { type: 'checkbox' })} />
    </FormDialog>
  );
}
