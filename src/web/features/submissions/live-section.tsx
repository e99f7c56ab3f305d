import { Button, TextInput } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import {
  checkLivePost,
  getLivePost,
  giveLivePost,
  type LiveCheck,
  type LiveFinding,
  type LivePost,
  type Submission,
} from '#modules/submissions/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { Checklist, type ChecklistItem } from '#web/ui/checklist.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatDateTime } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { DiffParts } from './diff-text.tsx';
import { AcceptDialog, SeenDialog } from './live-dialogs.tsx';
import { LiveScreenshots } from './live-screenshots.tsx';
import { draftNouns, liveWords, pointNames, unseenLiveWords } from './words.ts';

/** Where it is live, and whether that is what was approved. */
export function LiveSection({ draft }: { draft: Submission }) {
  const mayWrite = useCan('content:write');
  const query = useApiQuery(getLivePost, { submissionId: draft.id });
  const isExpected = draft.state === 'approved' || draft.state === 'scheduled';
  if (draft.live === null) return isExpected && mayWrite ? <GiveLink draft={draft} /> : null;
  return (
    <QueryState query={query}>
      {(live) => (live === null ? null : <Live draft={draft} live={live} mayWrite={mayWrite} />)}
    </QueryState>
  );
}

function GiveLink({ draft }: { draft: Submission }) {
  const [url, setUrl] = useState('');
  const give = useApiMutation(giveLivePost, { invalidate: draftNouns, onSuccess: () => sayDone('It is live') });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    give.mutate({ deliverableId: draft.deliverable.id, url });
  };
  return (
    <Section title="The post" note="the creator gives the link, an import finds it, or you enter it">
      <form className="row sub-give" onSubmit={onSubmit}>
        {give.error !== null && <FormAlert>{give.error.message}</FormAlert>}
        <TextInput
          className="grow"
          aria-label="Address of the post"
          placeholder="https://"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Button type="submit" loading={give.isPending} disabled={url.trim() === ''}>
          It is live here
        </Button>
      </form>
    </Section>
  );
}

function Live({ draft, live, mayWrite }: { draft: Submission; live: LivePost; mayWrite: boolean }) {
  const { timeZone } = useWorkspace();
  const [open, setOpen] = useState<'seen' | 'accept' | null>(null);
  const check = useApiMutation(checkLivePost, {
    invalidate: draftNouns,
    onSuccess: (after) => sayDone(`Looked again: ${liveWords[after.checks[0]?.result ?? 'unknown'].label}`),
    onError: (error) => sayFailed('Not looked at', error),
  });
  const shown = live.checks.find((one) => one.seen !== null) ?? live.checks[0];
  const words = draft.round === 0 ? unseenLiveWords : liveWords;
  const { label, tone } = live.goneAt === null ? words[live.result] : { label: 'gone', tone: 'bad' as const };
  return (
    <Section
      title="The post"
      note={<Tag tone={tone}>{label}</Tag>}
      end={<span className="meta">{sayNext(live, timeZone)}</span>}
    >
      <div className="stack">
        <a className="row clip" href={live.url} target="_blank" rel="noreferrer noopener">
          <IconExternalLink size={16} stroke={1.6} aria-hidden /> {live.url}
        </a>
        {live.accepted !== null && (
          <p>
            In order, says {live.accepted.by}: “{live.accepted.reason}”
          </p>
        )}
        {shown !== undefined && <Check check={shown} isCompared={draft.round > 0} timeZone={timeZone} />}
        <LiveScreenshots live={live} mayWrite={mayWrite} />
        {mayWrite && (
          <div className="row">
            <Button
              size="compact-md"
              loading={check.isPending}
              onClick={() => check.mutate({ submissionId: draft.id })}
            >
              Look again
            </Button>
            <Button size="compact-md" onClick={() => setOpen('seen')}>
              Write down what it shows
            </Button>
            {live.result !== 'ok' && live.accepted === null && (
              <Button size="compact-md" variant="subtle" color="gray" onClick={() => setOpen('accept')}>
                It is in order
              </Button>
            )}
          </div>
        )}
      </div>
      {open === 'seen' && <SeenDialog submissionId={draft.id} onClose={() => setOpen(null)} />}
      {open === 'accept' && <AcceptDialog submissionId={draft.id} onClose={() => setOpen(null)} />}
    </Section>
  );
}

function sayNext(live: LivePost, timeZone: string): string {
  if (live.nextCheckAt === null) return 'all planned looks done';
  return `next look ${formatDateTime(live.nextCheckAt, timeZone)}`;
}

const findingStates = { ok: 'met', differs: 'warn', missing: 'failed', unknown: 'open' } as const;

function Check({ check, isCompared, timeZone }: { check: LiveCheck; isCompared: boolean; timeZone: string }) {
  const caption = check.findings.find((one) => one.point === 'caption');
  return (
    <>
      <Checklist
        label={isCompared ? 'What is live against what was approved' : 'What is live'}
        items={check.findings.map(toItem)}
      />
      {caption?.diff !== undefined && <DiffParts parts={caption.diff} />}
      {!isCompared && check.seen?.caption != null && <blockquote className="sub-seen">{check.seen.caption}</blockquote>}
      <p className="meta">
        Compared {formatDateTime(check.at, timeZone)} by {check.by}
        {check.seen === null
          ? ''
          : `, read from ${check.seen.source} ${formatDateTime(check.seen.observedAt, timeZone)}`}
        {check.evidenceId === null ? '' : `, kept as ${check.evidenceId}`}
      </p>
    </>
  );
}

function toItem(finding: LiveFinding): ChecklistItem {
  return {
    id: finding.point,
    state: findingStates[finding.result],
    title: pointNames[finding.point],
    note: finding.detail,
  };
}
