import { Button, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { z } from 'zod';
import { listRoster } from '#modules/campaigns/api.ts';
import { listMailboxes, listSequences, previewMailing, type Step, startMailing } from '#modules/outreach/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useGo } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { keptPeople } from '#web/shell/write-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf, toFormErrors } from '#web/ui/form-errors.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { sayDone } from '#web/ui/say.ts';
import { ComposePreview } from './compose-preview.tsx';
import { StepsEditor } from './steps-editor.tsx';
import './outreach.css';

const search = z.object({
  people: z.string().default(''),
  kept: z.string().optional(),
  campaignId: z.string().optional(),
});
const own = 'own';
const emptySteps: Step[] = [{ waitDays: 0, subject: '', body: '' }];
const previewAfterMs = 500;

/** Writes to chosen creators, or to those of a campaign who have agreed to nothing yet; every mail can be seen before it goes. */
export function ComposePage() {
  const [state] = useSearchState(search);
  const asked = useMemo(
    () => (state.kept === undefined ? state.people.split(',').filter((id) => id !== '') : keptPeople(state.kept)),
    [state.kept, state.people],
  );
  const roster = useApiQuery(
    listRoster,
    { campaignId: state.campaignId ?? '', limit: 500 },
    { enabled: state.campaignId !== undefined && asked.length === 0 },
  );
  const people = useMemo(
    () =>
      asked.length > 0
        ? asked
        : (roster.data?.rows ?? []).filter((row) => row.phase === 'considering').map((row) => row.person.id),
    [asked, roster.data],
  );
  if (people.length === 0 && !roster.isFetching) {
    return (
      <div className="page">
        <EmptyState title="Whom do you want to write to?" isPage>
          Choose creators in a list, in Creators or on a campaign, and press “Write”.{' '}
          <AppLink to="/creators">Choose creators</AppLink>
        </EmptyState>
      </div>
    );
  }
  return <Compose people={people} campaignId={state.campaignId} />;
}

function Compose({ people, campaignId }: { people: string[]; campaignId: string | undefined }) {
  const go = useGo();
  const [sequenceId, setSequence] = useState<string>(own);
  const [mailboxId, setMailbox] = useState<string | null>(null);
  const [steps, setSteps] = useState<Step[]>(emptySteps);
  const sequences = useApiQuery(listSequences, {});
  const mailboxes = useApiQuery(listMailboxes, {});
  const [shownSteps] = useDebouncedValue(steps, previewAfterMs);
  const isOwn = sequenceId === own;
  const isWritten = shownSteps.every(
    (step, at) => step.body.trim() !== '' && (at > 0 || (step.subject ?? '').trim() !== ''),
  );
  const what = (from: Step[]) => ({
    personIds: people,
    ...(isOwn ? { steps: from } : { sequenceId }),
    ...(campaignId === undefined ? {} : { campaignId }),
    ...(mailboxId === null ? {} : { mailboxId }),
  });
  const preview = useApiQuery(
    previewMailing,
    { ...what(shownSteps), show: 50 },
    { enabled: !isOwn || isWritten, keepPrevious: true, retry: false },
  );
  const start = useApiMutation(startMailing, {
    invalidate: ['mailings', 'threads', 'sequences', 'mailboxes', 'roster'],
    onSuccess: ({ mailing, started }) => {
      sayDone(`${formatPlural(started, 'creator')} will be written to within sending hours`);
      go('/outreach/mailings/$mailingId', { params: { mailingId: mailing.id } });
    },
  });
  const ready = preview.data?.ready ?? 0;
  const left = (preview.data?.rows.length ?? 0) - ready;
  const faults = preview.error === null ? {} : toFormErrors(preview.error, fieldsOf(steps)).fields;
  return (
    <div className="page">
      <PageHeader
        title={`Write to ${formatPlural(people.length, 'creator')}`}
        sub="Each gets a mail of their own. Mails go out within sending hours and the limit of the mailbox; an answer ends the sequence."
        actions={
          <Button
            variant="filled"
            disabled={ready === 0 || preview.isFetching}
            loading={start.isPending}
            onClick={() => start.mutate({ ...what(steps), leavesOut: left > 0 })}
          >
            {left > 0 && ready > 0 ? `Write to ${ready}, leave out ${left}` : `Write to ${ready}`}
          </Button>
        }
      />
      {start.error && <FormAlert>{messageOf(start.error)}</FormAlert>}
      <div className="out-compose">
        <div>
          <Select
            label="What to send"
            allowDeselect={false}
            data={[
              { value: own, label: 'Write it now' },
              ...(sequences.data?.rows ?? []).map((row) => ({ value: row.id, label: row.name })),
            ]}
            value={sequenceId}
            onChange={(value) => setSequence(value ?? own)}
          />
          {(mailboxes.data?.rows.length ?? 0) > 1 && (
            <Select
              label="From"
              placeholder="The default mailbox"
              clearable
              data={(mailboxes.data?.rows ?? []).map((row) => ({ value: row.id, label: row.address }))}
              value={mailboxId}
              onChange={setMailbox}
            />
          )}
          {isOwn && <StepsEditor steps={steps} onChange={setSteps} errors={textErrors(faults)} />}
        </div>
        <ComposePreview preview={preview.data} error={preview.error} isWaiting={isOwn && !isWritten} />
      </div>
    </div>
  );
}

function fieldsOf(steps: readonly Step[]): string[] {
  return steps.flatMap((_, at) => [`steps.${at}.subject`, `steps.${at}.body`]);
}

function textErrors(fields: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) => (typeof value === 'string' ? [[field, value]] : [])),
  );
}
