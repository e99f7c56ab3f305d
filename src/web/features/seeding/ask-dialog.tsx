import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { askCreators, type SeedingPlan, type SeedingRow } from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { seedingNouns } from './words.ts';

const mailWords = {
  queued: 'mail goes out',
  off: 'no mail set up, copy the link',
  no_address: 'no e-mail address, copy the link',
};

/** Asks creators by a link each: for a product, or for an address. */
export function AskDialog({
  plan,
  kind,
  rows,
  onClose,
}: {
  plan: SeedingPlan;
  kind: 'pick' | 'address';
  rows: readonly SeedingRow[];
  onClose: () => void;
}) {
  const [message, setMessage] = useState('');
  // Those asked are told apart from those chosen: the list changes behind the dialog.
  const [asking] = useState(rows);
  const ask = useApiMutation(askCreators, { invalidate: seedingNouns });
  const what = kind === 'pick' ? 'choose a product' : 'give an address';
  return (
    <Modal opened onClose={onClose} title={`Ask ${formatPlural(asking.length, 'creator')} to ${what}`} size="lg">
      {ask.data === undefined ? (
        <div className="form">
          {ask.error !== null && <FormAlert>{messageOf(ask.error)}</FormAlert>}
          <p className="ink-2">
            Each gets a link of their own into the portal, by mail where an address is known.
            {kind === 'pick' &&
              (plan.isObliged
                ? ' The mail says that a post is agreed in return.'
                : ' The mail says that it is a gift without obligation.')}
            {kind === 'pick' && ' It also says how a gift has to be disclosed.'}
          </p>
          <Textarea
            label="A line of your own"
            description="Left out when empty"
            autosize
            minRows={2}
            maxLength={1000}
            value={message}
            onChange={(event) => setMessage(event.currentTarget.value)}
          />
          <div className="acts">
            <Button variant="subtle" color="gray" onClick={onClose}>
              Cancel
            </Button>
            <Button
              variant="filled"
              loading={ask.isPending}
              onClick={() =>
                ask.mutate({
                  campaignId: plan.campaignId,
                  enrolmentIds: asking.map((row) => row.enrolmentId),
                  kind,
                  message: message.trim() === '' ? null : message.trim(),
                })
              }
            >
              Ask {formatPlural(asking.length, 'creator')}
            </Button>
          </div>
        </div>
      ) : (
        <div className="form">
          <p>
            <b>{formatPlural(ask.data.asked.length, 'creator')} asked.</b> Each link opens the portal for that creator
            alone.
          </p>
          {ask.data.refused.map((one) => (
            <FormAlert key={one.id}>{`${one.who}: ${one.message}`}</FormAlert>
          ))}
          <ul className="seeding-links">
            {ask.data.asked.map((one) => (
              <li key={one.enrolmentId}>
                <div>
                  <b>{one.who}</b> <span className="meta">{mailWords[one.mail]}</span>
                </div>
                <CopyField label={`Link of ${one.who}`} value={one.link} />
              </li>
            ))}
          </ul>
          <div className="acts">
            <Button variant="filled" onClick={onClose}>
              Done
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
