import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import type { ReviewRole, SubmissionState } from './api.ts';
import { captionVerdictSchema } from './api.ts';
import { submissionsError } from './errors.ts';
import { submissionApproved, submissionChangesRequested, submissionReviewed } from './events.ts';
import { type Frame, recordStep } from './frame.ts';
import { checkRound, holdThread, moveDeliverable, newestRound, stepFrom } from './hold-thread.ts';
import { limitOf, maySpeakFor } from './present-submission.ts';
import {
  type DecisionRow,
  insertDecision,
  type RoundRow,
  selectDecisions,
  selectRounds,
  updateRound,
} from './queries/rounds.ts';
import { type SubmissionThread, updateThread } from './queries/submissions.ts';
import { type DraftContext, readContext, readDeliverable, readSetting } from './read-context.ts';
import { reviewOutcome } from './rules/standing-of-review.ts';
import { judgeRound, kindsOfRound } from './submit-draft.ts';
import { tellCreator } from './tell-creator.ts';

/** Who decides: a member, or somebody outside by a link, for one role. */
export interface Decider {
  frame: Frame;
  role: ReviewRole;
  /** Members speak for a role when they are named for it or nobody is; a link speaks for its own. */
  isByLink: boolean;
}

export interface Approval {
  decider: Decider;
  submissionId: string;
  round: number;
  note: string;
  /** Approve with this caption instead. */
  caption?: string | undefined;
  overruleReason?: string | undefined;
  isAutomatic?: boolean;
}

/**
 * Records the approval of a role; the draft is approved once every required role has. Two at once come one after the other: the second is
 * told that it is done. Errors: not_found, round_outdated, step_not_allowed, already_decided, not_a_reviewer, label_fails.
 */
export async function approveRound(infra: Infra, tx: Tx, of: Approval): Promise<SubmissionState> {
  const { decider } = of;
  const { frame, role } = decider;
  const { workspaceId } = frame;
  const thread = await holdThread(tx, workspaceId, of.submissionId);
  checkRound(thread, of.round);
  const before = (await selectDecisions(tx, workspaceId, [thread.id])).filter((one) => one.number === thread.round);
  checkStands(thread, { before, role, wants: 'approved' });
  const state = stepFrom(thread, 'approve');
  const context = await readContext(infra, tx, { workspaceId, deliverableId: thread.deliverable_id });
  checkMay(context.setting, decider);
  const at = infra.clock.now();
  const round = await withCaption(infra, tx, { thread, context, approval: of, at });
  const overruled = overruleOf(round, of);
  await insertDecision(tx, workspaceId, { ...newDecision(thread, { of, at }), decision: 'approved' });
  const decisions = [...before, { role, decision: 'approved' as const }];
  const outcome = reviewOutcome(context.setting.requiredRoles, decisions);
  const isFailing = verdictOf(round) === 'fail' && overruled === null;
  if (overruled !== null)
    await updateRound(tx, workspaceId, {
      submissionId: thread.id,
      number: thread.round,
      change: { overrule_reason: overruled.reason, overruled_by: overruled.by },
      at,
    });
  const changes = { role, ...(overruled === null ? {} : { overruled: overruled.reason }) };
  if (!outcome.isApproved || isFailing) {
    await updateThread(tx, workspaceId, { id: thread.id, change: {}, at });
    await recordStep(infra, tx, { frame, thread, event: submissionReviewed, action: 'submission.reviewed', changes });
    return thread.state;
  }
  await updateRound(tx, workspaceId, {
    submissionId: thread.id,
    number: thread.round,
    change: { outcome: 'approved', decided_at: at },
    at,
  });
  const change = { state, state_since: at, approved_round: thread.round };
  await updateThread(tx, workspaceId, { id: thread.id, change, at });
  await moveDeliverable(infra, tx, { frame, deliverable: context.deliverable, to: 'approved' });
  const { title } = context.deliverable;
  const hasNewCaption = round.proposed_caption !== null;
  const note = of.isAutomatic === true || decider.role !== 'manager' ? '' : of.note;
  const news = { title, what: 'approved' as const, note, hasNewCaption };
  await tellCreator(infra, tx, { frame, thread, news, key: `${thread.round}/approved` });
  const more = of.isAutomatic === true ? { isAutomatic: 'true' } : {};
  const action = of.isAutomatic === true ? 'submission.approved-by-silence' : 'submission.approved';
  await recordStep(infra, tx, { frame, thread, event: submissionApproved, action, state, changes, more });
  return state;
}

