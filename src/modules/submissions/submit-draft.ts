import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { addBusinessDays } from '#kernel/business-days.ts';
import { dayIn } from '#kernel/time.ts';
import { recordEvidence } from '#modules/disclosure/index.ts';
import type { CaptionVerdict } from './api.ts';
import { submissionsError } from './errors.ts';
import { submissionSubmitted, submissionWithdrawn } from './events.ts';
import { type Frame, recordStep } from './frame.ts';
import { checkRound, holdThread, moveDeliverable, newestRound, stepFrom } from './hold-thread.ts';
import { type CaptionToJudge, checkOf, judgeCaption, labelRulesOf, mediaKindOf } from './judge-caption.ts';
import { type RoundRow, selectRoundFiles, updateRound } from './queries/rounds.ts';
import { type SubmissionThread, updateThread } from './queries/submissions.ts';
import { type DraftContext, readContext, readDaysOff } from './read-context.ts';

/**
 * Hands in the open draft: the label is judged, and the last day an answer is waited for is set, from then on fixed. The same round handed
 * in again changes nothing. Errors: not_found, round_outdated, step_not_allowed, nothing_to_submit, cancelled.
 */
export async function submitRound(
  infra: Infra,
  tx: Tx,
  of: { frame: Frame; submissionId: string; round: number },
): Promise<SubmissionThread> {
  const { frame } = of;
  const { workspaceId } = frame;
  const thread = await holdThread(tx, workspaceId, of.submissionId);
  checkRound(thread, of.round);
  if (thread.state === 'pending_approval') return thread;
  const state = stepFrom(thread, 'submit');
  const round = await newestRound(tx, workspaceId, thread);
  const context = await readContext(infra, tx, { workspaceId, deliverableId: thread.deliverable_id });
  if (context.deliverable.state === 'cancelled')
    throw submissionsError(
      'cancelled',
      `"${context.deliverable.title}" was cancelled, so nothing can be handed in for it.`,
    );
  const files = await kindsOfRound(infra, tx, { workspaceId, thread, number: round.number });
  if (round.caption.trim() === '' && files.length === 0 && round.video_url === null) {
    const message = 'There is nothing to look at yet. Add a picture, a video, a link to one, or a caption.';
    throw submissionsError('nothing_to_submit', message, [{ field: 'caption', message }]);
  }
  const at = infra.clock.now();
  const change = {
    outcome: 'open' as const,
    brief_version: context.brief.version,
    disclosure: JSON.stringify(judgeRound({ round, caption: round.caption, files, context })),
    submitted_at: at,
    submitted_by: frame.actor.name,
    submitted_by_kind: frame.actor.kind === 'creator' ? 'creator' : 'member',
    auto_approve_after: await lastDayFor(tx, { workspaceId, context, at }),
  };
  await updateRound(tx, workspaceId, { submissionId: thread.id, number: round.number, change, at });
  await updateThread(tx, workspaceId, { id: thread.id, change: { state, state_since: at }, at });
  await moveDeliverable(infra, tx, { frame, deliverable: context.deliverable, to: 'drafted' });
  await recordEvidence(infra, tx, {
    workspaceId,
    check: checkOf(toJudge({ round, caption: round.caption, files, context })),
    subject: { kind: 'submission', id: thread.id },
    personId: thread.person_id,
    campaignId: thread.campaign_id,
    url: null,
    screenshotFileId: null,
    seenAt: at,
    by: frame.actor,
    key: `submission/${thread.id}/${round.number}`,
  });
  await recordStep(infra, tx, { frame, thread, event: submissionSubmitted, action: 'submission.submitted', state });
  return { ...thread, state };
}

/** What kinds of files a round has. */
export async function kindsOfRound(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; thread: SubmissionThread; number: number },
): Promise<('image' | 'video')[]> {
  const named = await selectRoundFiles(tx, of.workspaceId, [of.thread.id]);
  const ids = named.flatMap((one) => (one.number === of.number ? [one.file_id] : []));
  const files = await infra.files.list(tx, of.workspaceId, ids);
  return files.map((file) => (file.kind === 'video' ? 'video' : 'image'));
}

export interface RoundToJudge {
  round: RoundRow;
  caption: string;
  files: readonly ('image' | 'video')[];
  context: DraftContext;
}

/** The verdict on a caption of a round. */
export function judgeRound(of: RoundToJudge): CaptionVerdict {
  return judgeCaption(toJudge(of));
}

function toJudge(of: RoundToJudge): CaptionToJudge {
  const { round, files, context } = of;
  const { platform, format } = context.deliverable;
  const filmed = files.filter((kind) => kind === 'video').length;
  const videos = filmed + (round.video_url === null ? 0 : 1);
  return {
    caption: of.caption,
    platform,
    kind: mediaKindOf({ format, platform, videos, images: files.length - filmed }),
    spokenText: round.spoken_text,
    onScreenText: round.on_screen_text,
    platformLabel: null,
    rules: labelRulesOf(context),
  };
}

/** The last working day an answer is waited for: the contract's number of days, else the campaign's; null: for ever. */
async function lastDayFor(
  tx: Tx,
  of: { workspaceId: string; context: DraftContext; at: Date },
): Promise<string | null> {
  const { context } = of;
  const days = context.terms?.autoApproveAfterBusinessDays ?? context.setting.autoApproveDays;
  if (days === null) return null;
  const off = await readDaysOff(tx, of.workspaceId);
  return addBusinessDays(dayIn(context.workspace.timeZone, of.at), days, off);
}

/** Takes back a round nobody has decided on; it does not count among the rounds agreed. Errors: not_found, round_outdated, step_not_allowed. */
export async function withdrawRound(
  infra: Infra,
  tx: Tx,
  of: { frame: Frame; submissionId: string; round: number },
): Promise<SubmissionThread> {
  const { frame } = of;
  const { workspaceId } = frame;
  const thread = await holdThread(tx, workspaceId, of.submissionId);
  checkRound(thread, of.round);
  if (thread.state === 'withdrawn') return thread;
  const state = stepFrom(thread, 'withdraw');
  const at = infra.clock.now();
  const change = { outcome: 'withdrawn' as const, decided_at: at };
  await updateRound(tx, workspaceId, { submissionId: thread.id, number: thread.round, change, at });
  await updateThread(tx, workspaceId, { id: thread.id, change: { state, state_since: at }, at });
  await recordStep(infra, tx, { frame, thread, event: submissionWithdrawn, action: 'submission.withdrawn', state });
  return { ...thread, state };
}
