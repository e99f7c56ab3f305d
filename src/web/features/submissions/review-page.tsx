import { Button } from '@mantine/core';
import { useState } from 'react';
import { z } from 'zod';
import { getSubmission, type Submission } from '#modules/submissions/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { useCrumb } from '#web/shell/crumb-store.ts';
import { useParam } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { formatDateTime } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { CaptionSection } from './caption-section.tsx';
import { CommentsSection } from './comments-section.tsx';
import { ApproveDialog, ChangesDialog } from './decide-dialogs.tsx';
import { DraftEditor } from './draft-editor.tsx';
import { DraftPager } from './draft-pager.tsx';
import { LiveSection } from './live-section.tsx';
import { type Pinning, ReviewMedia } from './review-media.tsx';
import { ReviewSide } from './review-side.tsx';
import { ScheduleDialog } from './schedule-dialog.tsx';
import './submissions.css';
import { sayState } from './say-state.ts';
import { sayDay } from './words.ts';

const search = z.object({ round: z.number().int().optional() });

/** One draft: media with pins, caption with what is wrong with it, the brief's checklist, and the rounds before. */
export function ReviewPage() {
  const submissionId = useParam('submissionId');
  const query = useApiQuery(getSubmission, { submissionId });
  useCrumb(query.data === undefined ? undefined : `${query.data.person.name}, ${query.data.deliverable.title}`);
  return (
    <div className="page">
      <QueryState query={query}>{(draft) => <Review key={draft.id} draft={draft} />}</QueryState>
    </div>
  );
}

type Open = 'approve' | 'changes' | 'schedule' | null;

function Review({ draft }: { draft: Submission }) {
  const [state, setState] = useSearchState(search);
  const [open, setOpen] = useState<Open>(null);
  const [pinning, setPinning] = useState<Pinning | null>(null);
  const round = draft.rounds.find((one) => one.number === (state.round ?? draft.round)) ?? draft.rounds.at(-1);
  const close = () => setOpen(null);
  const isEditing = draft.state === 'draft' && round?.number === draft.round;
  return (
    <>
      <PageHeader
        lead={<Avatar id={draft.person.id} name={draft.person.name} size={40} />}
        title={sayState(draft)}
        sub={<Sub draft={draft} />}
        actions={<Actions draft={draft} onOpen={setOpen} />}
      />
      {round === undefined ? (
        <LiveSection draft={draft} />
      ) : (
        <div className="sub-grid">
          <ReviewMedia draft={draft} round={round} pinning={pinning} onPin={setPinning} />
          <div className="stack sub-mid">
            {isEditing ? (
              <DraftEditor key={round.number} draft={draft} round={round} />
            ) : (
              <CaptionSection draft={draft} round={round} onSpan={(span) => setPinning({ span })} />
            )}
            <LiveSection draft={draft} />
            <CommentsSection draft={draft} round={round} pinning={pinning} onPinned={() => setPinning(null)} />
          </div>
          <ReviewSide draft={draft} round={round} onRound={(number) => setState({ round: number })} />
        </div>
      )}
      {open === 'approve' && <ApproveDialog draft={draft} onClose={close} />}
      {open === 'changes' && <ChangesDialog draft={draft} onClose={close} />}
      {open === 'schedule' && <ScheduleDialog draft={draft} onClose={close} />}
    </>
  );
}

function Sub({ draft }: { draft: Submission }) {
  const { timeZone } = useWorkspace();
  const { used, max } = draft.revisions;
  const rounds =
    max === null ? `round ${draft.round}` : `round ${draft.round}, ${used} of ${max} rounds of changes used`;
  const goes = draft.scheduledFor === null ? '' : ` Goes live ${formatDateTime(draft.scheduledFor, timeZone)}.`;
  const silent =
    draft.autoApproveAfter === null || draft.isPaused
      ? ''
      : ` Silence approves after ${sayDay(draft.autoApproveAfter)}.`;
  return (
    <>
      {draft.person.name}, {draft.deliverable.title}, {draft.round === 0 ? 'nothing handed in' : rounds}.{goes}
      {silent}
    </>
  );
}

function Actions({ draft, onOpen }: { draft: Submission; onOpen: (open: Open) => void }) {
  const mayWrite = useCan('content:write');
  const fails = draft.verdict === 'fail';
  return (
    <>
      <DraftPager draft={draft} />
      {mayWrite && draft.state === 'pending_approval' && (
        <>
          <Button onClick={() => onOpen('changes')}>Ask for changes</Button>
          <Button variant="filled" onClick={() => onOpen('approve')}>
            {fails ? 'Repair or approve' : 'Approve'}
          </Button>
        </>
      )}
      {mayWrite && (draft.state === 'approved' || draft.state === 'scheduled') && (
        <>
          <Button onClick={() => onOpen('changes')}>Ask for changes</Button>
          <Button onClick={() => onOpen('schedule')}>
            {draft.scheduledFor === null ? 'Schedule' : 'Change the time'}
          </Button>
        </>
      )}
    </>
  );
}
