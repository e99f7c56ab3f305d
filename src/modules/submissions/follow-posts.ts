import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { AppError } from '#kernel/errors.ts';
import { contentRecorded, contentRecordedPayload, findDeliverables } from '#modules/campaigns/index.ts';
import { creatorsChanged, creatorsMerged, listPosts, mergePayload, personIdsPayload } from '#modules/creators/index.ts';
import { machineFrame } from './frame.ts';
import { goLive } from './go-live.ts';
import { hashOf, keepLook, readLive } from './look-at-post.ts';
import { selectLivePosts } from './queries/live.ts';
import { selectRound, selectRounds } from './queries/rounds.ts';
import {
  lockThread,
  moveThreadsToPerson,
  type SubmissionThread,
  selectThreadsOfDeliverables,
  selectThreadsOfPersons,
} from './queries/submissions.ts';
import { readDeliverable } from './read-context.ts';
import { findPost, toSeen } from './read-seen-post.ts';
import { matchPost } from './rules/match-post.ts';

const recentPosts = 200;
const followed = ['approved', 'scheduled', 'live', 'verified'];

/** Looks again at live posts whose row changed by an import, and finds the posts of approved drafts nobody gave an address of. */
export function followPosts(infra: Infra): Consumer {
  return {
    name: 'submissions.follow-posts',
    events: [creatorsChanged],
    handle: async (events) => {
      for (const [workspaceId, own] of Map.groupBy(events, (event) => event.workspaceId)) {
        // Facts another module states about a creator bring no posts.
        const news = own
          .map(({ payload }) => personIdsPayload.parse(payload))
          .filter((one) => one.statedBy === undefined);
        const personIds = [...new Set(news.flatMap((one) => one.personIds))];
        if (personIds.length === 0) continue;
        const threads = await infra.db.inWorkspace(workspaceId, (tx) =>
          selectThreadsOfPersons(tx, workspaceId, { personIds, states: followed }),
        );
        for (const thread of threads) {
          if (thread.state === 'live' || thread.state === 'verified') await lookAgain(infra, workspaceId, thread.id);
          else await findLive(infra, workspaceId, thread);
        }
      }
    },
  };
}

async function lookAgain(infra: Infra, workspaceId: string, submissionId: string): Promise<void> {
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const thread = await lockThread(tx, workspaceId, submissionId);
    const live = await readLive(tx, workspaceId, submissionId);
    if (thread === undefined || live === null) return;
    const { url, post_id: postId } = live;
    const post = await findPost(tx, workspaceId, { personId: thread.person_id, url, postId });
    if (post === null) return;
    const seen = toSeen(post);
    // What somebody wrote down later than the import read it stands, and so does a later reading that came in first.
    const isOlder = live.seen_at !== null && new Date(seen.observedAt).getTime() < live.seen_at.getTime();
    if (hashOf(seen) === live.seen_hash || isOlder) return;
    const frame = machineFrame(workspaceId, infra.clock.now());
    await keepLook(infra, tx, { frame, thread, live, cause: 'import', seen, postId: post.id });
  });
}

async function findLive(infra: Infra, workspaceId: string, of: SubmissionThread): Promise<void> {
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const thread = await lockThread(tx, workspaceId, of.id);
    if (thread === undefined || thread.approved_round === null) return;
    if (thread.state !== 'approved' && thread.state !== 'scheduled') return;
    const place = { submissionId: thread.id, number: thread.approved_round };
    const round = await selectRound(tx, workspaceId, place);
    if (round?.submitted_at == null) return;
    const deliverable = await readDeliverable(infra, tx, { workspaceId, deliverableId: thread.deliverable_id });
    const others = await selectThreadsOfPersons(tx, workspaceId, { personIds: [thread.person_id], states: followed });
    const ids = others.map((one) => one.id);
    const otherCaptions = await captionsOf(
      tx,
      workspaceId,
      others.filter((one) => one.id !== thread.id),
    );
    const taken = new Set((await selectLivePosts(tx, workspaceId, ids)).map((live) => live.post_id));
    const posts = await listPosts(tx, workspaceId, { personId: thread.person_id, limit: recentPosts });
    const free = posts.rows.filter(
      (post) => post.platform === deliverable.platform && post.url !== null && !taken.has(post.id),
    );
    const caption = round.proposed_caption ?? round.caption;
    const found = matchPost(free, { caption, notBefore: round.submitted_at, otherCaptions });
    const url = free.find((post) => post.id === found?.id)?.url ?? null;
    if (url === null) return;
    const frame = machineFrame(workspaceId, infra.clock.now());
    await goLive(infra, tx, { frame, deliverableId: deliverable.id, url, liveAt: null, cause: 'import' });
  });
}

/** The approved captions of drafts that wait for their post. */
async function captionsOf(tx: Tx, workspaceId: string, threads: readonly SubmissionThread[]): Promise<string[]> {
  const waiting = threads.filter((one) => one.state === 'approved' || one.state === 'scheduled');
  const rounds = await selectRounds(
    tx,
    workspaceId,
    waiting.map((one) => one.id),
  );
  return rounds.flatMap((round) => (round.outcome === 'approved' ? [round.proposed_caption ?? round.caption] : []));
}

/** A deliverable a member set live in the campaign is live here too, and looked at. */
export function followDeliverables(infra: Infra): Consumer {
  return {
    name: 'submissions.follow-deliverables',
    events: [contentRecorded],
    handle: async (events) => {
      for (const { workspaceId, payload } of events) {
        const { what, deliverableIds } = contentRecordedPayload.parse(payload);
        if (what !== 'live') continue;
        await followLive(infra, workspaceId, deliverableIds);
      }
    },
  };
}

async function followLive(infra: Infra, workspaceId: string, ids: readonly string[]): Promise<void> {
  const due = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const deliverables = await findDeliverables(tx, workspaceId, { ids, clock: infra.clock });
    const threads = await selectThreadsOfDeliverables(tx, workspaceId, ids);
    const lives = await selectLivePosts(
      tx,
      workspaceId,
      threads.map((one) => one.id),
    );
    const urlOf = new Map(lives.map((live) => [live.submission_id, live.url]));
    const known = new Map(threads.map((one) => [one.deliverable_id, urlOf.get(one.id)]));
    return deliverables.flatMap((one) =>
      one.state === 'live' && one.liveUrl !== null && known.get(one.id) !== one.liveUrl
        ? [{ id: one.id, url: one.liveUrl, liveAt: one.liveAt }]
        : [],
    );
  });
  for (const one of due) {
    try {
      await infra.db.inWorkspace(workspaceId, (tx) =>
        goLive(infra, tx, {
          frame: machineFrame(workspaceId, infra.clock.now()),
          deliverableId: one.id,
          url: one.url,
          liveAt: one.liveAt === null ? null : new Date(one.liveAt),
          cause: 'given',
        }),
      );
    } catch (error) {
      // Gone or cancelled in between: there is nothing left to follow.
      if (!(error instanceof AppError)) throw error;
    }
  }
}

/** Points the drafts of a merged person to the kept one. Doing it again finds nothing left to do. */
export function followMerges(infra: Infra): Consumer {
  return {
    name: 'submissions.follow-merges',
    events: [creatorsMerged],
    handle: async (events) => {
      for (const { workspaceId, payload } of events) {
        const { keptPersonId, absorbedPersonId } = mergePayload.parse(payload);
        await infra.db.inWorkspace(workspaceId, (tx) =>
          moveThreadsToPerson(tx, workspaceId, { fromPersonId: absorbedPersonId, toPersonId: keptPersonId }),
        );
      }
    },
  };
}
