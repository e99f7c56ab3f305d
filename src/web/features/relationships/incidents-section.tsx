import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  brandIncidentKinds,
  creatorIncidentKinds,
  incidentWords,
  listIncidents,
  openIncident,
  type Relationship,
  setFlag,
} from '#modules/relationships/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { ReasonDialog } from './flag-banner.tsx';
import { IncidentCard, incidentNouns } from './incident-card.tsx';
import { LinkDialog } from './link-dialog.tsx';

interface Props {
  personId: string;
  relationship: Relationship;
}

/** What went wrong with this creator, on both sides. */
export function PersonIncidents({ personId, relationship }: Props) {
  const query = useApiQuery(listIncidents, { personId, limit: 100 });
  const mayWrite = useCan('campaigns:write');
  const [dialog, setDialog] = useState<'open' | 'flag' | null>(null);
  const { strikes, brandStrikes } = relationship.sum;
  return (
    <Section
      title="Incidents"
      note={`${formatPlural(strikes, 'strike')}${brandStrikes === 0 ? '' : `, ${brandStrikes} of our own`}`}
      {...(mayWrite
        ? {
            end: (
              <span className="row">
                {relationship.flag === null && (
                  <button type="button" className="link bare" onClick={() => setDialog('flag')}>
                    Do not work with
                  </button>
                )}
                <Button size="compact-sm" onClick={() => setDialog('open')}>
                  Write one down
                </Button>
              </span>
            ),
          }
        : {})}
    >
      <QueryState query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="meta rel-empty">Nothing went wrong so far, as far as anybody wrote down.</p>
          ) : (
            <ul className="list" aria-label="Incidents">
              {rows.map((incident) => (
                <IncidentCard key={incident.id} incident={incident} />
              ))}
            </ul>
          )
        }
      </QueryState>
      {dialog === 'open' && <OpenDialog relationship={relationship} onClose={() => setDialog(null)} />}
      {dialog === 'flag' && (
        <ReasonDialog
          title={`Do not work with ${relationship.name}`}
          text="They cannot be put on a campaign until somebody lifts it, and search shows it."
          submitLabel="Set the flag"
          endpoint={setFlag}
          personId={personId}
          onClose={() => setDialog(null)}
        />
      )}
    </Section>
  );
}

function OpenDialog({ relationship, onClose }: { relationship: Relationship; onClose: () => void }) {
  const [about, setAbout] = useState<'creator' | 'brand'>('creator');
  const [share, setShare] = useState(true);
  const [link, setLink] = useState<string | null>(null);
  const open = useApiMutation(openIncident, { invalidate: incidentNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm<{
    kind: string;
    summary: string;
    occurredOn: string;
    campaignId: string;
    evidence: string;
  }>({
    initialValues: { kind: 'ghosting', summary: '', occurredOn: '', campaignId: '', evidence: '' },
    send: async ({ evidence, campaignId, ...rest }) => {
      const answer = await open.mutateAsync({
        ...rest,
        personId: relationship.personId,
        about,
        campaignId: campaignId === '' ? null : campaignId,
        evidence: evidence
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '')
          .map((line) =>
            /^https?:\/\//.test(line) ? { label: line.slice(0, 200), url: line } : { label: line, url: null },
          ),
        share: share && about === 'creator',
      });
      sayDone('Written down');
      if (answer.link === null) onClose();
      else setLink(answer.link);
    },
  });
  if (link !== null) return <LinkDialog name={relationship.name} url={link} onClose={onClose} />;
  const kinds = about === 'creator' ? creatorIncidentKinds : brandIncidentKinds;
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="What went wrong"
      submitLabel="Write it down"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Segments
        label="Whose doing"
        value={about}
        onChange={(next) => {
          setAbout(next);
          form.setFieldValue('kind', next === 'creator' ? 'ghosting' : 'late_payment');
        }}
        options={[
          { value: 'creator', label: 'On their side' },
          { value: 'brand', label: 'On ours' },
        ]}
      />
      <Select
        label="What"
        data={kinds.map((kind) => ({ value: kind, label: incidentWords[kind] }))}
        allowDeselect={false}
        {...form.getInputProps('kind')}
      />
      <TextInput label="When" type="date" required {...form.getInputProps('occurredOn')} />
      <Textarea label="What happened" required autosize minRows={3} {...form.getInputProps('summary')} />
      <Textarea
        label="Evidence"
        description="One a line: a link, or where it can be found"
        autosize
        minRows={1}
        {...form.getInputProps('evidence')}
      />
      <Select
        label="On which campaign"
        data={[
          { value: '', label: 'None' },
          ...relationship.campaigns.map(({ campaign }) => ({ value: campaign.id, label: campaign.name })),
        ]}
        allowDeselect={false}
        {...form.getInputProps('campaignId')}
      />
      {about === 'creator' && (
        <Checkbox
          label="Let them read it and give their side"
          description="By mail where there is an address; fair, and often it clears things up"
          checked={share}
          onChange={(event) => setShare(event.currentTarget.checked)}
        />
      )}
    </FormDialog>
  );
}
