import { Button, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import {
  type Campaign,
  decideJoinedFee,
  type Enrolment,
  type EnrolmentJoin,
  feeChoices,
  listEnrolmentJoins,
} from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { campaignNouns } from './use-campaign.ts';

/** Other entries of this creator on the campaign that a merge brought here, and the fee somebody still has to decide. Nothing where there are none. */
export function JoinedEntries({ campaign, enrolment }: { campaign: Campaign; enrolment: Enrolment }) {
  const joins = useApiQuery(listEnrolmentJoins, { enrolmentId: enrolment.id });
  const [deciding, setDeciding] = useState<EnrolmentJoin | null>(null);
  const mayWrite = useCan('campaigns:write');
  if (joins.data === undefined || joins.data.length === 0) return null;
  return (
    <section aria-label="Entries brought together">
      <h3 className="meta">Entries brought together</h3>
      {joins.data.map((join) => (
        <div key={join.joinedEnrolmentId} className="stack">
          <p>
            Another entry of this creator came here on {formatDate(join.joinedAt)}, when two creators were merged.{' '}
            {sayFee(join, enrolment)}
          </p>
          {join.question === 'open' && mayWrite && (
            <div>
              <Button onClick={() => setDeciding(join)}>Decide the fee</Button>
            </div>
          )}
        </div>
      ))}
      {deciding !== null && (
        <DecideDialog campaign={campaign} enrolment={enrolment} join={deciding} onClose={() => setDeciding(null)} />
      )}
    </section>
  );
}

function sayFee(join: EnrolmentJoin, enrolment: Enrolment): string {
  const own = enrolment.fee === null ? 'no fee' : formatMoney(enrolment.fee);
  const other = join.fee === null ? null : formatMoney(join.fee);
  switch (join.question) {
    case 'open':
      return `Its fee is ${other ?? 'not set'}, this one’s ${own}; not both were agreed, so both count until somebody decides.`;
    case 'decided':
      return `${join.decidedBy ?? 'Somebody'} decided about the fees: ${join.reason ?? ''}${other === null ? '' : ` (${other} paid apart)`}`;
    case 'none':
      return other === null ? '' : `${other} was paid there and counts beside this fee.`;
  }
}

const words: Record<(typeof feeChoices)[number], string> = {
  both: 'Both hold and add up',
  kept: 'Only the fee of this entry',
  joined: 'Only the fee of the other entry',
};

function DecideDialog(props: { campaign: Campaign; enrolment: Enrolment; join: EnrolmentJoin; onClose: () => void }) {
  const { enrolment, join, onClose } = props;
  const decide = useApiMutation(decideJoinedFee, { invalidate: campaignNouns, onSuccess: () => sayDone('Decided') });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { choice: 'both', reason: '' },
    send: ({ choice, reason }) =>
      decide
        .mutateAsync({
          enrolmentId: enrolment.id,
          joinedEnrolmentId: join.joinedEnrolmentId,
          choice: feeChoices.find((one) => one === choice) ?? 'both',
          reason,
        })
        .then(onClose),
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Which fee of ${enrolment.person.name} holds?`}
      submitLabel="Decide"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p>{sayFee(join, enrolment)}</p>
      <Select
        label="What holds"
        data={feeChoices.map((value) => ({ value, label: words[value] }))}
        allowDeselect={false}
        {...form.getInputProps('choice')}
      />
      <Textarea label="Why" required maxLength={300} autosize {...form.getInputProps('reason')} />
    </FormDialog>
  );
}
