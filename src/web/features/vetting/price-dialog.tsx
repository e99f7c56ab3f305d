import { Select, TextInput } from '@mantine/core';
import { isKnownCurrency, parseAmount, toMoneyJson } from '#kernel/money.ts';
import { type Person, priceFormats, setPrice } from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { priceFormatWords } from './words.ts';

/** What a creator asks for one piece of content; replaces the price of the same account, format and currency. */
export function PriceDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const workspace = useWorkspace();
  const state = useApiMutation(setPrice, { invalidate: ['creators', 'discovery'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      profileId: person.profiles[0]?.id ?? '',
      format: 'post',
      amount: '',
      currency: workspace.currency,
      origin: 'creator',
    },
    validate: {
      currency: (code) => (isKnownCurrency(code.toUpperCase()) ? null : 'A three-letter code, such as EUR'),
      amount: (text, { currency }) => amountFault(text, currency.toUpperCase()),
    },
    send: async ({ profileId, format, amount, currency, origin }) => {
      await state.mutateAsync({
        personId: person.id,
        profileId,
        format: priceFormats.find((one) => one === format) ?? null,
        price: toMoneyJson(parseAmount(amount, currency.toUpperCase())),
        origin: origin === 'rate_card' ? 'rate_card' : 'creator',
      });
      sayDone('Price kept');
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Add price"
      submitLabel="Keep price"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      {person.profiles.length > 1 && (
        <Select
          label="Account"
          allowDeselect={false}
          data={person.profiles.map((profile) => ({
            value: profile.id,
            label: `${profile.platform} @${profile.handle}`,
          }))}
          {...form.getInputProps('profileId')}
        />
      )}
      <Select
        label="For"
        allowDeselect={false}
        data={priceFormats.map((format) => ({ value: format, label: priceFormatWords[format] }))}
        {...form.getInputProps('format')}
      />
      <TextInput label="Price" inputMode="decimal" data-autofocus {...form.getInputProps('amount')} />
      <TextInput label="Currency" maxLength={3} {...form.getInputProps('currency')} />
      <Select
        label="Known from"
        allowDeselect={false}
        data={[
          { value: 'creator', label: 'The creator said so' },
          { value: 'rate_card', label: 'A rate card' },
        ]}
        {...form.getInputProps('origin')}
      />
    </FormDialog>
  );
}

function amountFault(text: string, currency: string): string | null {
  if (text.trim() === '') return 'Enter a price';
  try {
    return parseAmount(text, currency).amountMinor < 0n ? 'A price is not negative' : null;
  } catch (error) {
    return error instanceof Error ? error.message : 'Not an amount';
  }
}
