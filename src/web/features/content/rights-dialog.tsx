import { Checkbox, Modal, MultiSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import type { MoneyJson } from '#kernel/money.ts';
import { type ContentChannel, contentChannels, grantRights, requestRights } from '#modules/content/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { MoneyInput } from '#web/ui/money-input.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { channelWords } from './words.ts';

interface Props {
  how: 'request' | 'grant';
  assetIds: string[];
  /** Of the price that is offered; the workspace's own when left out. */
  currency?: string | undefined;
  onClose: () => void;
  onDone?: () => void;
}

type Asked = OutputOf<typeof requestRights>;

/** A right in data: asked of the creators by mail and link, or written down because it was agreed elsewhere. */
export function RightsDialog({ how, assetIds, currency: given, onClose, onDone }: Props) {
  const { currency: own } = useWorkspace();
  const currency = given ?? own;
  const [asked, setAsked] = useState<Asked | null>(null);
  const request = useApiMutation(requestRights, { invalidate: ['contentAssets'] });
  const grant = useApiMutation(grantRights, { invalidate: ['contentAssets'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      channels: ['brand_social'] as ContentChannel[],
      paid: false,
      exclusive: false,
      mayEdit: false,
      territory: 'worldwide',
      startsOn: '',
      endsOn: '',
      attribution: '',
      price: null as MoneyJson | null,
      message: '',
    },
    send: async ({ message, price, startsOn, endsOn, ...values }) => {
      const input = {
        ...values,
        assetIds,
        endsOn: endsOn === '' ? null : endsOn,
        ...(startsOn === '' ? {} : { startsOn }),
      };
      if (how === 'request') setAsked(await request.mutateAsync({ ...input, price, message }));
      else {
        const { granted } = await grant.mutateAsync(input);
        sayDone(`Written down for ${formatPlural(granted, 'piece')}`);
        onClose();
      }
      onDone?.();
    },
  });
  if (asked !== null) return <Sent asked={asked} onClose={onClose} />;
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={
        how === 'request'
          ? `Ask for rights to ${formatPlural(assetIds.length, 'piece')}`
          : `A right to ${formatPlural(assetIds.length, 'piece')}`
      }
      submitLabel={how === 'request' ? 'Ask the creators' : 'Write down'}
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <MultiSelect
        label="Where it may be used"
        required
        data={contentChannels.map((value) => ({ value, label: channelWords[value] }))}
        {...form.getInputProps('channels')}
      />
      <Checkbox label="Paid advertising too" {...form.getInputProps('paid', { type: 'checkbox' })} />
      <Checkbox label="We may cut, crop or subtitle it" {...form.getInputProps('mayEdit', { type: 'checkbox' })} />
      <Checkbox label="Nobody else may use it" {...form.getInputProps('exclusive', { type: 'checkbox' })} />
      <TextInput
        label="Territory"
        description="“worldwide” or countries"
        required
        {...form.getInputProps('territory')}
      />
      <div className="row row-3">
        <TextInput
          className="grow"
          type="date"
          label="From"
          description="Today when empty"
          {...form.getInputProps('startsOn')}
        />
        <TextInput
          className="grow"
          type="date"
          label="Last day"
          description="Without end when empty"
          {...form.getInputProps('endsOn')}
        />
      </div>
      <TextInput label="Whom to name" {...form.getInputProps('attribution')} />
      {how === 'request' && (
        <MoneyInput
          label="What you pay for each piece (nothing when empty)"
          value={form.values.price}
          currency={currency}
          onChange={(price) => form.setFieldValue('price', price)}
        />
      )}
      {how === 'request' && (
        <Textarea
          label="Message"
          description="In your own words, in the mail"
          autosize
          minRows={2}
          {...form.getInputProps('message')}
        />
      )}
    </FormDialog>
  );
}

function Sent({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={`Asked for ${formatPlural(asked.requested, 'piece')}`} size="md">
      <div className="stack">
        {asked.creators.map((creator) => (
          <div key={creator.personId}>
            <b>{creator.name}</b>
            {creator.mail === 'queued' ? (
              <p className="meta">The mail is on its way.</p>
            ) : (
              <>
                <p className="meta">
                  {creator.mail === 'off' ? 'Mail is off' : 'No mail address is known'}: hand this link over yourself.
                </p>
                <CopyField label={`Link for ${creator.name}`} value={creator.link} />
              </>
            )}
          </div>
        ))}
        {asked.refused.map((one) => (
          <p key={one.assetId} className="meta">
            {one.message}
          </p>
        ))}
      </div>
    </Modal>
  );
}
