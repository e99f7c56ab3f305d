import { Button, Checkbox, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { platformNames } from '#kernel/platform.ts';
import { type Application, approveApplication, getApplicationFile, rejectApplication } from '#modules/portal/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useClient } from '#web/api/use-client.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { CopyField } from '#web/ui/copy-field.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatCount } from '#web/ui/format-number.ts';
import { formatDateTime } from '#web/ui/format-when.ts';
import { sayDone } from '#web/ui/say.ts';
import { SidePanel } from '#web/ui/side-panel.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { mailWords, portalNouns, stateWords } from './words.ts';

interface Props {
  row: Application;
  timeZone: string;
  onClose: () => void;
}

/** One application: what was answered, what the rules say, who it may be, and the decision. */
export function ApplicationPanel({ row, timeZone, onClose }: Props) {
  const [link, setLink] = useState<string | null>(null);
  return (
    <SidePanel label={row.name} onClose={onClose}>
      <div className="stack">
        <div>
          <h2>{row.name}</h2>
          <p className="meta">
            {row.email}
            {row.country === null ? '' : ` · ${row.country}`} · sent {formatDateTime(row.submittedAt, timeZone)}
            {row.earlier > 0 ? `, applied ${row.earlier + 1} times` : ''}
          </p>
        </div>
        {row.state === 'waits' ? (
          <Decision row={row} onLink={setLink} />
        ) : (
          <p>
            <Tag tone={row.state === 'approved' ? 'good' : 'plain'}>{stateWords[row.state]}</Tag>{' '}
            <span className="meta">
              by {row.decidedBy ?? 'the rules of the page'}
              {row.decidedReason === null ? '' : `: ${row.decidedReason}`}
            </span>
          </p>
        )}
        {link !== null && <CopyField label="Link for the creator" value={link} />}
        {row.mailState !== null && row.mailState !== 'not_asked' && <p className="meta">{mailWords[row.mailState]}</p>}
        <Known row={row} />
        <Findings row={row} />
        <ul className="list">
          {row.profiles.map((profile) => (
            <li key={`${profile.platform} ${profile.handle}`}>
              <span className="grow">
                <b>@{profile.handle}</b> <span className="meta">{platformNames[profile.platform]}</span>
              </span>
              <span className="meta">
                {profile.followers === null
                  ? 'followers not said'
                  : `${formatCount(profile.followers)} followers, as stated`}
              </span>
            </li>
          ))}
        </ul>
        <Answers row={row} />
      </div>
    </SidePanel>
  );
}

function Known({ row }: { row: Application }) {
  const persons = row.personId === null ? row.matches : [{ personId: row.personId, name: 'The creator', by: null }];
  if (persons.length === 0) return null;
  return (
    <p>
      {row.personId === null ? 'Here already: ' : ''}
      {persons.map((one, at) => (
        <span key={one.personId}>
          {at > 0 ? ', ' : ''}
          <AppLink to="/creators/$personId" params={{ personId: one.personId }} className="link">
            {one.name}
          </AppLink>
          {one.by === null ? '' : ` (same ${one.by})`}
        </span>
      ))}
    </p>
  );
}

const outcomes = { fits: 'good', reject: 'bad', review: 'warn', unknown: 'plain' } as const;
const outcomeWords = { fits: 'Fits', reject: 'Does not fit', review: 'To look at', unknown: 'Not said' };

function Findings({ row }: { row: Application }) {
  if (row.findings.length === 0) return null;
  return (
    <ul className="list">
      {row.findings.map((finding) => (
        <li key={finding.rule}>
          <span className="grow">{finding.text}</span>
          <Tag tone={outcomes[finding.outcome]}>{outcomeWords[finding.outcome]}</Tag>
        </li>
      ))}
    </ul>
  );
}

function Answers({ row }: { row: Application }) {
  const client = useClient();
  const { slug } = useWorkspace();
  if (row.answers.length === 0) return null;
  return (
    <dl className="prt-answers">
      {row.answers.map((answer) => (
        <div key={answer.questionId}>
          <dt>{answer.label}</dt>
          <dd>
            {answer.value === null ? (
              <span className="ink-3">no answer</span>
            ) : answer.fileName === null ? (
              [answer.value].flat().join(', ')
            ) : (
              <a
                className="link"
                target="_blank"
                rel="noreferrer"
                href={client.url(getApplicationFile, {
                  applicationId: row.id,
                  fileId: String(answer.value),
                  workspace: slug,
                })}
              >
                {answer.fileName}
              </a>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Decision({ row, onLink }: { row: Application; onLink: (link: string | null) => void }) {
  const canWrite = useCan('creators:write');
  const [isApproving, approving] = useDisclosure(false);
  const [isRejecting, rejecting] = useDisclosure(false);
  return (
    <div className="row">
      <Button variant="filled" disabled={!canWrite} onClick={approving.open}>
        Approve
      </Button>
      <Button disabled={!canWrite} onClick={rejecting.open}>
        Turn down
      </Button>
      <ApproveDialog row={row} isOpen={isApproving} onClose={approving.close} onLink={onLink} />
      <RejectDialog row={row} isOpen={isRejecting} onClose={rejecting.close} />
    </div>
  );
}

interface DialogProps {
  row: Application;
  isOpen: boolean;
  onClose: () => void;
}

function ApproveDialog({ row, isOpen, onClose, onLink }: DialogProps & { onLink: (link: string | null) => void }) {
  const approve = useApiMutation(approveApplication, { invalidate: portalNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { message: '', isMailed: true },
    send: async (values) => {
      const done = await approve.mutateAsync({ applicationId: row.id, ...values });
      onLink(done.portalLink);
      sayDone(`${row.name} is approved`);
      onClose();
    },
  });
  const known = row.matches[0];
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title={`Approve ${row.name}?`}
      submitLabel="Approve"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p>
        {known === undefined
          ? 'A new creator is made, and put where the page says.'
          : `Joined with ${known.name}, who is here already, and put where the page says.`}
      </p>
      <Textarea label="A word to them" maxLength={2000} {...form.getInputProps('message')} />
      <Checkbox
        label="Tell them by mail, with a link to their page"
        {...form.getInputProps('isMailed', { type: 'checkbox' })}
      />
    </FormDialog>
  );
}

function RejectDialog({ row, isOpen, onClose }: DialogProps) {
  const reject = useApiMutation(rejectApplication, { invalidate: portalNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { reason: '', isMailed: true },
    send: async (values) => {
      await reject.mutateAsync({ applicationId: row.id, ...values });
      sayDone(`${row.name} is turned down`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title={`Turn ${row.name} down?`}
      submitLabel="Turn down"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Textarea
        label="Reason"
        description="They read it."
        required
        maxLength={2000}
        {...form.getInputProps('reason')}
      />
      <Checkbox label="Tell them by mail" {...form.getInputProps('isMailed', { type: 'checkbox' })} />
    </FormDialog>
  );
}
