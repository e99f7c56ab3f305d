import type { Tx } from '#infra/db/database.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { readBriefOf, statePostFault } from '#modules/campaigns/index.ts';
import type { Post } from '#modules/creators/api.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type {
  acceptLivePost,
  addLiveScreenshot,
  checkLivePost,
  enterSeenPost,
  getLivePost,
  getPostExpectation,
  giveLivePost,
  LiveCheck,
  LivePost,
  openLiveScreenshot,
  PostExpectation,
  putPostExpectation,
  SeenPost,
  Submission,
} from './api.ts';
import { frameOf } from './draft-files.ts';
import { submissionsError } from './errors.ts';
import { submissionVerified } from './events.ts';
import { type Frame, machineFrame, recordStep } from './frame.ts';
import { goLive } from './go-live.ts';
import { holdLivePost } from './hold-live-post.ts';
import { keepScreenshot, openScreenshot, toScreenshot } from './keep-screenshot.ts';
import { keepLook, readLive, toLiveCheck } from './look-at-post.ts';
import { presentSubmission } from './present-submission.ts';
import { type LivePostRow, saveExpectation, selectDue, selectLiveChecks, updateLivePost } from './queries/live.ts';
import { selectScreenshots } from './queries/screenshots.ts';
import { selectThread, updateThread } from './queries/submissions.ts';
import { readDeliverable, readExpectations, readSetting } from './read-context.ts';
import { askAddress, findPost, toSeen } from './read-seen-post.ts';
import { stateAfter } from './rules/submission-states.ts';

const checksShown = 50;
const duePerRun = 200;

/** Says where a deliverable is live. Errors: as goLive. */
export async function giveOne(infra: Infra, call: Call<typeof giveLivePost>): Promise<Submission> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const thread = await goLive(infra, tx, {
      frame: frameOf(call),
      deliverableId: input.deliverableId,
      url: input.url,
      liveAt: input.liveAt === undefined ? null : new Date(input.liveAt),
      cause: 'given',
    });
    return presentSubmission(infra, tx, { workspaceId, id: thread.id, actor });
  });
}

/** The live post of a draft with the looks at it; null while it is not live. Error: not_found. */
export async function showLive(infra: Infra, call: Call<typeof getLivePost>): Promise<LivePost | null> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await selectThread(tx, workspaceId, input.submissionId)) === undefined) throw notFound('draft');
    const live = await readLive(tx, workspaceId, input.submissionId);
    return live === null ? null : presentLive(tx, workspaceId, live);
  });
}

async function presentLive(tx: Tx, workspaceId: string, live: LivePostRow): Promise<LivePost> {
  const checks = await selectLiveChecks(tx, workspaceId, { submissionId: live.submission_id, limit: checksShown });
  const screenshots = await selectScreenshots(tx, workspaceId, live.submission_id);
  return {
    submissionId: live.submission_id,
    url: live.url,
    givenBy: live.given_by,
    givenAt: live.given_at.toISOString(),
    liveAt: live.live_at?.toISOString() ?? null,
    result: live.result,
    nextCheckAt: live.next_check_at?.toISOString() ?? null,
    goneAt: live.gone_at?.toISOString() ?? null,
    accepted:
      live.accepted_at === null
        ? null
        : { by: live.accepted_by ?? '', reason: live.accepted_reason ?? '', at: live.accepted_at.toISOString() },
    checks: checks.map(toLiveCheck),
    screenshots: screenshots.map(toScreenshot),
  };
}

/** Looks at a post now: asks its address where that is allowed, and reads what came in of it. Errors: not_found, not_live. */
export async function checkNow(infra: Infra, call: Call<typeof checkLivePost>): Promise<LivePost> {
  const { workspaceId, input } = call;
  await look(infra, { frame: frameOf(call), submissionId: input.submissionId, cause: 'asked' });
  return infra.db.inWorkspace(workspaceId, async (tx) =>
    presentLive(tx, workspaceId, (await holdLivePost(tx, workspaceId, input.submissionId)).live),
  );
}

async function look(
  infra: Infra,
  of: { frame: Frame; submissionId: string; cause: LiveCheck['cause'] },
): Promise<void> {
  const { frame, submissionId } = of;
  const { workspaceId } = frame;
  const asked = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { thread, live } = await holdLivePost(tx, workspaceId, submissionId);
    const { looksAtAddress } = await readSetting(tx, workspaceId, thread.campaign_id);
    return looksAtAddress ? live.url : null;
  });
  // Outside of any transaction: a slow host must not hold a lock.
  const gone = asked === null ? null : await askAddress(infra, asked);
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { thread, live } = await holdLivePost(tx, workspaceId, submissionId);
    const { url, post_id: postId } = live;
    const post = await findPost(tx, workspaceId, { personId: thread.person_id, url, postId });
    const seen = gone ?? newerOf(post, { live, cause: of.cause });
    const known = post === null ? {} : { postId: post.id };
    await keepLook(infra, tx, { frame, thread, live, cause: of.cause, seen, ...known });
  });
}

/** A planned look counts only what was read since the look before; one that is asked for takes the newest there is. */
function newerOf(post: Post | null, of: { live: LivePostRow; cause: LiveCheck['cause'] }): SeenPost | null {
  if (post === null) return null;
  const before = of.live.seen_at?.getTime() ?? null;
  const read = new Date(post.observedAt).getTime();
  const isNews = before === null || (of.cause === 'planned' ? read > before : read >= before);
  return isNews ? toSeen(post) : null;
}

