import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { type CommentInPlace, readComments, readProfileOwners } from '#modules/creators/index.ts';
import type { PodSearch } from '../api.ts';
import { markStale } from '../queries/reports.ts';
import { authorKeyOf, bareHandle } from './author-key.ts';
import { findDuplicates } from './find-duplicates.ts';
import {
  commentersForPods,
  commentersMax,
  creatorsForPods,
  creatorsMin,
  type FoundPod,
  findPods,
} from './find-pods.ts';
import { judgePod } from './judge-pod.ts';
import { type SignedComment, selectSignatures, setGroups } from './queries/classes.ts';
import {
  lockSearch,
  type MemberComment,
  type PodWrite,
  replacePods,
  selectAudiences,
  selectCommenters,
  selectMemberComments,
  selectPods,
} from './queries/pods.ts';

/** The newest comments that are held against each other; of more, older ones keep the group they have. */
const comparedMax = 200_000;
const signaturesPerPage = 20_000;
const changesPerWrite = 5000;
const podsMax = 500;
const memberCommentsMax = 5000;

/** Looks for copies and pods among all comments of a workspace, anew each time, so that the order in which comments came plays no part. */
export async function searchComments(infra: Infra, workspaceId: string): Promise<void> {
  await groupDuplicates(infra, workspaceId);
  await infra.db.inWorkspace(workspaceId, (tx) => searchPods(infra, tx, workspaceId));
}

async function groupDuplicates(infra: Infra, workspaceId: string): Promise<void> {
  const signed: SignedComment[] = [];
  let before: string | null = null;
  while (signed.length < comparedMax) {
    const from: string | null = before;
    const page: SignedComment[] = await infra.db.inWorkspace(workspaceId, (tx) =>
      selectSignatures(tx, workspaceId, { before: from, limit: signaturesPerPage }),
    );
    signed.push(...page);
    before = page.at(-1)?.id ?? null;
    if (page.length < signaturesPerPage) break;
  }
  const groups = findDuplicates(signed);
  const changes = signed.flatMap(({ id, group }) => {
    const now = groups.get(id) ?? null;
    return now === group ? [] : [{ id, group: now }];
  });
  for (let from = 0; from < changes.length; from += changesPerWrite)
    await infra.db.inWorkspace(workspaceId, async (tx) =>
      tellOwners(infra, tx, {
        workspaceId,
        profileIds: await setGroups(tx, workspaceId, changes.slice(from, from + changesPerWrite)),
      }),
    );
}

/** Reports of these profiles rest on something that has changed. */
async function tellOwners(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; profileIds: readonly string[] },
): Promise<void> {
  const owners = await readProfileOwners(tx, of.workspaceId, [...new Set(of.profileIds)]);
  await markStale(tx, of.workspaceId, { personIds: [...new Set(owners.values())], at: infra.clock.now() });
}

async function searchPods(infra: Infra, tx: Tx, workspaceId: string): Promise<void> {
  await lockSearch(tx, workspaceId);
  const audiences = await selectAudiences(tx, workspaceId);
  const commenters = await selectCommenters(tx, workspaceId, { creatorsMin, limit: commentersMax });
  const found = findPods({ commenters, audiences });
  const at = infra.clock.now();
  const pods: PodWrite[] = [];
  for (const pod of (found ?? []).slice(0, podsMax)) pods.push(await describe(tx, workspaceId, pod, at));
  const known = await selectPods(tx, workspaceId, { limit: podsMax });
  await replacePods(tx, workspaceId, {
    pods: keepIds(pods, known),
    at,
    search: describeSearch(audiences, { found: found?.length ?? null, candidates: commenters.length }),
  });
  const profileIds = [...known, ...pods].flatMap((pod) => pod.members.flatMap((member) => member.profileIds));
  await tellOwners(infra, tx, { workspaceId, profileIds });
}

