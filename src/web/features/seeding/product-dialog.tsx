import { ActionIcon, Button, FileButton, Modal, Textarea, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { formatAmount, fromMoneyJson } from '#kernel/money.ts';
import { createProduct, type Product, updateProduct, uploadProductPicture } from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { amountProblem, readAmount } from './words.ts';

const nouns = ['products', 'seeding'];

interface VariantRow {
  key: string;
  variantId: string | null;
  option: string;
  sku: string;
  cost: string;
  price: string;
  stock: string;
  weight: string;
}

const emptyRow = (): VariantRow => ({
  key: crypto.randomUUID(),
  variantId: null,
  option: '',
  sku: '',
  cost: '',
  price: '',
  stock: '',
  weight: '',
});

function toRow(variant: Product['variants'][number]): VariantRow {
  const amount = (money: typeof variant.cost) => (money === null ? '' : formatAmount(fromMoneyJson(money)));
  return {
    key: variant.id,
    variantId: variant.id,
    option: Object.entries(variant.options)
      .map(([name, value]) => `${name}: ${value}`)
      .join(', '),
    sku: variant.sku ?? '',
    cost: amount(variant.cost),
    price: amount(variant.price),
    stock: variant.stock?.toString() ?? '',
    weight: variant.weightGrams?.toString() ?? '',
  };
}

/** "Colour: Sand, Size: M"; a value without a name is called Option. */
function readOptions(text: string): Record<string, string> {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return Object.fromEntries(
    parts.map((part, at) => {
      const [name = '', ...rest] = part.split(':');
      return rest.length === 0
        ? [at === 0 ? 'Option' : `Option ${at + 1}`, name.trim()]
        : [name.trim(), rest.join(':').trim()];
    }),
  );
}

/** Adds a product or changes one; of a shop's, only what the shop does not know. */
export function ProductDialog({ product, onClose }: { product: Product | null; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={product?.name ?? 'Add a product'} size="xl">
      <ProductForm product={product} onClose={onClose} />
    </Modal>
  );
}

function ProductForm({ product, onClose }: { product: Product | null; onClose: () => void }) {
  const { currency: usual } = useWorkspace();
  const currency = product?.variants[0]?.cost?.currency ?? product?.variants[0]?.price?.currency ?? usual;
  const create = useApiMutation(createProduct, { invalidate: nouns });
  const update = useApiMutation(updateProduct, { invalidate: nouns });
  const isOfShop = product?.shop != null;
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      name: product?.name ?? '',
      category: product?.category ?? '',
      description: product?.description ?? '',
      shipsTo: product?.shipsTo?.join(' ') ?? '',
      variants: product === null ? [emptyRow()] : product.variants.map(toRow),
    },
    validate: {
      variants: {
        cost: (text: string) => amountProblem(text, currency),
        price: (text: string) => amountProblem(text, currency),
        stock: (text: string) => (/^\d*$/.test(text.trim()) ? null : 'A whole number'),
        weight: (text: string) => (/^\d*$/.test(text.trim()) ? null : 'Whole grams'),
      },
    },
    send: async (values) => {
      const codes = values.shipsTo
        .toUpperCase()
        .split(/[\s,;]+/)
        .filter((code) => code !== '');
      const shipsTo = codes.length === 0 ? null : codes;
      const whole = (text: string) => (text.trim() === '' ? null : Number(text.trim()));
      if (isOfShop && product !== null) {
        const costs = values.variants.flatMap((row) =>
          row.variantId === null ? [] : [{ variantId: row.variantId, cost: readAmount(row.cost, currency) }],
        );
        await update.mutateAsync({ productId: product.id, shipsTo, costs });
      } else {
        const about = {
          name: values.name,
          category: values.category.trim() === '' ? null : values.category,
          description: values.description.trim() === '' ? null : values.description,
          shipsTo,
          variants: values.variants.map((row) => ({
            ...(row.variantId === null ? {} : { variantId: row.variantId }),
            sku: row.sku.trim() === '' ? null : row.sku.trim(),
            options: readOptions(row.option),
            cost: readAmount(row.cost, currency),
            price: readAmount(row.price, currency),
            stock: whole(row.stock),
            weightGrams: whole(row.weight),
          })),
        };
        if (product === null) await create.mutateAsync(about);
        else await update.mutateAsync({ productId: product.id, ...about });
      }
      sayDone('Saved');
      onClose();
    },
  });
  const remove = (at: number) =>
    form.setFieldValue(
      'variants',
      form.values.variants.filter((_, index) => index !== at),
    );
  return (
    <form className="form" onSubmit={onSubmit} noValidate>
      {failure !== null && <FormAlert>{failure}</FormAlert>}
      {isOfShop && (
        <p className="ink-2">
          It comes from {product?.shop?.name}. Name, picture, price and stock are changed there; cost of goods and
          countries here.
        </p>
      )}
      {!isOfShop && (
        <>
          <TextInput label="Name" required {...form.getInputProps('name')} />
          <TextInput label="Category" {...form.getInputProps('category')} />
          <Textarea label="Description" autosize minRows={2} {...form.getInputProps('description')} />
        </>
      )}
      <TextInput
        label="Sent to"
        description="Two-letter codes of countries, such as DE FR IE; empty is everywhere"
        {...form.getInputProps('shipsTo')}
      />
      <fieldset className="seeding-choices">
        <legend>Variants, amounts in {currency}</legend>
        <div className="seeding-rows">
          {form.values.variants.map((row, at) => (
            <div key={row.key} className="seeding-row">
              <TextInput
                label="Colour, size"
                placeholder="Colour: Sand, Size: M"
                disabled={isOfShop}
                {...form.getInputProps(`variants.${at}.option`)}
              />
              <TextInput label="SKU" disabled={isOfShop} {...form.getInputProps(`variants.${at}.sku`)} />
              <TextInput label="Cost" inputMode="decimal" {...form.getInputProps(`variants.${at}.cost`)} />
              <TextInput
                label="Retail"
                inputMode="decimal"
                disabled={isOfShop}
                {...form.getInputProps(`variants.${at}.price`)}
              />
              <TextInput
                label="Stock"
                inputMode="numeric"
                disabled={isOfShop}
                {...form.getInputProps(`variants.${at}.stock`)}
              />
              <TextInput
                label="Grams"
                inputMode="numeric"
                disabled={isOfShop}
                {...form.getInputProps(`variants.${at}.weight`)}
              />
              {!isOfShop && form.values.variants.length > 1 && (
                <ActionIcon aria-label={`Remove variant ${at + 1}`} onClick={() => remove(at)}>
                  <IconTrash size={16} stroke={1.6} />
                </ActionIcon>
              )}
            </div>
          ))}
        </div>
        {!isOfShop && (
          <Button onClick={() => form.setFieldValue('variants', [...form.values.variants, emptyRow()])}>
            Add a variant
          </Button>
        )}
      </fieldset>
      <div className="acts">
        {product !== null && !isOfShop && <Picture product={product} />}
        {product !== null && !isOfShop && <PutAway product={product} onClose={onClose} />}
        <Button type="submit" variant="filled" loading={isBusy}>
          Save
        </Button>
      </div>
    </form>
  );
}

