import { Checkbox, Select, Textarea } from '@mantine/core';
import { banReasonSchema, banReasons, resolveFraudGroups } from '#modules/fraud/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { banWords, fraudNouns } from './words.ts';

interface Props {
  groupIds: readonly string[];
  outcome: 'cleared' | 'fraud';
  onClose: () => void;
  onDone: () => void;
}

/** Decides groups, with the reason that stays. */
export function ResolveDialog({ groupIds, outcome, onClose, onDone }: Props) {
  const send = useApiMutation(resolveFraudGroups, { invalidate: fraudNouns });
  const isFraud = outcome === 'fraud';
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { reason: '', keepsCredit: false, ban: '' },
    validate: { reason: (value) => (value.trim() === '' ? 'Say why: the creator and your team read it' : null) },
    send: async ({ reason, keepsCredit, ban }) => {
      const banned = banReasonSchema.safeParse(ban);
      const answer = await send.mutateAsync({
        groupIds: [...groupIds],
        outcome,
        reason,
        keepsCredit: isFraud && keepsCredit,
        ...(isFraud && banned.success && { ban: banned.data }),
      });
      sayDone(
        isFraud
          ? `Decided; credit of ${formatPlural(answer.withdrawnOrders, 'order')} withdrawn`
          : `${formatPlural(answer.resolved, 'group')} cleared`,
      );
      onDone();
    },
  });
  const what = formatPlural(groupIds.length, 'group');
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={isFraud ? `Call ${what} fraud?` : `Clear ${what}?`}
      submitLabel={isFraud ? 'Withdraw credit' : 'Clear'}
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p className="ink-2">
        {isFraud
          ? 'The credit of the orders is taken away with an entry in the journal, and may go to whoever else led to them. It can be decided again.'
          : 'What is on hold counts from now on. The same orders are not asked about again.'}
      </p>
      <Textarea label="Reason" required autosize minRows={2} {...form.getInputProps('reason')} />
      {isFraud && (
        <>
          <Checkbox
            label="The credit stays all the same"
            {...form.getInputProps('keepsCredit', { type: 'checkbox' })}
          />
          <Select
            label="Ban the creator"
            placeholder="No ban"
            clearable
            data={banReasons.map((value) => ({ value, label: banWords[value] }))}
            {...form.getInputProps('ban')}
          />
        </>
      )}
    </FormDialog>
  );
}