/** Looks at the posts that are due, whoever's they are; for the job, and for tests on a clock of their own. Returns how many. */
export async function runDueLooks(infra: Infra, signal?: AbortSignal): Promise<number> {
  const at = infra.clock.now();
  const due = await infra.db.asSystem((tx) => selectDue(tx, { at, limit: duePerRun }));
  let looked = 0;
  for (const one of due) {
    if (signal?.aborted === true) break;
    try {
      const frame = machineFrame(one.workspace_id, at);
      await look(infra, { frame, submissionId: one.submission_id, cause: 'planned' });
      looked += 1;
    } catch (error) {
      infra.log.warn({ err: error, submission: one.submission_id }, 'a live post could not be looked at');
    }
  }
  return looked;
}

/** Writes down by hand what a post shows. Errors: not_found, not_live. */
export async function enterSeen(infra: Infra, call: Call<typeof enterSeenPost>): Promise<LivePost> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { thread, live } = await holdLivePost(tx, workspaceId, input.submissionId);
    const { submissionId: _id, ...shown } = input;
    const seen: SeenPost = {
      ...shown,
      url: live.url,
      source: `${actor.name}, by hand`,
      observedAt: infra.clock.now().toISOString(),
    };
    await keepLook(infra, tx, { frame: frameOf(call), thread, live, cause: 'seen', seen });
    const after = await readLive(tx, workspaceId, thread.id);
    return presentLive(tx, workspaceId, after ?? live);
  });
}

/** Keeps an uploaded picture of the post. Errors: as keepScreenshot. */
export async function addScreenshot(infra: Infra, call: Call<typeof addLiveScreenshot>): Promise<LivePost> {
  const { workspaceId, input, request } = call;
  const { submissionId } = input;
  await keepScreenshot(infra, { frame: frameOf(call), submissionId, side: 'manager', request });
  return infra.db.inWorkspace(workspaceId, async (tx) =>
    presentLive(tx, workspaceId, (await holdLivePost(tx, workspaceId, submissionId)).live),
  );
}

/** Error: not_found. */
export function downloadScreenshot(infra: Infra, call: Call<typeof openLiveScreenshot>): Promise<Download> {
  const { workspaceId, input, request } = call;
  return infra.db.inWorkspace(workspaceId, (tx) => openScreenshot(infra, tx, { workspaceId, request, ...input }));
}

/** Overrules a check; the reason stays until the post shows something else. Errors: not_found, not_live. */
export async function acceptOne(infra: Infra, call: Call<typeof acceptLivePost>): Promise<LivePost> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { thread, live } = await holdLivePost(tx, workspaceId, input.submissionId);
    const at = infra.clock.now();
    const change = { accepted_by: actor.name, accepted_reason: input.reason, accepted_at: at };
    await updateLivePost(tx, workspaceId, { submissionId: thread.id, change });
    await statePostFault(tx, { workspaceId, deliverableId: thread.deliverable_id, fault: null, at });
    const state = stateAfter(thread.state, 'verify') ?? thread.state;
    const isMoved = state !== thread.state;
    if (isMoved) await updateThread(tx, workspaceId, { id: thread.id, change: { state, state_since: at }, at });
    const event = isMoved ? submissionVerified : null;
    const changes = { reason: input.reason, result: live.result };
    const frame = frameOf(call);
    await recordStep(infra, tx, { frame, thread, event, action: 'live-post.accepted', state, changes });
    return presentLive(tx, workspaceId, { ...live, ...change });
  });
}

type Expectation = OutputOf<typeof getPostExpectation>;

/** What the post of a deliverable has to carry. Error: not_found. */
export async function readExpectation(infra: Infra, call: Call<typeof getPostExpectation>): Promise<Expectation> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const deliverable = await readDeliverable(infra, tx, { workspaceId, deliverableId: input.deliverableId });
    const { brief } = await readBriefOf(tx, workspaceId, { campaignId: deliverable.campaignId });
    return readExpectations(tx, workspaceId, { deliverable, brief });
  });
}

/** Sets it. Errors: not_found, bad_time. */
export async function changeExpectation(infra: Infra, call: Call<typeof putPostExpectation>): Promise<PostExpectation> {
  const { workspaceId, actor, requestId } = call;
  const { deliverableId, of: whose, ...expectation } = call.input;
  const { liveFrom, liveUntil } = expectation;
  if (liveFrom !== null && liveUntil !== null && liveUntil < liveFrom) {
    const message = `The window ends on ${liveUntil}, before it begins on ${liveFrom}.`;
    throw submissionsError('bad_time', `liveUntil: ${message}`, [{ field: 'liveUntil', message }]);
  }
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const deliverable = await readDeliverable(infra, tx, { workspaceId, deliverableId });
    const { links, codes, hashtags, mentions } = expectation;
    await saveExpectation(tx, workspaceId, {
      row: {
        enrolment_id: deliverable.enrolmentId,
        deliverable_id: whose === 'creator' ? '' : deliverable.id,
        links,
        codes,
        hashtags,
        mentions,
        live_from: liveFrom,
        live_until: liveUntil,
      },
      by: actor.name,
      at: infra.clock.now(),
    });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: 'post-expectation.changed',
      subjectKind: whose === 'creator' ? 'enrolment' : 'deliverable',
      subjectId: whose === 'creator' ? deliverable.enrolmentId : deliverable.id,
      changes: { to: expectation },
    });
    return expectation;
  });
}