/** Puts the caption the approval comes with beside the one handed in, judged anew. */
async function withCaption(
  infra: Infra,
  tx: Tx,
  of: { thread: SubmissionThread; context: DraftContext; approval: Approval; at: Date },
): Promise<RoundRow> {
  const { workspaceId } = of.approval.decider.frame;
  const round = await newestRound(tx, workspaceId, of.thread);
  const { caption } = of.approval;
  if (caption === undefined || caption === (round.proposed_caption ?? round.caption)) return round;
  return layCaption(infra, tx, { ...of, frame: of.approval.decider.frame, round, caption });
}

/** Lays a caption beside the one handed in; null takes it away. The verdict is of the one that counts then. */
export async function layCaption(
  infra: Infra,
  tx: Tx,
  of: {
    frame: Frame;
    thread: SubmissionThread;
    round: RoundRow;
    context: DraftContext;
    caption: string | null;
    at: Date;
  },
): Promise<RoundRow> {
  const { frame, thread, round, context, at } = of;
  const files = await kindsOfRound(infra, tx, { workspaceId: frame.workspaceId, thread, number: round.number });
  const proposed = of.caption === round.caption ? null : of.caption;
  const verdict = judgeRound({ round, caption: proposed ?? round.caption, files, context });
  const change = {
    proposed_caption: proposed,
    proposed_by: proposed === null ? null : frame.actor.name,
    proposed_at: proposed === null ? null : at,
    confirmed_at: null,
    disclosure: JSON.stringify(verdict),
  };
  await updateRound(tx, frame.workspaceId, { submissionId: thread.id, number: round.number, change, at });
  return { ...round, ...change, disclosure: verdict };
}

const verdictOf = (round: RoundRow) => captionVerdictSchema.nullable().parse(round.disclosure)?.verdict ?? null;

/** A failing label is let through only with a reason, which stays. Error: label_fails, where a member could give one. */
function overruleOf(round: RoundRow, of: Approval): { reason: string; by: string } | null {
  if (verdictOf(round) !== 'fail') return null;
  const { decider, overruleReason } = of;
  if (overruleReason !== undefined) return { reason: overruleReason, by: decider.frame.actor.name };
  if (round.overrule_reason !== null) return { reason: round.overrule_reason, by: round.overruled_by ?? '' };
  if (decider.role !== 'manager' || decider.isByLink) return null;
  const message =
    'The label fails the rules. Repair the caption, ask for changes, or say why it is right all the same.';
  throw submissionsError('label_fails', message, [{ field: 'overruleReason', message }]);
}

export interface ChangeRequest {
  decider: Decider;
  submissionId: string;
  round: number;
  note: string;
  caption?: string | undefined;
  allowanceReason?: string | undefined;
}

/**
 * Asks for changes. As manager it goes to the creator and uses up a round; as another role it stands against approval until the manager
 * passes it on or the role approves. Errors: not_found, round_outdated, step_not_allowed, already_decided, not_a_reviewer, rounds_used.
 */
