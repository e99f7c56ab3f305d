import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { Deliverable } from '#modules/campaigns/api.ts';
import { setDeliverableState, urlKey } from '#modules/campaigns/index.ts';
import type { LiveCheck } from './api.ts';
import { submissionsError } from './errors.ts';
import { submissionLive } from './events.ts';
import { type Frame, recordStep } from './frame.ts';
import { moveDeliverable, stepFrom } from './hold-thread.ts';
import { keepLook, lookAt, readLive } from './look-at-post.ts';
import { putLivePost } from './queries/live.ts';
import { updateRound } from './queries/rounds.ts';
import { lockThreadOfDeliverable, type SubmissionThread, updateThread } from './queries/submissions.ts';
import { readDeliverable } from './read-context.ts';
import { findPost, toSeen } from './read-seen-post.ts';
import { makeThread } from './start-draft.ts';

export interface GoLive {
  frame: Frame;
  deliverableId: string;
  url: string;
  liveAt: Date | null;
  cause: LiveCheck['cause'];
}

/**
 * Says where a deliverable is live, handed in before or not, and compares at once what is known of the post. The same address again changes
 * nothing; another one stands in the place of the first. Errors: not_found, cancelled, campaigns.bad_day.
 */
export async function goLive(infra: Infra, tx: Tx, of: GoLive): Promise<SubmissionThread> {
  const { frame, url } = of;
  const { workspaceId } = frame;
  const deliverable = await readDeliverable(infra, tx, { workspaceId, deliverableId: of.deliverableId });
  if (deliverable.state === 'cancelled')
    throw submissionsError('cancelled', `"${deliverable.title}" was cancelled, so no post of it is expected.`);
  const at = infra.clock.now();
  const thread = await holdLive(tx, { workspaceId, deliverable, at });
  const before = await readLive(tx, workspaceId, thread.id);
  const key = urlKey(url) ?? url;
  if (before !== null && before.url_key === key) return thread;
  const state = stepFrom(thread, 'go_live');
  const change = { state, state_since: at };
  await updateThread(tx, workspaceId, { id: thread.id, change, at });
  if (thread.round > 0)
    await updateRound(tx, workspaceId, {
      submissionId: thread.id,
      number: thread.round,
      change: { auto_approve_after: null },
      at,
    });
  const post = await findPost(tx, workspaceId, { personId: thread.person_id, url, postId: null });
  const postedAt = post?.postedAt == null ? null : new Date(post.postedAt);
  const liveAt = of.liveAt ?? postedAt;
  await putLivePost(tx, workspaceId, {
    submissionId: thread.id,
    url,
    urlKey: key,
    by: frame.actor.name,
    at,
    liveAt,
    postId: post?.id ?? null,
    nextCheckAt: lookAt(at, 0) ?? at,
  });
  await publish(infra, tx, { frame, deliverable, url, liveAt: liveAt !== null && liveAt > at ? at : liveAt });
  const now = { ...thread, ...change };
  const changes = { url: { from: before?.url ?? null, to: url } };
  await recordStep(infra, tx, { frame, thread: now, event: submissionLive, action: 'live-post.given', changes });
  const live = await readLive(tx, workspaceId, thread.id);
  if (live !== null)
    await keepLook(infra, tx, { frame, thread: now, live, cause: of.cause, seen: post === null ? null : toSeen(post) });
  return now;
}

async function holdLive(
  tx: Tx,
  of: { workspaceId: string; deliverable: Deliverable; at: Date },
): Promise<SubmissionThread> {
  const found = await lockThreadOfDeliverable(tx, of.workspaceId, of.deliverable.id);
  if (found !== undefined) return found;
  await makeThread(tx, { ...of, state: 'live' });
  const made = await lockThreadOfDeliverable(tx, of.workspaceId, of.deliverable.id);
  if (made === undefined) throw new Error(`The thread of ${of.deliverable.id} was not made`);
  return made;
}

/** Tells the campaign. A deliverable that is live elsewhere takes a step back first, so that the new address gets through. */
async function publish(
  infra: Infra,
  tx: Tx,
  of: { frame: Frame; deliverable: Deliverable; url: string; liveAt: Date | null },
): Promise<void> {
  const { frame, deliverable, url } = of;
  const isElsewhere =
    deliverable.state === 'live' && (deliverable.liveUrl === null || urlKey(deliverable.liveUrl) !== urlKey(url));
  if (isElsewhere)
    await setDeliverableState(infra, tx, {
      workspaceId: frame.workspaceId,
      deliverableId: deliverable.id,
      to: 'approved',
      by: frame.actor,
      requestId: frame.requestId,
    });
  await moveDeliverable(infra, tx, {
    frame,
    deliverable: isElsewhere ? { ...deliverable, state: 'approved' } : deliverable,
    to: 'live',
    live: { url, at: of.liveAt },
  });
}