function Picture({ product }: { product: Product }) {
  const upload = useUpload(uploadProductPicture);
  const [has, setHas] = useState(product.pictureId !== null);
  const refresh = useApiMutation(updateProduct, { invalidate: nouns });
  const send = async (file: File | null) => {
    if (file === null) return;
    try {
      await upload.start({ productId: product.id, fileName: file.name }, file);
      setHas(true);
      await refresh.mutateAsync({ productId: product.id });
      sayDone('The picture is kept');
    } catch (error) {
      sayFailed('The picture was not taken', error);
    }
  };
  return (
    <FileButton accept="image/png,image/jpeg,image/webp,image/avif,image/gif" onChange={(file) => void send(file)}>
      {(props) => (
        <Button {...props} loading={upload.progress !== null}>
          {has ? 'Another picture' : 'Add a picture'}
        </Button>
      )}
    </FileButton>
  );
}

function PutAway({ product, onClose }: { product: Product; onClose: () => void }) {
  const next = product.state === 'active' ? 'gone' : 'active';
  const update = useApiMutation(updateProduct, {
    invalidate: nouns,
    onSuccess: () => {
      sayDone(next === 'gone' ? 'Put away; nobody can choose it any more' : 'It can be chosen again');
      onClose();
    },
    onError: (error) => sayFailed('Not changed', error),
  });
  return (
    <Button
      variant="subtle"
      color="gray"
      loading={update.isPending}
      onClick={() => update.mutate({ productId: product.id, state: next })}
    >
      {next === 'gone' ? 'Put away' : 'Bring back'}
    </Button>
  );
}
