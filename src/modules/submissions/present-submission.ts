import type { Tx } from '#infra/db/database.ts';
import type { Actor } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { dayIn } from '#kernel/time.ts';
import {
  type CheckPoint,
  captionVerdictSchema,
  type Decision,
  type DraftFile,
  type DraftRound,
  type ReviewComment,
  type ReviewerStanding,
  reviewRoles,
  type Submission,
} from './api.ts';
import { readRightsEnd } from './draft-files.ts';
import { presentRows } from './present-rows.ts';
import { type CommentRow, selectComments } from './queries/comments.ts';
import {
  type DecisionRow,
  type RoundFileRow,
  type RoundRow,
  selectDecisions,
  selectRoundFiles,
  selectRounds,
} from './queries/rounds.ts';
import { type SubmissionThread, selectThread } from './queries/submissions.ts';
import { type DraftContext, readContext } from './read-context.ts';
import { checkDraft } from './rules/check-draft.ts';
import { guidelinesOf } from './rules/guidelines.ts';
import { reviewOutcome, roundLimit } from './rules/standing-of-review.ts';

/** Who looks: decides which remarks are shown. */
export type Viewer = { side: 'team' | 'client' | 'creator'; id: string };

export interface ReadDraft {
  thread: SubmissionThread;
  rounds: DraftRound[];
  decisions: DecisionRow[];
  comments: ReviewComment[];
}

/** A thread with its rounds, decisions and the remarks the viewer may see. Error: not_found. */
export async function readDraft(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; thread: SubmissionThread; viewer: Viewer },
): Promise<ReadDraft> {
  const { workspaceId, thread, viewer } = of;
  const rows = await selectRounds(tx, workspaceId, [thread.id]);
  const named = await selectRoundFiles(tx, workspaceId, [thread.id]);
  const files = await readFiles(infra, tx, { workspaceId, named });
  const rounds = rows.map((row) => toRound(row, { named, files }));
  const comments = await selectComments(tx, workspaceId, thread.id);
  return {
    thread,
    rounds,
    decisions: await selectDecisions(tx, workspaceId, [thread.id]),
    comments: comments.flatMap((row) => (mayRead(row, viewer) ? [toComment(row, { viewer, rounds })] : [])),
  };
}

/** The whole draft as a member sees it. Error: not_found. */
export async function presentSubmission(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; id: string; actor: Actor },
): Promise<Submission> {
  const { workspaceId, actor } = of;
  const thread = await selectThread(tx, workspaceId, of.id);
  if (thread === undefined) throw notFound('draft');
  const [row] = await presentRows(infra, tx, { workspaceId, threads: [thread] });
  if (row === undefined) throw notFound('draft');
  const read = await readDraft(infra, tx, { workspaceId, thread, viewer: { side: 'team', id: actor.id } });
  const newest = read.rounds.at(-1);
  const context = await readContext(infra, tx, {
    workspaceId,
    deliverableId: thread.deliverable_id,
    ...(newest === undefined || newest.outcome === 'draft' ? {} : { briefVersion: newest.briefVersion }),
  });
  const current = read.decisions.filter((one) => one.number === thread.round);
  const outcome = reviewOutcome(context.setting.requiredRoles, current);
  return {
    ...row,
    rounds: read.rounds,
    decisions: read.decisions.map((one) => ({ ...toDecision(one), round: one.number })),
    comments: read.comments,
    reviewers: reviewersOf(context, { current, actor }),
    guidelines: guidelinesOf(context.brief.brief),
    checklist: newest === undefined ? [] : checklistOf(newest, context),
    revisions: limitOf(read.rounds, context),
    rightsEnded: await readRightsEnd(infra, tx, { workspaceId, thread }),
    isPaused: thread.state === 'pending_approval' && outcome.objecting.length > 0,
  };
}

/** Rounds of changes used and agreed. */
export function limitOf(rounds: readonly { outcome: string }[], context: Pick<DraftContext, 'terms' | 'setting'>) {
  return roundLimit({
    outcomes: rounds.map((round) => round.outcome),
    contractMax: context.terms?.revisionsMax ?? null,
    campaignMax: context.setting.revisionsMax,
  });
}

/** The caption that counts of a round. */
export function captionOf(round: { caption: string; proposal: { caption: string } | null }): string {
  return round.proposal?.caption ?? round.caption;
}

function checklistOf(round: DraftRound, context: DraftContext): CheckPoint[] {
  const { deliverable, workspace } = context;
  return checkDraft(
    {
      caption: captionOf(round),
      format: deliverable.format,
      files: round.files,
      videoUrl: round.videoUrl,
      spokenText: round.spokenText,
      onScreenText: round.onScreenText,
      ticks: round.ticks,
      disclosure: round.disclosure,
      dueOn: deliverable.dueOn,
      submittedOn: round.submittedAt === null ? null : dayIn(workspace.timeZone, new Date(round.submittedAt)),
    },
    { expected: context.expectations.counts, guidelines: guidelinesOf(context.brief.brief) },
  );
}

