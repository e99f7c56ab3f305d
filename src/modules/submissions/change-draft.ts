import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { AppError, notFound } from '#kernel/errors.ts';
import { findDeliverables } from '#modules/campaigns/index.ts';
import type {
  approveDraft,
  approveMany,
  proposeCaption,
  requestChanges,
  Submission,
  scheduleDraft,
  startDraft,
  submitDraft,
  withdrawDraft,
  writeDraft,
} from './api.ts';
import { approveRound, layCaption, requestRoundChanges } from './decide-draft.ts';
import { frameOf } from './draft-files.ts';
import { submissionsError } from './errors.ts';
import { submissionScheduled } from './events.ts';
import { recordStep } from './frame.ts';
import { checkRound, holdThread, newestRound, stepFrom } from './hold-thread.ts';
import { presentSubmission } from './present-submission.ts';
import { selectThread, updateThread } from './queries/submissions.ts';
import { readContext } from './read-context.ts';
import { startRound } from './start-draft.ts';
import { submitRound, withdrawRound } from './submit-draft.ts';
import { writeRound } from './write-draft.ts';

type SubmissionCall = Pick<Call, 'workspaceId' | 'actor' | 'requestId'> & { input: { submissionId: string } };

const show = (infra: Infra, call: SubmissionCall) =>
  infra.db.inWorkspace(call.workspaceId, (tx) =>
    presentSubmission(infra, tx, { workspaceId: call.workspaceId, id: call.input.submissionId, actor: call.actor }),
  );

/** Begins a draft for a creator, or answers the open one. Errors: as startRound. */
export async function startOne(infra: Infra, call: Call<typeof startDraft>): Promise<Submission> {
  const { workspaceId, actor, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const thread = await startRound(infra, tx, { frame: frameOf(call), deliverableId: input.deliverableId });
    return presentSubmission(infra, tx, { workspaceId, id: thread.id, actor });
  });
}

/** Changes the open draft. Errors: not_found, not_a_draft. */
export async function writeOne(infra: Infra, call: Call<typeof writeDraft>): Promise<Submission> {
  const { submissionId, ...words } = call.input;
  await infra.db.inWorkspace(call.workspaceId, (tx) =>
    writeRound(infra, tx, { frame: frameOf(call), submissionId, words }),
  );
  return show(infra, call);
}

/** Hands in the open draft. Errors: as submitRound. */
export async function submitOne(infra: Infra, call: Call<typeof submitDraft>): Promise<Submission> {
  await infra.db.inWorkspace(call.workspaceId, (tx) => submitRound(infra, tx, { frame: frameOf(call), ...call.input }));
  return show(infra, call);
}

/** Takes a draft back. Errors: as withdrawRound. */
export async function withdrawOne(infra: Infra, call: Call<typeof withdrawDraft>): Promise<Submission> {
  await infra.db.inWorkspace(call.workspaceId, (tx) =>
    withdrawRound(infra, tx, { frame: frameOf(call), ...call.input }),
  );
  return show(infra, call);
}

/** Approves as a member. Errors: as approveRound. */
export async function approveOne(infra: Infra, call: Call<typeof approveDraft>): Promise<Submission> {
  const { role, ...rest } = call.input;
  const decider = { frame: frameOf(call), role, isByLink: false };
  await infra.db.inWorkspace(call.workspaceId, (tx) => approveRound(infra, tx, { decider, ...rest }));
  return show(infra, call);
}

/** Asks for changes as a member. Errors: as requestRoundChanges. */
export async function requestOne(infra: Infra, call: Call<typeof requestChanges>): Promise<Submission> {
  const { role, ...rest } = call.input;
  const decider = { frame: frameOf(call), role, isByLink: false };
  await infra.db.inWorkspace(call.workspaceId, (tx) => requestRoundChanges(infra, tx, { decider, ...rest }));
  return show(infra, call);
}

