import type { Tx } from '#infra/db/database.ts';
import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { addToList, noteListMember, removeFromList } from './api.ts';
import { discoveryError } from './errors.ts';
import { listsChanged } from './events.ts';
import type { IndexHost } from './index-host.ts';
import { deleteMembers, insertMembers, lockList, selectList, setMemberNote } from './queries/lists.ts';

/** A list is worked through by people; a group larger than this is a saved search. */
export const listMembersMax = 20_000;

/** Adds creators that exist, those that were merged by the person they were merged into. Error: unknown_creators, naming them. */
export async function addExisting(
  infra: Infra,
  tx: Tx,
  add: { workspaceId: string; listId: string; personIds: readonly string[]; note: string | null; actor: Actor },
): Promise<number> {
  const { workspaceId, listId } = add;
  const cards = await readPersonCards(tx, workspaceId, add.personIds);
  const unknown = add.personIds.filter((id) => !cards.has(id));
  if (unknown.length > 0) {
    const details = unknown
      .slice(0, 20)
      .map((id) => ({ field: `personIds.${add.personIds.indexOf(id)}`, message: `no creator ${id}` }));
    throw discoveryError(
      'unknown_creators',
      `${unknown.length} of the ${add.personIds.length} creators do not exist; none was added.`,
      details,
    );
  }
  const personIds = [...new Set([...cards.values()].map((card) => card.personId))];
  const added = await insertMembers(tx, workspaceId, {
    listId,
    personIds,
    note: add.note,
    addedBy: add.actor.name,
    addedAt: infra.clock.now(),
  });
  const members = Number((await selectList(tx, workspaceId, listId))?.members ?? 0n);
  if (members > listMembersMax)
    throw discoveryError(
      'list_full',
      `The list would have ${members} members; at most ${listMembersMax} fit. Save the search instead.`,
    );
  return added;
}

/** Puts creators on a list; who is on it already stays as they are, note and all. */
export async function addMembers(
  infra: Infra,
  host: IndexHost,
  call: Call<typeof addToList>,
): Promise<{ added: number; already: number }> {
  const { workspaceId, input, actor } = call;
  const personIds = [...new Set(input.personIds)];
  const added = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const list = await lockList(tx, workspaceId, input.listId);
    if (list === null) throw notFound('list');
    if (list.archivedAt !== null) throw discoveryError('list_archived', `"${list.name}" is archived. Reopen it first.`);
    const count = await addExisting(infra, tx, {
      workspaceId,
      listId: input.listId,
      personIds,
      note: input.note ?? null,
      actor,
    });
    if (count > 0) await recordChange(infra, tx, call, { action: 'list.members_added', changes: { added: count } });
    return count;
  });
  await host.refreshList(workspaceId, input.listId);
  return { added, already: personIds.length - added };
}

export async function removeMembers(
  infra: Infra,
  host: IndexHost,
  call: Call<typeof removeFromList>,
): Promise<{ removed: number }> {
  const { workspaceId, input } = call;
  const removed = await infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await lockList(tx, workspaceId, input.listId)) === null) throw notFound('list');
    const count = await deleteMembers(tx, workspaceId, { listId: input.listId, personIds: input.personIds });
    if (count > 0)
      await recordChange(infra, tx, call, {
        action: 'list.members_removed',
        changes: { removed: count, personIds: input.personIds.slice(0, 100) },
      });
    return count;
  });
  await host.refreshList(workspaceId, input.listId);
  return { removed };
}

export async function noteMember(infra: Infra, call: Call<typeof noteListMember>): Promise<{ note: string | null }> {
  const { workspaceId, input } = call;
  const note = input.note?.trim() || null;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    if (!(await setMemberNote(tx, workspaceId, { listId: input.listId, personId: input.personId, note })))
      throw notFound('list member');
    await recordAudit(tx, {
      ...call,
      action: 'list.member_noted',
      subjectKind: 'list',
      subjectId: input.listId,
      changes: { personId: input.personId, note },
    });
    return { note };
  });
}

async function recordChange(
  infra: Infra,
  tx: Tx,
  call: Call<typeof addToList> | Call<typeof removeFromList>,
  what: { action: string; changes: Record<string, unknown> },
): Promise<void> {
  const { workspaceId } = call;
  const { listId } = call.input;
  await recordAudit(tx, {
    workspaceId,
    actor: call.actor,
    requestId: call.requestId,
    action: what.action,
    subjectKind: 'list',
    subjectId: listId,
    changes: what.changes,
  });
  await infra.outbox.emit(tx, { workspaceId, name: listsChanged, payload: { listId } });
}
