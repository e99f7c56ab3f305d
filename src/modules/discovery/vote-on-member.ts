import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { encodeCursor, type Page } from '#kernel/page.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { CastVote, commentListMember, ListComment, listComments, voteListMember } from './api.ts';
import { insertComment, isMember, putVote, selectComments, selectVotes } from './queries/list-votes.ts';
import { idOfCursor } from './read-lists.ts';

/** Sets, changes or takes back the caller's vote on a member of a list. Error: not_found. */
export async function voteOnMember(infra: Infra, call: Call<typeof voteListMember>): Promise<{ votes: CastVote[] }> {
  const { workspaceId, actor, input } = call;
  const { listId, personId, vote } = input;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const voter = { kind: 'member' as const, id: actor.id, name: actor.name };
    const isPut = await putVote(tx, workspaceId, { listId, personId, voter, vote, votedAt: infra.clock.now() });
    if (!isPut) throw notFound('list member');
    await recordAudit(tx, {
      ...call,
      action: 'list.voted',
      subjectKind: 'list',
      subjectId: listId,
      changes: { personId, vote },
    });
    const votes = await selectVotes(tx, workspaceId, { listId, personIds: [personId] });
    return { votes: votes.get(personId) ?? [] };
  });
}

/** Error: not_found. */
export async function commentOnMember(infra: Infra, call: Call<typeof commentListMember>): Promise<ListComment> {
  const { workspaceId, actor, input } = call;
  const { listId, personId, body } = input;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    if (!(await isMember(tx, workspaceId, { listId, personId }))) throw notFound('list member');
    const createdAt = infra.clock.now();
    const id = newId('listComment', createdAt.getTime());
    const author = { kind: 'member' as const, id: actor.id, name: actor.name };
    await insertComment(tx, workspaceId, { id, listId, personId, author, body, createdAt });
    await recordAudit(tx, {
      ...call,
      action: 'list.commented',
      subjectKind: 'list',
      subjectId: listId,
      changes: { personId },
    });
    return { id, personId, authorKind: 'member', authorName: actor.name, body, at: createdAt.toISOString() };
  });
}

export async function pageComments(infra: Infra, call: Call<typeof listComments>): Promise<Page<ListComment>> {
  const { workspaceId, input } = call;
  const { listId, personId, limit } = input;
  const beforeId = idOfCursor(input.cursor);
  const rows = await infra.db.inWorkspace(workspaceId, async (tx) => {
    if (!(await isMember(tx, workspaceId, { listId, personId }))) throw notFound('list member');
    return selectComments(tx, workspaceId, { listId, personIds: [personId], beforeId, limit: limit + 1 });
  });
  const last = rows[limit - 1];
  return {
    rows: rows.slice(0, limit),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.id]) : null,
  };
}
