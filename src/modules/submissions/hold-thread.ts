import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import type { Deliverable } from '#modules/campaigns/api.ts';
import { setDeliverableState } from '#modules/campaigns/index.ts';
import type { SubmissionState } from './api.ts';
import { submissionsError } from './errors.ts';
import type { Frame } from './frame.ts';
import { type RoundRow, selectRound } from './queries/rounds.ts';
import { lockThread, type SubmissionThread } from './queries/submissions.ts';
import { type DraftStep, stateAfter, stateWords } from './rules/submission-states.ts';

/** The thread, held until the transaction ends. Error: not_found. */
export async function holdThread(tx: Tx, workspaceId: string, id: string): Promise<SubmissionThread> {
  const thread = await lockThread(tx, workspaceId, id);
  if (thread === undefined) throw notFound('draft');
  return thread;
}

/** The newest round of a held thread. Error: no_such_round when nothing was handed in. */
export async function newestRound(tx: Tx, workspaceId: string, thread: SubmissionThread): Promise<RoundRow> {
  const round = await selectRound(tx, workspaceId, { submissionId: thread.id, number: thread.round });
  if (round === undefined) throw submissionsError('no_such_round', 'Nothing was handed in here. Begin a draft first.');
  return round;
}

/** Sees that the caller looked at the newest round. Error: round_outdated. */
export function checkRound(thread: SubmissionThread, round: number): void {
  if (round === thread.round) return;
  const message = `Round ${thread.round} is the newest by now; you looked at round ${round}. Open the draft again.`;
  throw submissionsError('round_outdated', message, [{ field: 'round', message: `The newest is ${thread.round}` }]);
}

/** The state after a step. Error: step_not_allowed with what the draft is. */
export function stepFrom(thread: SubmissionThread, step: DraftStep): SubmissionState {
  const next = stateAfter(thread.state, step);
  if (next !== null) return next;
  throw submissionsError('step_not_allowed', `${saidOf[step]}: the draft is ${stateWords[thread.state]}.`);
}

const saidOf: Record<DraftStep, string> = {
  start: 'No new draft can be begun now',
  submit: 'It cannot be handed in now',
  withdraw: 'It cannot be taken back now',
  request_changes: 'No changes can be asked for now',
  approve: 'It cannot be approved now',
  schedule: 'It cannot be scheduled now',
  unschedule: 'It cannot be scheduled now',
  go_live: 'It cannot go live now',
  verify: 'It cannot be verified now',
  unverify: 'It cannot be checked now',
};

const places = ['planned', 'drafted', 'approved', 'live'] as const;
type Place = (typeof places)[number];

/**
 * Brings the deliverable to where its draft is, forward only: one that a member moved further stays there. `mayGoBack` is for changes
 * asked for after an approval.
 */
export async function moveDeliverable(
  infra: Infra,
  tx: Tx,
  of: {
    frame: Frame;
    deliverable: Deliverable;
    to: Place;
    mayGoBack?: boolean;
    live?: { url: string; at: Date | null };
  },
): Promise<void> {
  const { deliverable, to, frame } = of;
  if (deliverable.state === 'cancelled') return;
  const from: Place = deliverable.state;
  const isForward = places.indexOf(to) > places.indexOf(from);
  const isBack = of.mayGoBack === true && from === 'approved' && to === 'drafted';
  if (!isForward && !isBack) return;
  await setDeliverableState(infra, tx, {
    workspaceId: frame.workspaceId,
    deliverableId: deliverable.id,
    to,
    by: frame.actor,
    requestId: frame.requestId,
    ...(of.live === undefined ? {} : { liveUrl: of.live.url }),
    ...(of.live === undefined || of.live.at === null ? {} : { liveAt: of.live.at.toISOString() }),
  });
}
