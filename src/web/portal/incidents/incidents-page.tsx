import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import {
  answerPortalIncident,
  brandIncidentKinds,
  incidentWords,
  listPortalIncidents,
  openPortalIncident,
  type PortalIncident,
} from '#modules/relationships/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useBrand, useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Tag } from '#web/ui/tag.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import './incidents.css';

/** What went wrong on either side: the creator gives their side, and can say what the brand did. */
export function IncidentsPage() {
  const query = useApiQuery(listPortalIncidents, {});
  const { name } = useBrand();
  return (
    <>
      <h1>What went wrong</h1>
      <QueryState query={query}>
        {(rows) => (
          <>
            {rows.length === 0 && <p className="meta">Nothing, as far as {name} told you or you told them.</p>}
            {rows.map((incident) => (
              <Incident key={incident.id} incident={incident} />
            ))}
          </>
        )}
      </QueryState>
      <Open />
    </>
  );
}

function Incident({ incident }: { incident: PortalIncident }) {
  const { timeZone } = useBrand();
  const { incidentId } = useParams({ strict: false });
  const isMine = incident.about === 'creator';
  return (
    <section className={incident.id === incidentId ? 'ph-card pi-open' : 'ph-card'} aria-label={incident.kindLabel}>
      <header className="pi-head">
        <div>
          <h2>{incident.kindLabel}</h2>
          <span className="meta">
            {isMine ? 'About you' : `About ${incident.brand}`}
            {incident.campaign === null ? '' : `, ${incident.campaign.name}`}, {formatDate(incident.occurredOn, 'UTC')}
          </span>
        </div>
        <State incident={incident} />
      </header>
      <p className="pi-text">{incident.summary}</p>
      {incident.evidence.length > 0 && (
        <ul className="pi-evidence">
          {incident.evidence.map((one) => (
            <li key={`${one.label} ${one.url ?? ''}`}>
              {one.url === null ? (
                one.label
              ) : (
                <a href={one.url} target="_blank" rel="noreferrer">
                  {one.label}
                </a>
              )}
            </li>
          ))}
        </ul>
      )}
      {incident.answer !== null && (
        <blockquote className="pi-answer">
          <p className="pi-text">{incident.answer.text}</p>
          <span className="meta">
            {incident.answer.by}, {formatDate(incident.answer.at, timeZone)}
          </span>
        </blockquote>
      )}
      {incident.outcome !== null && (
        <p className="meta">
          {incident.outcome.outcome === 'upheld' ? 'It stands' : 'Dismissed'}: {incident.outcome.reason}
        </p>
      )}
      {isMine && incident.state === 'open' && <Answer incidentId={incident.id} />}
    </section>
  );
}

function State({ incident }: { incident: PortalIncident }) {
  if (incident.outcome?.outcome === 'upheld') return <Tag tone="bad">It stands</Tag>;
  if (incident.outcome !== null) return <Tag tone="good">Dismissed</Tag>;
  if (incident.state === 'answered') return <Tag>Answered</Tag>;
  return <Tag tone="warn">{incident.about === 'creator' ? 'Your word is missing' : 'They were told'}</Tag>;
}

function Answer({ incidentId }: { incidentId: string }) {
  const [text, setText] = useState('');
  const isPreview = useIsPreview();
  const answer = useApiMutation(answerPortalIncident, {
    invalidate: ['portalIncidents', 'portalHome', 'portal'],
    onSuccess: () => sayDone('Your side is noted'),
    onError: (error) => sayFailed('Not noted', error),
  });
  return (
    <form
      className="pi-form"
      onSubmit={(event) => {
        event.preventDefault();
        answer.mutate({ incidentId, text });
      }}
    >
      <Textarea
        label="Your side"
        description="It is kept as you write it and read before anything is decided"
        autosize
        minRows={3}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="filled" disabled={isPreview || text.trim() === ''} loading={answer.isPending}>
        Send my side
      </Button>
    </form>
  );
}

function Open() {
  const { name } = useBrand();
  const isPreview = useIsPreview();
  const [isOpen, setIsOpen] = useState(false);
  const open = useApiMutation(openPortalIncident, { invalidate: ['portalIncidents'] });
  const { form, onSubmit, isBusy, failure } = useApiForm<{ kind: string; summary: string; occurredOn: string }>({
    initialValues: { kind: 'late_payment', summary: '', occurredOn: '' },
    send: async ({ kind, ...rest }) => {
      const known = brandIncidentKinds.find((one) => one === kind) ?? 'other';
      await open.mutateAsync({ ...rest, kind: known });
      sayDone(`${name} will read it`);
      form.reset();
      setIsOpen(false);
    },
  });
  if (!isOpen)
    return (
      <Button variant="subtle" color="gray" onClick={() => setIsOpen(true)} disabled={isPreview}>
        Something went wrong on their side
      </Button>
    );
  return (
    <form className="ph-card pi-form" onSubmit={onSubmit} noValidate>
      {failure && <FormAlert>{failure}</FormAlert>}
      <Select
        label="What happened"
        data={brandIncidentKinds.map((kind) => ({ value: kind, label: incidentWords[kind] }))}
        allowDeselect={false}
        {...form.getInputProps('kind')}
      />
      <TextInput label="When" type="date" required {...form.getInputProps('occurredOn')} />
      <Textarea label="In your words" autosize minRows={3} required {...form.getInputProps('summary')} />
      <Button type="submit" variant="filled" loading={isBusy}>
        Tell {name}
      </Button>
    </form>
  );
}
