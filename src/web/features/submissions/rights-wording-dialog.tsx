import { Checkbox, MultiSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { type RightsChannel, rightsChannelSchema, rightsChannels } from '#modules/contracts/api.ts';
import {
  getRightsWording,
  listRightsAcceptances,
  putRightsWording,
  type RightsWording,
} from '#modules/submissions/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

const channelNames: Record<RightsChannel, string> = {
  creator_account: 'Creator’s own account',
  brand_social: 'Brand’s social accounts',
  brand_website: 'Brand’s website',
  email: 'E-mail',
  marketplaces: 'Shops and marketplaces',
  print: 'Print',
  out_of_home: 'Out of home',
  broadcast: 'Broadcast',
};

/** Which rights creators without a contract accept when they hand in a draft. */
export function RightsWordingDialog({ campaignId, onClose }: { campaignId: string; onClose: () => void }) {
  const query = useApiQuery(getRightsWording, { campaignId }, { staleTime: 0 });
  return query.data === undefined ? null : <Form campaignId={campaignId} wording={query.data} onClose={onClose} />;
}

function Form(props: { campaignId: string; wording: RightsWording | null; onClose: () => void }) {
  const { campaignId, wording, onClose } = props;
  const accepted = useApiQuery(listRightsAcceptances, { campaignId });
  const save = useApiMutation(putRightsWording, { invalidate: ['rightsWording'], onSuccess: () => sayDone('Saved') });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      text: wording?.text ?? '',
      channels: (wording?.channels ?? ['brand_social', 'brand_website']) as string[],
      isPaid: wording?.isPaid ?? false,
      territory: wording?.territory ?? 'worldwide',
      days: (wording?.days ?? '') as number | string,
    },
    send: ({ channels, days, ...rest }) =>
      save
        .mutateAsync({
          campaignId,
          ...rest,
          channels: channels.map((one) => rightsChannelSchema.parse(one)),
          days: days === '' ? null : Number(days),
        })
        .then(onClose),
  });
  const count = accepted.data?.length ?? 0;
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Rights asked for when a draft is handed in"
      submitLabel="Save"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p className="ink-2">
        For creators without a contract, as in product seeding. They read these words and accept them to hand in; who,
        when, from where and the exact words are kept.
        {wording === null ? '' : ` Version ${wording.version}; ${formatPlural(count, 'acceptance')} so far.`}
      </p>
      <Textarea
        label="What they agree to"
        description="Empty: nothing is asked for. A change makes a new version; what was accepted stays as it was."
        autosize
        minRows={4}
        maxLength={4000}
        {...form.getInputProps('text')}
      />
      <MultiSelect
        label="Where it may be used"
        data={rightsChannels.map((value) => ({ value, label: channelNames[value] }))}
        {...form.getInputProps('channels')}
      />
      <Checkbox label="In paid advertising too" {...form.getInputProps('isPaid', { type: 'checkbox' })} />
      <TextInput label="Territory" required {...form.getInputProps('territory')} />
      <NumberInput
        label="Days from the day it is accepted"
        description="Empty: without end"
        min={1}
        max={3650}
        allowDecimal={false}
        {...form.getInputProps('days')}
      />
    </FormDialog>
  );
}
