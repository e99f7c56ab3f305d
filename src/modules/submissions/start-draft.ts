import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import type { Deliverable } from '#modules/campaigns/api.ts';
import { readBriefOf } from '#modules/campaigns/index.ts';
import { submissionsError } from './errors.ts';
import { type Frame, recordStep } from './frame.ts';
import { stepFrom } from './hold-thread.ts';
import { copyRoundFiles, insertRound, selectRound } from './queries/rounds.ts';
import { insertThread, lockThreadOfDeliverable, type SubmissionThread, updateThread } from './queries/submissions.ts';
import { readDeliverable } from './read-context.ts';

/**
 * The open draft of a deliverable: the one there is, or a new round with the caption and files of the one before to work on.
 * Errors: not_found, cancelled, step_not_allowed.
 */
export async function startRound(
  infra: Infra,
  tx: Tx,
  of: { frame: Frame; deliverableId: string },
): Promise<SubmissionThread> {
  const { frame } = of;
  const { workspaceId } = frame;
  const deliverable = await readDeliverable(infra, tx, { workspaceId, deliverableId: of.deliverableId });
  if (deliverable.state === 'cancelled')
    throw submissionsError('cancelled', `"${deliverable.title}" was cancelled, so nothing can be handed in for it.`);
  const at = infra.clock.now();
  const { thread, isNew } = await holdOrMake(tx, { workspaceId, deliverable, at });
  if (thread.state === 'draft' && thread.round > 0) return thread;
  if (!isNew) stepFrom(thread, 'start');
  const number = thread.round + 1;
  const before = await selectRound(tx, workspaceId, { submissionId: thread.id, number: thread.round });
  const { version } = await readBriefOf(tx, workspaceId, { campaignId: deliverable.campaignId });
  await insertRound(tx, {
    workspace_id: workspaceId,
    submission_id: thread.id,
    number,
    outcome: 'draft',
    caption: before?.proposed_caption ?? before?.caption ?? '',
    video_url: before?.video_url ?? null,
    spoken_text: before?.spoken_text ?? null,
    on_screen_text: before?.on_screen_text ?? null,
    ticks: before?.ticks ?? [],
    brief_version: version,
    created_at: at,
    updated_at: at,
  });
  if (before !== undefined)
    await copyRoundFiles(tx, workspaceId, { submissionId: thread.id, from: thread.round, to: number });
  const change = { state: 'draft' as const, state_since: at, round: number };
  await updateThread(tx, workspaceId, { id: thread.id, change, at });
  await recordStep(infra, tx, { frame, thread, event: null, action: 'submission.started', round: number });
  return { ...thread, ...change };
}

async function holdOrMake(
  tx: Tx,
  of: { workspaceId: string; deliverable: Deliverable; at: Date },
): Promise<{ thread: SubmissionThread; isNew: boolean }> {
  const { workspaceId, deliverable, at } = of;
  const found = await lockThreadOfDeliverable(tx, workspaceId, deliverable.id);
  if (found !== undefined) return { thread: found, isNew: false };
  await makeThread(tx, { ...of, state: 'draft' });
  const made = await lockThreadOfDeliverable(tx, workspaceId, deliverable.id);
  if (made === undefined) throw new Error(`The draft of ${deliverable.id} was not made at ${at.toISOString()}`);
  // Another call may have made it in between; then its first round is there.
  return { thread: made, isNew: made.round === 0 && made.state === 'draft' };
}

/** Makes the thread of a deliverable, unless there is one. */
export async function makeThread(
  tx: Tx,
  of: { workspaceId: string; deliverable: Deliverable; at: Date; state: 'draft' | 'live' },
): Promise<void> {
  const { deliverable, at } = of;
  await insertThread(tx, of.workspaceId, {
    id: newId('submission', at.getTime()),
    campaign_id: deliverable.campaignId,
    enrolment_id: deliverable.enrolmentId,
    deliverable_id: deliverable.id,
    person_id: deliverable.person.id,
    state: of.state,
    at,
  });
}
