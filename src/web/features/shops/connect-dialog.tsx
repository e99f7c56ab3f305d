import { Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { connectShop, type listShops, type Shop, type ShopUse, shopUseNames } from '#modules/shops/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { shopNouns } from './words.ts';

type Kind = OutputOf<typeof listShops>['kinds'][number];

/** Enters the key of a shop, once for all its uses; a secret is never shown again. */
export function ConnectDialog({ kind, shop, onClose }: { kind: Kind; shop: Shop | null; onClose: () => void }) {
  const { about, name } = kind;
  const connect = useApiMutation(connectShop, { invalidate: shopNouns });
  const all = about.uses.map(({ use }) => use);
  const before = shop?.uses.filter((one) => one.isOn).map((one) => one.use) ?? [];
  const [uses, setUses] = useState<ShopUse[]>(before.length === 0 ? all : before);
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      values: Object.fromEntries(about.fields.map((field) => [field.key, field.isSecret ? '' : (shop?.address ?? '')])),
    },
    send: async ({ values }) => {
      const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));
      const made = await connect.mutateAsync({
        kind: kind.kind,
        values: filled,
        ...(uses.length === 0 ? {} : { uses }),
      });
      const missing = made.uses.filter((one) => one.isOn && one.lacks.length > 0);
      if (missing.length === 0) sayDone(`${made.name} is connected`);
      else
        sayFailed(
          `${made.name} is connected, and the key may not do all of it`,
          new Error(missing.map((one) => `${shopUseNames[one.use]} lacks ${one.lacks.join(', ')}`).join('; ')),
        );
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={shop === null ? `Connect ${name}` : `A new key for ${shop.name}`}
      submitLabel="Connect"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Checkbox.Group
        label="Used for"
        value={uses}
        onChange={(chosen) => setUses(all.filter((use) => chosen.includes(use)))}
      >
        <div className="shop-choice">
          {about.uses.map(({ use, scopes }) => (
            <Checkbox
              key={use}
              value={use}
              label={shopUseNames[use]}
              description={`The key must be allowed: ${scopes.join(', ')}`}
            />
          ))}
        </div>
      </Checkbox.Group>
      <ol className="shop-steps">
        {about.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {about.fields.map((field) => {
        const props = {
          label: field.label,
          description: field.help,
          required: !field.isOptional,
          autoComplete: 'off',
          ...form.getInputProps(`values.${field.key}`),
        };
        return field.isSecret ? <PasswordInput key={field.key} {...props} /> : <TextInput key={field.key} {...props} />;
      })}
    </FormDialog>
  );
}