/** A pod that keeps half of its members keeps its id, so that an address of it stays good. */
function keepIds(
  pods: readonly PodWrite[],
  known: readonly { id: string; members: { authorKey: string }[] }[],
): PodWrite[] {
  const idOf = new Map(known.flatMap((pod) => pod.members.map((member) => [member.authorKey, pod.id] as const)));
  const taken = new Set<string>();
  return pods.map((pod) => {
    const votes = new Map<string, number>();
    for (const { authorKey } of pod.members) {
      const id = idOf.get(authorKey);
      if (id !== undefined) votes.set(id, (votes.get(id) ?? 0) + 1);
    }
    const [best] = [...votes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    if (best === undefined || taken.has(best[0]) || best[1] * 2 < pod.members.length) return pod;
    taken.add(best[0]);
    return { ...pod, id: best[0] };
  });
}

async function describe(tx: Tx, workspaceId: string, pod: FoundPod, at: Date): Promise<PodWrite> {
  const comments = await selectMemberComments(tx, workspaceId, {
    authorKeys: pod.members.map((member) => member.key),
    profileIds: pod.profileIds,
    limit: memberCommentsMax,
  });
  const placed = new Map(
    (
      await readComments(
        tx,
        workspaceId,
        comments.map((one) => one.commentId),
      )
    ).map((one) => [one.id, one]),
  );
  const judged = judgePod({
    kinds: comments.map((one) => one.kind),
    minutes: comments.flatMap((one) => minutesAfter(placed.get(one.commentId)) ?? []),
    members: pod.members.length,
    membersWithProfile: ownersAmong(pod, placed).size,
  });
  const countOf = Map.groupBy(comments, (one: MemberComment) => one.authorKey);
  return {
    id: newId('commentPod', at.getTime()),
    state: judged.state,
    figures: {
      members: pod.members.length,
      creators: pod.profileIds.length,
      comments: comments.length,
      sharedCreators: pod.sharedCreators,
      expectedShared: pod.expectedShared,
      genericShare: judged.genericShare,
      medianMinutes: judged.medianMinutes,
      timed: judged.timed,
      marks: judged.marks,
    },
    members: pod.members.map((member) => ({
      authorKey: member.key,
      profileIds: member.profileIds,
      comments: countOf.get(member.key)?.length ?? 0,
    })),
  };
}

/** Members that are themselves creators under whose posts the others comment. */
function ownersAmong(pod: FoundPod, placed: ReadonlyMap<string, CommentInPlace>): Set<string> {
  const keys = new Set(pod.members.map((member) => member.key));
  return new Set(
    [...placed.values()].flatMap((one) => {
      const key = authorKeyOf(one.platform, bareHandle(one.handle));
      return key !== null && keys.has(key) ? [key] : [];
    }),
  );
}

/** Minutes from post to comment; null where one of the times is not known or the comment is older than the post. */
export function minutesAfter(comment: CommentInPlace | undefined): number | null {
  if (comment === undefined || comment.commentedAt === null || comment.postedAt === null) return null;
  const minutes = (comment.commentedAt.getTime() - comment.postedAt.getTime()) / 60_000;
  return minutes < 0 ? null : minutes;
}

function describeSearch(
  audiences: ReadonlyMap<string, number>,
  of: { found: number | null; candidates: number },
): Omit<PodSearch, 'searchedAt'> {
  const visits = [...audiences.values()].reduce((sum, size) => sum + size, 0);
  const seen = { creators: audiences.size, commenters: of.candidates };
  if (of.found === null) {
    return {
      ...seen,
      state: 'not_enough_data',
      text: `Not enough data to tell a pod from chance: comments by ${visits} named commenters under ${audiences.size} creators. It takes at least ${creatorsForPods} creators and ${commentersForPods} commenters.`,
    };
  }
  return {
    ...seen,
    state: 'searched',
    text: `${of.candidates} commenters appear under ${creatorsMin} creators or more, of ${audiences.size} creators with comments; ${of.found === 0 ? 'none of them meet more often than by chance' : `${of.found} ${of.found === 1 ? 'group meets' : 'groups meet'} more often than by chance`}.`,
  };
}
