import { endedLink, enterGuestLink } from '#infra/guest-links/enter-guest-link.ts';
import { countOpened, type GuestLink } from '#infra/guest-links/guest-links.ts';
import { hashToken } from '#infra/guest-links/secrets.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import {
  type commentAsGuest,
  type ListMember,
  type openShare,
  type ShareColumn,
  type SharedList,
  type SharedMember,
  shareColumnSchema,
  type Vote,
  type voteAsGuest,
} from './api.ts';
import { discoveryError } from './errors.ts';
import type { IndexHost } from './index-host.ts';
import {
  countGuestComments,
  countGuests,
  type ShareRow,
  selectGuestComments,
  selectShare,
} from './queries/list-shares.ts';
import { insertComment, isMember, putVote, type Voter } from './queries/list-votes.ts';
import { selectList } from './queries/lists.ts';
import { pageMembers } from './read-lists.ts';
import { listLink } from './share-list.ts';

/** Calls of one link a minute: a room of clients who vote on a list of a hundred. */
const callsMax = 600;
/** What one link can bring into a list, however many guests pass it on. */
const guestsMax = 200;
const commentsMax = 2000;

/** A page of a shared list: only the columns that were chosen, no notes, no votes of the team. Errors: share_ended, passphrase_needed, passphrase_wrong. */
export async function readShared(infra: Infra, host: IndexHost, call: Call<typeof openShare>): Promise<SharedList> {
  const { input } = call;
  const { share, link } = await enter(infra, input);
  const workspaceId = share.workspace_id;
  const { limit, cursor } = input;
  const page = await pageMembers(infra, host, {
    workspaceId,
    input: { listId: share.list_id, limit, ...(cursor === undefined ? {} : { cursor }) },
  });
  const { list, workspace, comments } = await infra.db.inWorkspace(workspaceId, async (tx) => {
    if (cursor === undefined) await countOpened(tx, link, infra.clock.now());
    return {
      list: await selectList(tx, workspaceId, share.list_id),
      workspace: await getWorkspace(tx, workspaceId),
      comments: await selectGuestComments(
        tx,
        share,
        page.rows.map((row) => row.personId),
      ),
    };
  });
  const columns = share.columns.flatMap((column) => shareColumnSchema.safeParse(column).data ?? []);
  const guestId = input.guestKey === undefined ? null : guestIdOf(share, input.guestKey);
  return {
    listName: list?.name ?? '',
    workspaceName: workspace.name,
    forName: link.name,
    columns,
    canVote: share.can_vote,
    canComment: share.can_comment,
    expiresAt: link.expiresAt,
    members: Number(list?.members ?? 0n),
    rows: page.rows.map((member) => ({
      ...shown(member, columns),
      myVote: member.votes.find((vote) => vote.voterKind === 'guest' && vote.voterId === guestId)?.vote ?? null,
      comments: share.can_comment ? (comments.get(member.personId) ?? []) : [],
    })),
    nextCursor: page.nextCursor,
  };
}

/** Errors: as readShared; not_allowed where the link takes no votes. */
export async function voteByLink(infra: Infra, call: Call<typeof voteAsGuest>): Promise<{ vote: Vote | null }> {
  const { input } = call;
  const { share } = await enter(infra, input);
  if (!share.can_vote) throw discoveryError('share_read_only', 'This link takes no votes.');
  const voter = guestOf(share, input);
  const { personId, vote } = input;
  await infra.db.inWorkspace(share.workspace_id, async (tx) => {
    if ((await countGuests(tx, share)) >= guestsMax)
      throw discoveryError(
        'share_full',
        'This link has taken all the guests it can. Ask whoever sent it for a new one.',
      );
    const ballot = { listId: share.list_id, personId, voter, vote, votedAt: infra.clock.now() };
    if (!(await putVote(tx, share.workspace_id, ballot))) throw notFound('list member');
  });
  return { vote };
}

/** Errors: as readShared; not_allowed where the link takes no comments. */
export async function commentByLink(infra: Infra, call: Call<typeof commentAsGuest>): Promise<{ at: string }> {
  const { input } = call;
  const { share } = await enter(infra, input);
  if (!share.can_comment) throw discoveryError('share_read_only', 'This link takes no comments.');
  const createdAt = infra.clock.now();
  const { personId, body } = input;
  await infra.db.inWorkspace(share.workspace_id, async (tx) => {
    if (!(await isMember(tx, share.workspace_id, { listId: share.list_id, personId }))) throw notFound('list member');
    if ((await countGuestComments(tx, share)) >= commentsMax)
      throw discoveryError('share_full', 'This link has taken all the comments it can.');
    const id = newId('listComment', createdAt.getTime());
    const author = guestOf(share, input);
    await insertComment(tx, share.workspace_id, { id, listId: share.list_id, personId, author, body, createdAt });
  });
  return { at: createdAt.toISOString() };
}

/** The share behind a token, when it stands and the passphrase fits. */
async function enter(
  infra: Infra,
  given: { token: string; passphrase?: string | undefined },
): Promise<{ share: ShareRow; link: GuestLink }> {
  const link = await enterGuestLink(infra, { ...given, kind: listLink, noun: 'list', callsMax });
  const share = await infra.db.inWorkspace(link.workspaceId, async (tx) => {
    const row = await selectShare(tx, link.workspaceId, link.id);
    const list = row === null ? null : await selectList(tx, link.workspaceId, row.list_id);
    return list === null || list.archived_at !== null ? null : row;
  });
  if (share === null) throw endedLink();
  return { share, link };
}

function guestIdOf(share: ShareRow, guestKey: string): string {
  return `${share.id}:${hashToken(guestKey).toString('hex').slice(0, 32)}`;
}

function guestOf(share: ShareRow, guest: { guestKey: string; guestName: string }): Voter {
  return { kind: 'guest', id: guestIdOf(share, guest.guestKey), name: guest.guestName };
}

/** What the chosen columns show of a member, and where these figures come from. */
function shown(member: ListMember, columns: readonly ShareColumn[]): Omit<SharedMember, 'myVote' | 'comments'> {
  const { hit } = member;
  const profile = hit?.profile ?? null;
  const values: { [Column in ShareColumn]: () => SharedMember[Column] } = {
    followers: () => profile?.followers ?? null,
    tier: () => profile?.tier ?? null,
    engagementRate: () => profile?.engagementRate ?? null,
    peers: () => hit?.peers ?? null,
    growth: () => profile?.growth[5] ?? null,
    avgLikes: () => profile?.avgLikes ?? null,
    avgComments: () => profile?.avgComments ?? null,
    avgViews: () => profile?.avgViews ?? null,
    country: () => hit?.country ?? null,
    city: () => hit?.city ?? null,
    languages: () => hit?.languages ?? [],
    niches: () => hit?.niches ?? [],
    lastPost: () => profile?.lastPostAt ?? null,
    bio: () => profile?.bio ?? null,
  };
  const wanted = new Set<string>([...columns, '*']);
  const origins = Object.entries(profile?.provenance ?? {})
    .filter(([field]) => wanted.has(field))
    .map(([field, { source, at, n }]) => [field, { source, at, ...(n === undefined ? {} : { n }) }] as const);
  return {
    personId: member.personId,
    name: member.name,
    platform: profile?.platform ?? null,
    handle: profile?.handle ?? null,
    url: profile?.url ?? null,
    ...Object.fromEntries(columns.map((column) => [column, values[column]()])),
    origins: Object.fromEntries(origins),
  };
}
