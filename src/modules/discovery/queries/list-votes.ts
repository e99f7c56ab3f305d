import type { Tx } from '#infra/db/database.ts';
import type { CastVote, ListComment, Vote } from '../api.ts';
import { voteSchema } from '../api.ts';

interface Members {
  listId: string;
  personIds: readonly string[];
}

/** Votes on members of a list, by person, each list of votes oldest first. */
export async function selectVotes(tx: Tx, workspaceId: string, of: Members): Promise<Map<string, CastVote[]>> {
  const byPerson = new Map<string, CastVote[]>();
  if (of.personIds.length === 0) return byPerson;
  const rows = await tx
    .selectFrom('list_vote')
    .select(['person_id', 'voter_kind', 'voter_id', 'voter_name', 'vote', 'voted_at'])
    .where('workspace_id', '=', workspaceId)
    .where('list_id', '=', of.listId)
    .where('person_id', 'in', of.personIds)
    .orderBy('voted_at')
    .orderBy('voter_kind')
    .orderBy('voter_id')
    .execute();
  for (const row of rows) {
    const votes = byPerson.get(row.person_id) ?? [];
    votes.push({
      voterKind: kindOf(row.voter_kind),
      voterId: row.voter_id,
      voterName: row.voter_name,
      vote: voteSchema.parse(row.vote),
      at: row.voted_at.toISOString(),
    });
    byPerson.set(row.person_id, votes);
  }
  return byPerson;
}

export interface Voter {
  kind: 'member' | 'guest';
  id: string;
  name: string;
}

interface Ballot {
  listId: string;
  personId: string;
  voter: Voter;
  vote: Vote | null;
  votedAt: Date;
}

/** Sets, changes or takes back one person's vote. False when the creator is not on the list. */
export async function putVote(tx: Tx, workspaceId: string, ballot: Ballot): Promise<boolean> {
  const { listId, personId, voter } = ballot;
  if (!(await isMember(tx, workspaceId, { listId, personId }))) return false;
  if (ballot.vote === null) {
    await tx
      .deleteFrom('list_vote')
      .where('workspace_id', '=', workspaceId)
      .where('list_id', '=', listId)
      .where('person_id', '=', personId)
      .where('voter_kind', '=', voter.kind)
      .where('voter_id', '=', voter.id)
      .execute();
    return true;
  }
  const values = { voter_name: voter.name, vote: ballot.vote, voted_at: ballot.votedAt };
  await tx
    .insertInto('list_vote')
    .values({
      workspace_id: workspaceId,
      list_id: listId,
      person_id: personId,
      voter_kind: voter.kind,
      voter_id: voter.id,
      ...values,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'list_id', 'person_id', 'voter_kind', 'voter_id']).doUpdateSet(values),
    )
    .execute();
  return true;
}

/** Holds the member against being taken off until the transaction ends. */
export async function isMember(
  tx: Tx,
  workspaceId: string,
  member: { listId: string; personId: string },
): Promise<boolean> {
  const row = await tx
    .selectFrom('list_member')
    .select('person_id')
    .where('workspace_id', '=', workspaceId)
    .where('list_id', '=', member.listId)
    .where('person_id', '=', member.personId)
    .forKeyShare()
    .executeTakeFirst();
  return row !== undefined;
}

export async function countComments(tx: Tx, workspaceId: string, of: Members): Promise<Map<string, number>> {
  if (of.personIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('list_comment')
    .select(['person_id'])
    .select((eb) => eb.fn.countAll<bigint>().as('n'))
    .where('workspace_id', '=', workspaceId)
    .where('list_id', '=', of.listId)
    .where('person_id', 'in', of.personIds)
    .groupBy('person_id')
    .execute();
  return new Map(rows.map((row) => [row.person_id, Number(row.n)]));
}

export async function insertComment(
  tx: Tx,
  workspaceId: string,
  comment: { id: string; listId: string; personId: string; author: Voter; body: string; createdAt: Date },
): Promise<void> {
  await tx
    .insertInto('list_comment')
    .values({
      workspace_id: workspaceId,
      id: comment.id,
      list_id: comment.listId,
      person_id: comment.personId,
      author_kind: comment.author.kind,
      author_id: comment.author.id,
      author_name: comment.author.name,
      body: comment.body,
      created_at: comment.createdAt,
    })
    .execute();
}

/** Comments on the named members, newest first. */
export async function selectComments(
  tx: Tx,
  workspaceId: string,
  page: Members & { beforeId: string | null; limit: number },
): Promise<ListComment[]> {
  if (page.personIds.length === 0) return [];
  let query = tx
    .selectFrom('list_comment')
    .select(['id', 'person_id', 'author_kind', 'author_name', 'body', 'created_at'])
    .where('workspace_id', '=', workspaceId)
    .where('list_id', '=', page.listId)
    .where('person_id', 'in', page.personIds);
  if (page.beforeId !== null) query = query.where('id', '<', page.beforeId);
  const rows = await query.orderBy('id', 'desc').limit(page.limit).execute();
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    authorKind: kindOf(row.author_kind),
    authorName: row.author_name,
    body: row.body,
    at: row.created_at.toISOString(),
  }));
}

function kindOf(kind: string): 'member' | 'guest' {
  return kind === 'guest' ? 'guest' : 'member';
}
