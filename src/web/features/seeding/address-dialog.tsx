import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { countryForm, getAddress, type KnownAddress, removeAddress, saveAddress } from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { seedingNouns } from './words.ts';

const nouns = [...seedingNouns, 'addresses'];

/** Where a creator gets parcels: seen, entered, or deleted. */
export function AddressDialog({ personId, name, onClose }: { personId: string; name: string; onClose: () => void }) {
  const query = useApiQuery(getAddress, { personId });
  return (
    <Modal opened onClose={onClose} title={`Address of ${name}`} size="md">
      <QueryState query={query}>
        {(known) => <AddressForm personId={personId} known={known} onClose={onClose} />}
      </QueryState>
    </Modal>
  );
}

function AddressForm({
  personId,
  known,
  onClose,
}: {
  personId: string;
  known: KnownAddress | null;
  onClose: () => void;
}) {
  const save = useApiMutation(saveAddress, { invalidate: nouns });
  const remove = useApiMutation(removeAddress, {
    invalidate: nouns,
    onSuccess: () => {
      sayDone('The address is deleted');
      onClose();
    },
    onError: (error) => sayFailed('Not deleted', error),
  });
  const given = known?.address;
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      address: {
        name: given?.name ?? '',
        line1: given?.line1 ?? '',
        line2: given?.line2 ?? '',
        postcode: given?.postcode ?? '',
        city: given?.city ?? '',
        region: given?.region ?? '',
        country: given?.country ?? '',
        phone: given?.phone ?? '',
      },
      isConfirmed: false,
    },
    validate: { isConfirmed: (value) => (value ? null : 'Confirm that the creator gave it for parcels') },
    send: async ({ address }) => {
      await save.mutateAsync({ personId, address, isConfirmed: true });
      sayDone('Saved');
      onClose();
    },
  });
  const { region, postcode } = countryForm(form.values.address.country.toUpperCase());
  return (
    <form className="form" onSubmit={onSubmit} noValidate>
      {failure !== null && <FormAlert>{failure}</FormAlert>}
      {known !== null && (
        <p className="meta">
          {known.givenBy === 'creator' ? 'Given by the creator' : 'Entered by a member'} on{' '}
          {formatDate(known.consentedAt)}.
        </p>
      )}
      <TextInput label="Name" required {...form.getInputProps('address.name')} />
      <TextInput label="Street and number" required {...form.getInputProps('address.line1')} />
      <TextInput label="Flat, floor, company" {...form.getInputProps('address.line2')} />
      <div className="seeding-two">
        <TextInput
          label={postcode?.name ?? 'Postcode'}
          placeholder={postcode?.example ?? ''}
          {...form.getInputProps('address.postcode')}
        />
        <TextInput label="Town" required {...form.getInputProps('address.city')} />
        <TextInput label={region ?? 'Region'} required={region !== null} {...form.getInputProps('address.region')} />
        <TextInput
          label="Country"
          description="Two letters, such as DE"
          required
          maxLength={2}
          {...form.getInputProps('address.country')}
        />
      </div>
      <TextInput label="Telephone, for the carrier" type="tel" {...form.getInputProps('address.phone')} />
      <Checkbox
        label="The creator gave this address for parcels"
        {...form.getInputProps('isConfirmed', { type: 'checkbox' })}
      />
      <div className="acts">
        {known !== null && (
          <Button variant="subtle" color="gray" loading={remove.isPending} onClick={() => remove.mutate({ personId })}>
            Delete the address
          </Button>
        )}
        <Button type="submit" variant="filled" loading={isBusy}>
          Save
        </Button>
      </div>
    </form>
  );
}