/** Lays another caption beside the one handed in, while it waits for approval. Errors: not_found, round_outdated, step_not_allowed. */
export async function proposeOne(infra: Infra, call: Call<typeof proposeCaption>): Promise<Submission> {
  const { workspaceId, input } = call;
  const frame = frameOf(call);
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const thread = await holdThread(tx, workspaceId, input.submissionId);
    checkRound(thread, input.round);
    if (thread.state !== 'pending_approval') stepFrom(thread, 'approve');
    const context = await readContext(infra, tx, { workspaceId, deliverableId: thread.deliverable_id });
    const round = await newestRound(tx, workspaceId, thread);
    const at = infra.clock.now();
    await layCaption(infra, tx, { frame, thread, round, context, caption: input.caption, at });
    await updateThread(tx, workspaceId, { id: thread.id, change: {}, at });
    const changes = { caption: { from: round.proposed_caption ?? round.caption, to: input.caption ?? round.caption } };
    await recordStep(infra, tx, { frame, thread, event: null, action: 'submission.caption-proposed', changes });
  });
  return show(infra, call);
}

const yearMs = 366 * 86_400_000;

/** Says when an approved draft goes live. Errors: not_found, step_not_allowed, bad_time. */
export async function scheduleOne(infra: Infra, call: Call<typeof scheduleDraft>): Promise<Submission> {
  const { workspaceId, input } = call;
  const frame = frameOf(call);
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const thread = await holdThread(tx, workspaceId, input.submissionId);
    const at = infra.clock.now();
    const scheduled = input.at === null ? null : new Date(input.at);
    const inMs = scheduled === null ? 1 : scheduled.getTime() - at.getTime();
    if (inMs <= 0 || inMs > yearMs) {
      const message = 'Give a moment to come, within a year.';
      throw submissionsError('bad_time', `at: ${message}`, [{ field: 'at', message }]);
    }
    const state = stepFrom(thread, scheduled === null ? 'unschedule' : 'schedule');
    if (state === thread.state && thread.scheduled_for?.getTime() === scheduled?.getTime()) return;
    const change = { state, state_since: at, scheduled_for: scheduled };
    await updateThread(tx, workspaceId, { id: thread.id, change, at });
    const changes = { scheduledFor: { from: thread.scheduled_for?.toISOString() ?? null, to: input.at } };
    const event = scheduled === null ? null : submissionScheduled;
    await recordStep(infra, tx, { frame, thread, event, action: 'submission.scheduled', state, changes });
  });
  return show(infra, call);
}

type Outcome = { approved: number; recorded: number; refused: { id: string; name: string; reason: string }[] };

/** Approves several, each in a transaction of its own: one that cannot be does not keep the others from it. */
export async function approveSeveral(infra: Infra, call: Call<typeof approveMany>): Promise<Outcome> {
  const { workspaceId, input } = call;
  const decider = { frame: frameOf(call), role: input.role, isByLink: false };
  const outcome: Outcome = { approved: 0, recorded: 0, refused: [] };
  const drafts = [...new Map(input.drafts.map((one) => [one.id, one])).values()];
  for (const draft of drafts) {
    try {
      const state = await infra.db.inWorkspace(workspaceId, async (tx) => {
        const thread = await holdThread(tx, workspaceId, draft.id);
        if (thread.campaign_id !== input.campaignId) throw notFound('draft');
        return approveRound(infra, tx, { decider, submissionId: draft.id, round: draft.round, note: '' });
      });
      if (state === 'approved') outcome.approved += 1;
      else outcome.recorded += 1;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      outcome.refused.push({ id: draft.id, name: await nameOf(infra, workspaceId, draft.id), reason: error.message });
    }
  }
  return outcome;
}

async function nameOf(infra: Infra, workspaceId: string, id: string): Promise<string> {
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const thread = await selectThread(tx, workspaceId, id);
    const ids = thread === undefined ? [] : [thread.deliverable_id];
    const [deliverable] = await findDeliverables(tx, workspaceId, { ids, clock: infra.clock });
    return deliverable === undefined ? id : `${deliverable.person.name}, ${deliverable.title}`;
  });
}
