import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import {
  answerIncident,
  closeIncident,
  type Incident,
  reopenIncident,
  shareIncident,
} from '#modules/relationships/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Segments } from '#web/ui/segments.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { LinkDialog } from './link-dialog.tsx';
import { sayDay } from './words.ts';

export const incidentNouns = ['incidents', 'relationships', 'doNotWork'];

/** One incident with both sides and what was decided. `withName` names the creator, on lists of many. */
export function IncidentCard({ incident, withName = false }: { incident: Incident; withName?: boolean }) {
  const mayWrite = useCan('campaigns:write');
  return (
    <li className="rel-incident">
      <div className="rel-head">
        <span>
          <b>{incident.kindLabel}</b>
          <span className="meta">
            {' '}
            {incident.about === 'creator' ? 'their side' : 'our side'}, {sayDay(incident.occurredOn)}
            {incident.campaign === null ? '' : `, ${incident.campaign.name}`}
          </span>
        </span>
        <State incident={incident} />
      </div>
      {withName && (
        <AppLink to="/creators/$personId/relationship" params={{ personId: incident.person.id }}>
          {incident.person.name}
        </AppLink>
      )}
      <p className="rel-text">{incident.summary}</p>
      {incident.evidence.length > 0 && (
        <span className="meta">
          Evidence:{' '}
          {incident.evidence.map((one) =>
            one.url === null ? (
              <span key={one.label}>{one.label} </span>
            ) : (
              <a key={`${one.label}${one.url}`} href={one.url} target="_blank" rel="noreferrer">
                {one.label}{' '}
              </a>
            ),
          )}
        </span>
      )}
      <span className="meta">
        Written down by {incident.openedBy}
        {incident.openedSide === 'creator' ? ' (the creator)' : ''}, {formatWhen(incident.openedAt)}.{' '}
        {incident.isShared || incident.openedSide === 'creator'
          ? 'The creator can read it.'
          : 'The creator does not see it.'}
      </span>
      {incident.answer !== null && (
        <blockquote className="rel-said">
          <p className="rel-text">{incident.answer.text}</p>
          <span className="meta">
            {incident.answer.by}, {formatWhen(incident.answer.at)}
          </span>
        </blockquote>
      )}
      {incident.outcome !== null && (
        <p>
          <b>{incident.outcome.outcome === 'upheld' ? 'Upheld' : 'Dismissed'}:</b> {incident.outcome.reason}{' '}
          <span className="meta">
            {incident.outcome.by}, {formatWhen(incident.outcome.at)}
          </span>
        </p>
      )}
      {mayWrite && <Acts incident={incident} />}
    </li>
  );
}

function State({ incident }: { incident: Incident }) {
  if (incident.outcome?.outcome === 'upheld')
    return <Tag tone="bad">{incident.about === 'creator' ? 'Strike' : 'Our fault'}</Tag>;
  if (incident.outcome !== null) return <Tag>Dismissed</Tag>;
  return <Tag tone="warn">{incident.state === 'answered' ? 'To decide' : 'Open'}</Tag>;
}

function Acts({ incident }: { incident: Incident }) {
  const [dialog, setDialog] = useState<'decide' | 'answer' | null>(null);
  const [link, setLink] = useState<string | null>(null);
  const onError = (error: unknown) => sayFailed('Not done', error);
  const share = useApiMutation(shareIncident, {
    invalidate: incidentNouns,
    onError,
    onSuccess: (answer) => (answer.link === null ? sayDone('Sent by mail') : setLink(answer.link)),
  });
  const reopen = useApiMutation(reopenIncident, { invalidate: incidentNouns, onError });
  const { id: incidentId } = incident;
  const close = () => setDialog(null);
  return (
    <div className="row">
      {incident.state === 'closed' ? (
        <button type="button" className="link bare" onClick={() => reopen.mutate({ incidentId })}>
          Reopen
        </button>
      ) : (
        <>
          <Button onClick={() => setDialog('decide')}>Decide</Button>
          {incident.about === 'brand' && incident.answer === null && (
            <Button onClick={() => setDialog('answer')}>Answer</Button>
          )}
          {incident.about === 'creator' && incident.answer === null && (
            <button type="button" className="link bare" onClick={() => share.mutate({ incidentId })}>
              {incident.isShared ? 'Send them a new link' : 'Ask for their side'}
            </button>
          )}
        </>
      )}
      {dialog === 'decide' && <DecideDialog incident={incident} onClose={close} />}
      {dialog === 'answer' && <AnswerDialog incidentId={incidentId} onClose={close} />}
      {link !== null && <LinkDialog name={incident.person.name} url={link} onClose={() => setLink(null)} />}
    </div>
  );
}

function DecideDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const [outcome, setOutcome] = useState<'upheld' | 'dismissed'>('upheld');
  const decide = useApiMutation(closeIncident, { invalidate: incidentNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { reason: '' },
    send: ({ reason }) =>
      decide.mutateAsync({ incidentId: incident.id, outcome, reason }).then(() => {
        sayDone('Decided');
        onClose();
      }),
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={incident.kindLabel}
      submitLabel="Decide"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Segments
        label="Outcome"
        value={outcome}
        onChange={setOutcome}
        options={[
          { value: 'upheld', label: incident.about === 'creator' ? 'It stands: a strike' : 'It stands' },
          { value: 'dismissed', label: 'Dismissed' },
        ]}
      />
      <Textarea label="Why" required autosize minRows={2} {...form.getInputProps('reason')} />
    </FormDialog>
  );
}

function AnswerDialog({ incidentId, onClose }: { incidentId: string; onClose: () => void }) {
  const answer = useApiMutation(answerIncident, { invalidate: incidentNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { text: '' },
    send: ({ text }) =>
      answer.mutateAsync({ incidentId, text }).then(() => {
        sayDone('Answered');
        onClose();
      }),
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Our answer"
      submitLabel="Answer"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p className="ink-2">The creator reads it as you write it. It stays as it is given.</p>
      <Textarea label="Answer" required autosize minRows={3} {...form.getInputProps('text')} />
    </FormDialog>
  );
}