/** True when the member may decide for the role. The machine's own command line may always. */
export function maySpeakFor(
  setting: DraftContext['setting'],
  of: { role: ReviewerStanding['role']; actor: Actor },
): boolean {
  if (of.actor.kind === 'system') return true;
  const named = setting.reviewers.filter((one) => one.role === of.role);
  return named.length === 0 || named.some((one) => one.userId === of.actor.id);
}

function reviewersOf(context: DraftContext, of: { current: readonly DecisionRow[]; actor: Actor }): ReviewerStanding[] {
  const { setting } = context;
  return reviewRoles.flatMap((role) => {
    const isRequired = setting.requiredRoles.includes(role);
    const names = setting.reviewers.filter((one) => one.role === role).map((one) => one.name);
    const newest = of.current.filter((one) => one.role === role).at(-1);
    if (!isRequired && names.length === 0 && newest === undefined && role !== 'manager') return [];
    const decision = newest === undefined ? null : toDecision(newest);
    return [{ role, isRequired, names, decision, mayYou: maySpeakFor(setting, { role, actor: of.actor }) }];
  });
}

export function toDecision(row: DecisionRow): Decision {
  return {
    id: row.id,
    role: row.role,
    decision: row.decision,
    note: row.note,
    isAutomatic: row.is_automatic,
    by: row.decided_by,
    at: row.decided_at.toISOString(),
  };
}

async function readFiles(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; named: readonly RoundFileRow[] },
): Promise<Map<string, DraftFile>> {
  const ids = [...new Set(of.named.map((one) => one.file_id))];
  const files = await infra.files.list(tx, of.workspaceId, ids);
  return new Map(
    files.flatMap(({ id, kind, name, contentType, bytes, width, height }) =>
      kind === 'image' || kind === 'video' ? [[id, { id, kind, name, contentType, bytes, width, height }]] : [],
    ),
  );
}

function toRound(row: RoundRow, of: { named: readonly RoundFileRow[]; files: Map<string, DraftFile> }): DraftRound {
  return {
    number: row.number,
    outcome: row.outcome,
    caption: row.caption,
    note: row.note,
    videoUrl: row.video_url,
    spokenText: row.spoken_text,
    onScreenText: row.on_screen_text,
    ticks: row.ticks,
    briefVersion: row.brief_version,
    files: of.named.flatMap((one) => (one.number === row.number ? (of.files.get(one.file_id) ?? []) : [])),
    disclosure: captionVerdictSchema.nullable().parse(row.disclosure),
    proposal:
      row.proposed_caption === null || row.proposed_at === null
        ? null
        : {
            caption: row.proposed_caption,
            by: row.proposed_by ?? '',
            at: row.proposed_at.toISOString(),
            confirmedAt: row.confirmed_at?.toISOString() ?? null,
          },
    submittedAt: row.submitted_at?.toISOString() ?? null,
    submittedBy: row.submitted_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
    overruled: row.overrule_reason === null ? null : { reason: row.overrule_reason, by: row.overruled_by ?? '' },
    allowance: row.allowance_reason === null ? null : { reason: row.allowance_reason, by: row.allowed_by ?? '' },
    autoApproveAfter: row.auto_approve_after,
  };
}

/** The team reads all; a client what is for clients or everybody and their own; a creator what is for everybody. */
function mayRead(row: CommentRow, viewer: Viewer): boolean {
  switch (viewer.side) {
    case 'team':
      return true;
    case 'client':
      return row.visibility !== 'team' || row.author_id === viewer.id;
    case 'creator':
      return row.visibility === 'everyone' || row.author_id === viewer.id;
  }
}

export function toComment(row: CommentRow, of: { viewer: Viewer; rounds: readonly DraftRound[] }): ReviewComment {
  const round = of.rounds.find((one) => one.number === row.number);
  const span =
    row.span_start === null || row.span_end === null
      ? null
      : {
          start: row.span_start,
          end: row.span_end,
          text: round?.caption.slice(row.span_start, row.span_end) ?? '',
        };
  return {
    id: row.id,
    round: row.number,
    replyTo: row.reply_to,
    author: { kind: row.author_kind, name: row.author_name, isYou: row.author_id === of.viewer.id },
    body: row.body,
    visibility: row.visibility,
    fileId: row.file_id,
    place: row.x === null || row.y === null ? null : { x: row.x, y: row.y },
    second: row.second,
    span,
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    resolvedBy: row.resolved_by,
    createdAt: row.created_at.toISOString(),
  };
}
