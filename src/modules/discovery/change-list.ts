import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { CreatorList, createList, updateList } from './api.ts';
import { addExisting } from './change-members.ts';
import { discoveryError } from './errors.ts';
import { listsChanged } from './events.ts';
import type { IndexHost } from './index-host.ts';
import { changeList, findOpenListByName, insertList, type LockedList, lockList, selectList } from './queries/lists.ts';
import { toList } from './read-lists.ts';

const nameTaken = (name: string) =>
  discoveryError(
    'list_name_taken',
    `There is a list named "${name}" already. Choose another name, or archive that one.`,
    [{ field: 'name', message: 'is taken' }],
  );

/** Creates a list, with its first members when some are named. Errors: list_name_taken, unknown_creators. */
export async function createNewList(
  infra: Infra,
  host: IndexHost,
  call: Call<typeof createList>,
): Promise<CreatorList> {
  const { workspaceId, actor, input } = call;
  const list = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const createdAt = infra.clock.now();
    const id = newId('list', createdAt.getTime());
    if (!(await insertList(tx, { workspaceId, id, name: input.name, createdBy: actor.name, createdAt })))
      throw nameTaken(input.name);
    const added =
      input.personIds.length === 0
        ? 0
        : await addExisting(infra, tx, { workspaceId, listId: id, personIds: input.personIds, note: null, actor });
    await recordAudit(tx, {
      ...call,
      action: 'list.created',
      subjectKind: 'list',
      subjectId: id,
      changes: { name: input.name, members: added },
    });
    await infra.outbox.emit(tx, { workspaceId, name: listsChanged, payload: { listId: id } });
    return toList(await selectList(tx, workspaceId, id));
  });
  await host.refreshList(workspaceId, list.id);
  return list;
}

/** Renames, describes, tags, hands over, archives or reopens a list. Errors: not_found, list_name_taken. */
export async function changeExistingList(
  infra: Infra,
  host: IndexHost,
  call: Call<typeof updateList>,
): Promise<CreatorList> {
  const { workspaceId, input } = call;
  const list = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await lockList(tx, workspaceId, input.listId);
    if (before === null) throw notFound('list');
    const name = input.name ?? before.name;
    const isArchived = input.archived ?? before.archivedAt !== null;
    if (!isArchived) {
      const other = await findOpenListByName(tx, workspaceId, name);
      if (other !== null && other !== input.listId) throw nameTaken(name);
    }
    const after: LockedList = {
      name,
      archivedAt: isArchived ? (before.archivedAt ?? infra.clock.now()) : null,
      note: input.note === undefined ? before.note : input.note || null,
      tags: input.tags === undefined ? before.tags : distinctTags(input.tags),
      ownerId: input.ownerId === undefined ? before.ownerId : input.ownerId,
    };
    await changeList(tx, workspaceId, { id: input.listId, ...after });
    await recordAudit(tx, {
      ...call,
      action: 'list.changed',
      subjectKind: 'list',
      subjectId: input.listId,
      changes: differences(before, after),
    });
    await infra.outbox.emit(tx, { workspaceId, name: listsChanged, payload: { listId: input.listId } });
    return toList(await selectList(tx, workspaceId, input.listId));
  });
  await host.refreshList(workspaceId, list.id);
  return list;
}

/** Tags as first written, each once whatever its case. */
function distinctTags(tags: readonly string[]): string[] {
  return [...new Map(tags.toReversed().map((tag) => [tag.toLowerCase(), tag])).values()].toReversed();
}

function differences(before: LockedList, after: LockedList): Record<string, { from: unknown; to: unknown }> {
  const seen = (list: LockedList) => ({
    name: list.name,
    archived: list.archivedAt !== null,
    note: list.note,
    tags: list.tags.join(', '),
    owner: list.ownerId,
  });
  const [from, to] = [seen(before), seen(after)];
  const keys = (Object.keys(from) as (keyof typeof from)[]).filter((key) => from[key] !== to[key]);
  return Object.fromEntries(keys.map((key) => [key, { from: from[key], to: to[key] }]));
}
