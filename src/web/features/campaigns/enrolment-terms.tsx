import { Button, TagsInput, Textarea, TextInput } from '@mantine/core';
import { type Campaign, type Enrolment, tagsMax, updateEnrolment } from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { amountProblem } from './amount-problem.ts';
import { FeeHint } from './fee-hint.tsx';
import { OwnerSelect } from './owner-select.tsx';
import { campaignNouns } from './use-campaign.ts';
import { readAmount, sayDay, writeAmount } from './words.ts';

/** What the contracts say where the campaign plans with another fee. */
function SignedFee({ enrolment: { fee, signedFee } }: { enrolment: Enrolment }) {
  if (signedFee === null) return null;
  const isSame = fee?.amountMinor === signedFee.amountMinor && fee.currency === signedFee.currency;
  return <p className="meta">{isSame ? 'As signed' : `Signed were ${formatMoney(signedFee)}; this fee differs`}</p>;
}

/** What was agreed with a creator: money, days, who looks after them, tags and notes. Days left empty follow the brief. */
export function EnrolmentTerms({ campaign, enrolment }: { campaign: Campaign; enrolment: Enrolment }) {
  const { currency } = campaign;
  const update = useApiMutation(updateEnrolment, { invalidate: campaignNouns, onSuccess: () => sayDone('Saved') });
  const amount = (text: string) => amountProblem(text, currency);
  const saidBlocker = enrolment.blocker ?? '';
  const orNull = (text: string) => (text.trim() === '' ? null : text);
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      fee: writeAmount(enrolment.fee),
      feePaidOn: enrolment.feePaidOn ?? '',
      payEarlyReason: '',
      productCost: writeAmount(enrolment.productCost),
      respondBy: enrolment.ownDates.respondBy ?? '',
      draftsBy: enrolment.ownDates.draftsBy ?? '',
      liveFrom: enrolment.ownDates.liveFrom ?? '',
      liveUntil: enrolment.ownDates.liveUntil ?? '',
      ownerId: enrolment.ownerId,
      tags: enrolment.tags,
      blocker: saidBlocker,
      note: enrolment.note ?? '',
    },
    validate: { fee: amount, productCost: amount },
    send: (values) =>
      update.mutateAsync({
        enrolmentId: enrolment.id,
        fee: readAmount(values.fee, currency),
        feePaidOn: orNull(values.feePaidOn),
        ...(values.payEarlyReason.trim() === '' ? {} : { payEarlyReason: values.payEarlyReason.trim() }),
        productCost: readAmount(values.productCost, currency),
        respondBy: orNull(values.respondBy),
        draftsBy: orNull(values.draftsBy),
        liveFrom: orNull(values.liveFrom),
        liveUntil: orNull(values.liveUntil),
        ownerId: values.ownerId,
        tags: values.tags,
        note: orNull(values.note),
        ...(values.blocker !== saidBlocker ? { blocker: orNull(values.blocker) } : {}),
      }),
  });
  const isRefused = form.errors.feePaidOn !== undefined;
  const briefDay = (key: keyof Enrolment['dates']) => {
    const day = enrolment.ownDates[key] === null ? enrolment.dates[key] : null;
    return day === null ? {} : { description: `${sayDay(day)} by the brief` };
  };
  return (
    <form onSubmit={onSubmit} noValidate>
      {failure && <FormAlert>{failure}</FormAlert>}
      <div className="camp-two">
        <TextInput label={`Fee, ${currency}`} inputMode="decimal" {...form.getInputProps('fee')} />
        <TextInput label="Paid on" type="date" {...form.getInputProps('feePaidOn')} />
      </div>
      <SignedFee enrolment={enrolment} />
      {enrolment.feePaidOn === null && (
        <FeeHint enrolment={enrolment} onTake={(fee) => form.setFieldValue('fee', fee)} />
      )}
      {(isRefused || form.values.payEarlyReason !== '') && (
        <TextInput
          label="Why is it paid early?"
          placeholder="Half up front, as agreed"
          maxLength={300}
          {...form.getInputProps('payEarlyReason')}
        />
      )}
      <TextInput label={`Goods at cost, ${currency}`} inputMode="decimal" {...form.getInputProps('productCost')} />
      <div className="camp-two">
        <TextInput label="Answer by" type="date" {...briefDay('respondBy')} {...form.getInputProps('respondBy')} />
        <TextInput label="Drafts by" type="date" {...briefDay('draftsBy')} {...form.getInputProps('draftsBy')} />
        <TextInput label="Live from" type="date" {...briefDay('liveFrom')} {...form.getInputProps('liveFrom')} />
        <TextInput label="Live until" type="date" {...briefDay('liveUntil')} {...form.getInputProps('liveUntil')} />
      </div>
      <OwnerSelect
        value={form.values.ownerId}
        onChange={(ownerId) => form.setFieldValue('ownerId', ownerId)}
        placeholder="as of the campaign"
      />
      <TagsInput label="Tags" maxTags={tagsMax} {...form.getInputProps('tags')} />
      <TextInput
        label="What holds it up"
        placeholder="Said by the stage when left empty"
        maxLength={120}
        {...form.getInputProps('blocker')}
      />
      <Textarea label="Note" autosize minRows={2} maxRows={8} {...form.getInputProps('note')} />
      <Button type="submit" loading={isBusy} disabled={!form.isDirty()} style={{ justifySelf: 'start' }}>
        Save
      </Button>
    </form>
  );
}
