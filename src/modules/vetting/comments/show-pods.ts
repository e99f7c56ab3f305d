import type { Tx } from '#infra/db/database.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { readComments, readPersonCards, readProfileOwners } from '#modules/creators/index.ts';
import { commentKindSchema, type listPodComments, type Pod, type PodSearch } from '../api.ts';
import { handleOf } from './author-key.ts';
import { readSearch, type StoredPod, selectMemberComments, selectPods } from './queries/pods.ts';
import { minutesAfter } from './search-comments.ts';

const authorsShown = 50;
const profilesShown = 50;
const evidenceReadMax = 2000;

/** Pods as they are shown: with handles of members and names of creators. */
export async function showPods(
  tx: Tx,
  workspaceId: string,
  of: { profileId?: string; podId?: string; limit: number },
): Promise<Pod[]> {
  const pods = await selectPods(tx, workspaceId, of);
  const profileIds = [...new Set(pods.flatMap(sharedProfiles))];
  const owners = await readProfileOwners(tx, workspaceId, profileIds);
  const cards = await readPersonCards(tx, workspaceId, [...new Set(owners.values())]);
  const shown = new Map(
    [...owners].flatMap(([profileId, personId]) => {
      const card = cards.get(personId);
      const profile = card?.profiles.find((one) => one.profileId === profileId);
      if (card === undefined || profile === undefined) return [];
      return [[profileId, { profileId, personId: card.personId, handle: profile.handle, name: card.name }] as const];
    }),
  );
  return pods.map((pod) => ({
    id: pod.id,
    state: pod.state,
    ...pod.figures,
    computedAt: pod.computedAt.toISOString(),
    authors: pod.members.slice(0, authorsShown).map((member) => ({
      handle: handleOf(member.authorKey),
      creators: member.profileIds.length,
      comments: member.comments,
    })),
    profiles: sharedProfiles(pod)
      .flatMap((profileId) => shown.get(profileId) ?? [])
      .slice(0, profilesShown),
  }));
}

/** Profiles under which two members or more comment, those with most members first. */
function sharedProfiles(pod: StoredPod): string[] {
  const counts = new Map<string, number>();
  for (const id of pod.members.flatMap((member) => member.profileIds)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= 2)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([id]) => id);
}

export async function searchState(tx: Tx, workspaceId: string): Promise<PodSearch> {
  const known = await readSearch(tx, workspaceId);
  return (
    known ?? {
      state: 'not_yet',
      text: 'Pods have not been looked for yet; that happens once the comments are read.',
      searchedAt: null,
      creators: 0,
      commenters: 0,
    }
  );
}

/** The comments behind a pod, soonest after the post first. Error: not_found. */
export async function showPodComments(
  tx: Tx,
  workspaceId: string,
  of: { podId: string; limit: number },
): Promise<OutputOf<typeof listPodComments>> {
  const [pod] = await selectPods(tx, workspaceId, { podId: of.podId, limit: 1 });
  if (pod === undefined) throw notFound('pod');
  const comments = await selectMemberComments(tx, workspaceId, {
    authorKeys: pod.members.map((member) => member.authorKey),
    profileIds: sharedProfiles(pod),
    limit: evidenceReadMax,
  });
  const kindOf = new Map(comments.map((one) => [one.commentId, one.kind]));
  const rows = (await readComments(tx, workspaceId, [...kindOf.keys()])).map((one) => ({
    id: one.id,
    authorHandle: one.authorHandle,
    text: one.text,
    kind: commentKindSchema.nullable().parse(kindOf.get(one.id) ?? null),
    creatorHandle: one.handle,
    personId: one.personId,
    postUrl: one.postUrl,
    commentedAt: one.commentedAt?.toISOString() ?? null,
    minutesAfterPost: minutesAfter(one),
  }));
  rows.sort(
    (a, b) =>
      (a.minutesAfterPost ?? Number.POSITIVE_INFINITY) - (b.minutesAfterPost ?? Number.POSITIVE_INFINITY) ||
      (a.id < b.id ? -1 : 1),
  );
  return { rows: rows.slice(0, of.limit) };
}
