import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  countryForm,
  countryForms,
  type KnownAddress,
  portalRemoveAddress,
  portalSaveAddress,
} from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { words } from './words.ts';

const nouns = ['portalSeeding', 'portalHome', 'portal'];
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Every country there is; those whose form we know are the most common ones. */
const countries = [
  ...new Set([...Object.keys(countryForms), ...letters.flatMap((first) => letters.map((second) => first + second))]),
]
  .filter(
    (code) =>
      regions.of(code) !== code &&
      new Intl.Locale(`und-${code}`).region === code &&
      !/^(X[A-JL-Z]|Q[M-Z]|AA|ZZ|EU|EZ|UN)$/.test(code),
  )
  .map((value) => ({ value, label: regions.of(value) ?? value }))
  .sort((a, b) => a.label.localeCompare(b.label, 'en'));

/** Where parcels go: shown in short, or asked for with what the country needs. */
export function AddressCard({ known, consentText }: { known: KnownAddress | null; consentText: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <section aria-label={words.address.title}>
      <header>
        <h2>{words.address.title}</h2>
        <span className="meta">{words.address.why}</span>
      </header>
      {known !== null && !isOpen ? (
        <Known known={known} onChange={() => setOpen(true)} />
      ) : (
        <AddressForm known={known} consentText={consentText} onDone={() => setOpen(false)} />
      )}
    </section>
  );
}

function Known({ known, onChange }: { known: KnownAddress; onChange: () => void }) {
  const isPreview = useIsPreview();
  const remove = useApiMutation(portalRemoveAddress, {
    invalidate: nouns,
    onSuccess: () => sayDone('Your address is deleted'),
    onError: (error) => sayFailed('Not deleted', error),
  });
  const { name, line1, line2, postcode, city, region, country } = known.address;
  return (
    <div className="ph-card">
      <address className="ps-address">
        {[name, line1, line2, `${postcode} ${city}`.trim(), region, regions.of(country)]
          .filter((line) => line !== '')
          .join('\n')}
      </address>
      <div className="ps-acts">
        <Button disabled={isPreview} onClick={onChange}>
          {words.address.change}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          disabled={isPreview}
          loading={remove.isPending}
          onClick={() => remove.mutate({})}
        >
          {words.address.remove}
        </Button>
      </div>
    </div>
  );
}

function AddressForm({
  known,
  consentText,
  onDone,
}: {
  known: KnownAddress | null;
  consentText: string;
  onDone: () => void;
}) {
  const isPreview = useIsPreview();
  const save = useApiMutation(portalSaveAddress, { invalidate: nouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      address: known?.address ?? {
        name: '',
        line1: '',
        line2: '',
        city: '',
        region: '',
        postcode: '',
        country: '',
        phone: '',
      },
      agrees: false,
    },
    validate: { agrees: (value) => (value ? null : 'We need your agreement to keep the address') },
    send: async ({ address }) => {
      await save.mutateAsync({ address, agrees: true });
      sayDone('Your address is kept');
      onDone();
    },
  });
  const { postcode, region, isPostcodeNeeded } = countryForm(form.values.address.country);
  return (
    <form className="ph-card form" onSubmit={onSubmit} noValidate>
      {failure !== null && <FormAlert>{failure}</FormAlert>}
      <Select label="Country" required searchable data={countries} {...form.getInputProps('address.country')} />
      <TextInput label="Name" required autoComplete="name" {...form.getInputProps('address.name')} />
      <TextInput
        label="Street and number"
        required
        autoComplete="address-line1"
        {...form.getInputProps('address.line1')}
      />
      <TextInput label="Flat, floor, company" autoComplete="address-line2" {...form.getInputProps('address.line2')} />
      <div className="ps-two">
        <TextInput
          label={postcode?.name ?? 'Postcode'}
          required={isPostcodeNeeded}
          placeholder={postcode?.example ?? ''}
          autoComplete="postal-code"
          {...form.getInputProps('address.postcode')}
        />
        <TextInput label="Town" required autoComplete="address-level2" {...form.getInputProps('address.city')} />
      </div>
      {region !== null && (
        <TextInput label={region} required autoComplete="address-level1" {...form.getInputProps('address.region')} />
      )}
      <TextInput
        label="Telephone, for the carrier"
        type="tel"
        autoComplete="tel"
        {...form.getInputProps('address.phone')}
      />
      <Checkbox label={consentText} {...form.getInputProps('agrees', { type: 'checkbox' })} />
      <Button type="submit" variant="filled" disabled={isPreview} loading={isBusy}>
        {words.address.save}
      </Button>
      {known !== null && (
        <Button variant="subtle" color="gray" onClick={onDone}>
          Cancel
        </Button>
      )}
    </form>
  );
}