export async function requestRoundChanges(infra: Infra, tx: Tx, of: ChangeRequest): Promise<SubmissionState> {
  const { decider } = of;
  const { frame, role } = decider;
  const { workspaceId } = frame;
  const thread = await holdThread(tx, workspaceId, of.submissionId);
  checkRound(thread, of.round);
  const before = (await selectDecisions(tx, workspaceId, [thread.id])).filter((one) => one.number === thread.round);
  checkStands(thread, { before, role, wants: 'changes_requested' });
  const state = stepFrom(thread, 'request_changes');
  const at = infra.clock.now();
  checkMay(await readSetting(tx, workspaceId, thread.campaign_id), decider);
  await insertDecision(tx, workspaceId, { ...newDecision(thread, { of, at }), decision: 'changes_requested' });
  const changes = { role, note: of.note };
  if (role !== 'manager') {
    await updateThread(tx, workspaceId, { id: thread.id, change: {}, at });
    const event = submissionReviewed;
    await recordStep(infra, tx, { frame, thread, event, action: 'submission.objected', changes });
    return thread.state;
  }
  const context = await readContext(infra, tx, { workspaceId, deliverableId: thread.deliverable_id });
  const limit = limitOf(await selectRounds(tx, workspaceId, [thread.id]), context);
  const isBeyond = limit.max !== null && limit.used >= limit.max;
  if (isBeyond && of.allowanceReason === undefined) {
    const message = `All ${limit.max} rounds of changes agreed in the ${limit.source} are used. Say why one more is asked for.`;
    throw submissionsError('rounds_used', message, [{ field: 'allowanceReason', message }]);
  }
  if (of.caption !== undefined) {
    const round = await newestRound(tx, workspaceId, thread);
    await layCaption(infra, tx, { frame, thread, round, context, caption: of.caption, at });
  }
  const allowance = isBeyond ? { allowance_reason: of.allowanceReason ?? null, allowed_by: frame.actor.name } : {};
  await updateRound(tx, workspaceId, {
    submissionId: thread.id,
    number: thread.round,
    change: { outcome: 'changes_requested', decided_at: at, ...allowance },
    at,
  });
  const change = { state, state_since: at, approved_round: null, scheduled_for: null };
  await updateThread(tx, workspaceId, { id: thread.id, change, at });
  const deliverable = await readDeliverable(infra, tx, { workspaceId, deliverableId: thread.deliverable_id });
  await moveDeliverable(infra, tx, { frame, deliverable, to: 'drafted', mayGoBack: true });
  const { proposed_caption: proposed } = await newestRound(tx, workspaceId, thread);
  const news = { title: deliverable.title, what: 'changes' as const, note: of.note, hasNewCaption: proposed !== null };
  await tellCreator(infra, tx, { frame, thread, news, key: `${thread.round}/changes` });
  const event = submissionChangesRequested;
  const told = { ...changes, ...(isBeyond ? { beyondAgreed: of.allowanceReason } : {}) };
  await recordStep(infra, tx, { frame, thread, event, action: 'submission.changes-requested', state, changes: told });
  return state;
}

/** Tells the second of two who decide the same what the first one did. Error: already_decided. */
function checkStands(
  thread: SubmissionThread,
  of: { before: readonly DecisionRow[]; role: ReviewRole; wants: 'approved' | 'changes_requested' },
): void {
  const newest = of.before.filter((one) => one.role === of.role).at(-1);
  const isDone = thread.state === of.wants || (of.wants === 'approved' && thread.state === 'scheduled');
  if (newest?.decision !== of.wants && !isDone) return;
  const last = newest ?? of.before.at(-1);
  const who = last === undefined ? 'Somebody' : last.decided_by;
  const when = last?.decided_at.toISOString().slice(0, 16).replace('T', ' ') ?? '';
  const what = of.wants === 'approved' ? 'approved' : 'asked for changes to';
  throw submissionsError('already_decided', `${who} ${what} round ${thread.round} already, at ${when} UTC.`);
}

function checkMay(setting: DraftContext['setting'], { role, frame, isByLink }: Decider): void {
  if (isByLink || maySpeakFor(setting, { role, actor: frame.actor })) return;
  const names = setting.reviewers.flatMap((one) => (one.role === role ? [one.name] : [])).join(', ');
  throw submissionsError('not_a_reviewer', `For ${role} only ${names} may decide. Ask them, or change who reviews.`);
}

function newDecision(
  thread: SubmissionThread,
  { of, at }: { of: Approval | ChangeRequest; at: Date },
): Omit<DecisionRow, 'decision'> {
  const { frame, role } = of.decider;
  return {
    id: newId('review', at.getTime()),
    submission_id: thread.id,
    number: thread.round,
    role,
    note: of.note,
    is_automatic: 'isAutomatic' in of && of.isAutomatic === true,
    decided_by: frame.actor.name,
    decided_by_id: frame.actor.id,
    decided_at: at,
  };
}
