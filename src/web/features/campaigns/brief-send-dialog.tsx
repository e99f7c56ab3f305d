import { Textarea } from '@mantine/core';
import { type BriefStatus, briefSendMax, type Campaign, sendBrief } from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import type { BriefLink } from './brief-links-dialog.tsx';

interface Props {
  campaign: Campaign;
  rows: readonly BriefStatus[];
  onClose: () => void;
  onSent: (links: readonly BriefLink[]) => void;
}

/** Sends the newest brief to those chosen; who has it and agreed is left in peace. */
export function SendBriefDialog({ campaign, rows, onClose, onSent }: Props) {
  const send = useApiMutation(sendBrief, { invalidate: ['briefs'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { message: '' },
    send: async ({ message }) => {
      const links: BriefLink[] = [];
      const sum = { sent: 0, unchanged: 0 };
      for (let from = 0; from < rows.length; from += briefSendMax) {
        const enrolmentIds = rows.slice(from, from + briefSendMax).map((row) => row.enrolmentId);
        const answer = await send.mutateAsync({ campaignId: campaign.id, enrolmentIds, message, again: false });
        sum.sent += answer.sent;
        sum.unchanged += answer.unchanged;
        links.push(...answer.links);
        for (const one of answer.refused) sayFailed(`${one.name}: not sent`, new Error(one.message));
      }
      const kept = sum.unchanged === 0 ? '' : `, ${sum.unchanged} had it already`;
      sayDone(`Sent to ${formatPlural(sum.sent, 'creator')}${kept}`);
      onSent(links);
    },
  });
  const silent = rows.filter((row) => !row.hasEmail).length;
  const who = rows.length === 1 ? (rows[0]?.person.name ?? 'one creator') : formatPlural(rows.length, 'creator');
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Send the brief to ${who}`}
      submitLabel="Send the brief"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p className="ink-2">
        Version {campaign.briefVersion}, by mail with a link of their own. They read it on the phone and confirm it; you
        see when, and from where.
      </p>
      {silent > 0 && (
        <p className="meta">
          {formatPlural(silent, 'creator has', 'creators have')} no e-mail: you get a link to copy.
        </p>
      )}
      <Textarea
        label="A word above the link"
        description="May stay empty"
        autosize
        minRows={2}
        {...form.getInputProps('message')}
      />
    </FormDialog>
  );
}
