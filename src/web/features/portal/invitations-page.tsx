import { Button, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMail } from '@tabler/icons-react';
import { useState } from 'react';
import { listRoster } from '#modules/campaigns/api.ts';
import { type CampaignInvitation, listInvitations, sendInvitations } from '#modules/portal/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { useParam } from '#web/shell/use-go.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { Tag } from '#web/ui/tag.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import './portal.css';

interface Candidate {
  enrolmentId: string;
  name: string;
  stage: string;
  invitation: CampaignInvitation | null;
}

const answers = { accepted: 'said yes', declined: 'said no', countered: 'other terms' } as const;

const columns: TableColumn<Candidate>[] = [
  { id: 'name', header: 'Creator', cell: (row) => row.name },
  { id: 'stage', header: 'Stage', from: 680, width: 160, cell: (row) => row.stage },
  {
    id: 'sent',
    header: 'Invited',
    width: 150,
    cell: (row) =>
      row.invitation === null ? <span className="ink-3">not yet</span> : formatDate(row.invitation.sentAt),
  },
  {
    id: 'respondBy',
    header: 'Answer by',
    from: 900,
    width: 130,
    cell: (row) => row.invitation?.respondBy ?? '',
  },
  {
    id: 'answer',
    header: 'Answer',
    cell: ({ invitation }) =>
      invitation?.answer == null ? (
        ''
      ) : (
        <>
          <Tag tone={invitation.answer === 'accepted' ? 'good' : 'plain'}>{answers[invitation.answer]}</Tag>{' '}
          <span className="meta">{invitation.answerReason ?? ''}</span>
        </>
      ),
  },
];

/** Who was asked onto the campaign and what they answered; those not agreed yet can be asked. */
export function InvitationsPage() {
  const campaignId = useParam('campaignId');
  const canWrite = useCan('campaigns:write');
  const invitations = useApiQuery(listInvitations, { campaignId });
  const roster = useApiQuery(listRoster, { campaignId });
  const [chosen, setChosen] = useState<string[]>([]);
  const [isOpen, dialog] = useDisclosure(false);
  const [links, setLinks] = useState<{ personName: string; link: string }[]>([]);
  const byEnrolment = new Map(invitations.data?.rows.map((row) => [row.enrolmentId, row]));
  const onRoster = roster.data?.rows ?? [];
  const gone = (invitations.data?.rows ?? []).filter((row) => !onRoster.some((one) => one.id === row.enrolmentId));
  const rows: Candidate[] = [
    ...onRoster
      .filter((row) => row.phase === 'considering' || byEnrolment.has(row.id))
      .map((row) => ({
        enrolmentId: row.id,
        name: row.person.name,
        stage: row.stageLabel,
        invitation: byEnrolment.get(row.id) ?? null,
      })),
    ...gone.map((row) => ({
      enrolmentId: row.enrolmentId,
      name: row.personName,
      stage: 'off the roster',
      invitation: row,
    })),
  ];
  const isPending = invitations.isPending || roster.isPending;
  return (
    <div className="prt">
      <div className="spread">
        <p className="ink-2">Each gets a link of their own, by mail where one can be sent.</p>
        <Button
          variant="filled"
          disabled={!canWrite || chosen.length === 0}
          leftSection={<IconMail size={16} stroke={1.6} aria-hidden />}
          onClick={dialog.open}
        >
          {chosen.length === 0 ? 'Invite' : `Invite ${formatPlural(chosen.length, 'creator')}`}
        </Button>
      </div>
      {links.length > 0 && (
        <Section title="Hand these over yourself" note="no mail went to them; shown once">
          <ul className="list">
            {links.map((one) => (
              <li key={one.link}>
                <b>{one.personName}</b>
                <div className="grow">
                  <CopyField label={`Link of ${one.personName}`} value={one.link} />
                </div>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <DataTable
        label="Invitations"
        columns={columns}
        rows={isPending ? undefined : rows}
        rowId={(row) => row.enrolmentId}
        selection={{ value: chosen, onChange: setChosen }}
        more={{
          empty: <EmptyState title="Nobody to invite">Put creators on the roster first.</EmptyState>,
          error: invitations.error ?? roster.error,
          onRetry: () => void Promise.all([invitations.refetch(), roster.refetch()]),
        }}
      />
      <InviteDialog
        campaignId={campaignId}
        enrolmentIds={chosen}
        isOpen={isOpen}
        onClose={dialog.close}
        onSent={(handed) => {
          setLinks(handed);
          setChosen([]);
        }}
      />
    </div>
  );
}

interface DialogProps {
  campaignId: string;
  enrolmentIds: string[];
  isOpen: boolean;
  onClose: () => void;
  onSent: (links: { personName: string; link: string }[]) => void;
}

function InviteDialog({ campaignId, enrolmentIds, isOpen, onClose, onSent }: DialogProps) {
  const { name } = useWorkspace();
  const send = useApiMutation(sendInvitations, {
    invalidate: ['campaignInvitations', 'roster', 'campaigns', 'portalLinks'],
  });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { message: '', respondBy: '' },
    send: async ({ message, respondBy }) => {
      const done = await send.mutateAsync({
        campaignId,
        enrolmentIds,
        message,
        respondBy: respondBy === '' ? null : respondBy,
      });
      onSent(done.rows.flatMap(({ personName, link }) => (link === null ? [] : [{ personName, link }])));
      const skipped =
        done.skipped.length === 0 ? '' : `, ${done.skipped.length} passed over (${done.skipped[0]?.reason})`;
      sayDone(`Invited ${formatPlural(done.rows.length, 'creator')}${skipped}`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title={`Invite ${formatPlural(enrolmentIds.length, 'creator')}`}
      submitLabel="Invite"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Textarea
        label="A word to them"
        description={`It stands in the mail and on their page, under the name of ${name}.`}
        maxLength={5000}
        {...form.getInputProps('message')}
      />
      <TextInput label="Answer by" type="date" {...form.getInputProps('respondBy')} />
    </FormDialog>
  );
}
