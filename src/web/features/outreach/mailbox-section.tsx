import { Button } from '@mantine/core';
import { useState } from 'react';
import {
  listMailboxes,
  type Mailbox,
  removeMailbox,
  syncMailbox,
  testMailbox,
  updateMailbox,
} from '#modules/outreach/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Status } from '#web/ui/status.tsx';
import { ConnectMailboxDialog } from './connect-mailbox-dialog.tsx';
import { MailboxDialog } from './mailbox-dialog.tsx';

const stateWords = { ok: 'works', broken: 'does not work', paused: 'paused' } as const;
const tones = { ok: 'good', broken: 'bad', paused: 'warn' } as const;

/** The team's own mailboxes: mail goes out by them, answers come in. */
export function MailboxSection() {
  const query = useApiQuery(listMailboxes, {});
  const mayConnect = useCan('workspace:write');
  const [isConnecting, setConnecting] = useState(false);
  const [open, setOpen] = useState<Mailbox | null>(null);
  const [leaving, setLeaving] = useState<Mailbox | null>(null);
  const remove = useApiMutation(removeMailbox, { invalidate: ['mailboxes', 'mailings'] });
  const connect = mayConnect && (
    <Button variant="filled" onClick={() => setConnecting(true)}>
      Connect a mailbox
    </Button>
  );
  return (
    <Section
      title="Mailboxes"
      note="passwords are sealed, and never shown again"
      end={query.data?.rows.length ? connect : undefined}
    >
      <QueryState query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState title="No mailbox is connected" action={connect}>
              Mails to creators go out by your team’s own mailbox, so that answers reach people. Gmail, Microsoft 365
              and any server with SMTP and IMAP work.
            </EmptyState>
          ) : (
            <div>
              {rows.map((row) => (
                <MailboxItem
                  key={row.id}
                  mailbox={row}
                  onChange={mayConnect ? () => setOpen(row) : undefined}
                  onRemove={mayConnect ? () => setLeaving(row) : undefined}
                />
              ))}
            </div>
          )
        }
      </QueryState>
      {isConnecting && <ConnectMailboxDialog onClose={() => setConnecting(false)} />}
      {open && <MailboxDialog mailbox={open} onClose={() => setOpen(null)} />}
      <ConfirmDialog
        isOpen={leaving !== null}
        onClose={() => setLeaving(null)}
        title={`Remove ${leaving?.address}?`}
        confirmLabel="Remove"
        isDangerous
        onConfirm={() => remove.mutateAsync({ mailboxId: leaving?.id ?? '' })}
      >
        Its password is forgotten and what still waited to be sent by it ends. Conversations stay.
      </ConfirmDialog>
    </Section>
  );
}

function MailboxItem(props: {
  mailbox: Mailbox;
  onChange: (() => void) | undefined;
  onRemove: (() => void) | undefined;
}) {
  const { mailbox, onChange, onRemove } = props;
  const canWrite = useCan('outreach:write');
  const touched = { invalidate: ['mailboxes', 'threads'] };
  const test = useApiMutation(testMailbox, {
    ...touched,
    onSuccess: ({ smtp, imap }) => {
      const bad = [smtp, imap].find((one) => one !== null && !one.isOk);
      if (bad) sayFailed('It does not work', new Error(bad.message));
      else sayDone(imap === null ? 'Sending works' : 'Sending and reading work');
    },
    onError: (error) => sayFailed('Not tested', error),
  });
  const sync = useApiMutation(syncMailbox, {
    ...touched,
    onSuccess: ({ read, kept }) => sayDone(`Read ${formatPlural(read, 'mail')}, ${kept} of them with creators`),
    onError: (error) => sayFailed('Not read', error),
  });
  const update = useApiMutation(updateMailbox, { ...touched, onError: (error) => sayFailed('Not changed', error) });
  return (
    <div className="out-box">
      <div className="spread">
        <div>
          <b>{mailbox.address}</b>
          {mailbox.isDefault && <span className="meta"> default</span>}
        </div>
        <Status tone={tones[mailbox.state]}>{stateWords[mailbox.state]}</Status>
      </div>
      {mailbox.fault !== null && <p className="alert">{mailbox.fault}</p>}
      <p className="meta">
        {mailbox.sentToday} of {mailbox.limitToday} mails of sequences sent today; the limit grows by {mailbox.rampStep}{' '}
        a day up to {mailbox.dailyLimit}.{' '}
        {mailbox.imap === null
          ? 'Answers are not read here.'
          : mailbox.syncedAt === null
            ? 'Answers were not read yet.'
            : `Answers read ${formatWhen(mailbox.syncedAt)}.`}
      </p>
      <div className="out-acts">
        {canWrite && (
          <Button loading={test.isPending} onClick={() => test.mutate({ mailboxId: mailbox.id })}>
            Test
          </Button>
        )}
        {canWrite && mailbox.imap !== null && (
          <Button loading={sync.isPending} onClick={() => sync.mutate({ mailboxId: mailbox.id })}>
            Read answers now
          </Button>
        )}
        {onChange && <Button onClick={onChange}>Change</Button>}
        {onChange && mailbox.state !== 'broken' && (
          <Button onClick={() => update.mutate({ mailboxId: mailbox.id, isPaused: mailbox.state === 'ok' })}>
            {mailbox.state === 'ok' ? 'Pause' : 'Go on'}
          </Button>
        )}
        {onChange && !mailbox.isDefault && (
          <Button onClick={() => update.mutate({ mailboxId: mailbox.id, isDefault: true })}>Make it the default</Button>
        )}
        {onRemove && (
          <Button variant="subtle" color="gray" onClick={onRemove}>
            Remove
          </Button>
        )}
      </div>
    </div>
  );
}
