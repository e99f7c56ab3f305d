import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type {
  addSafetyList,
  changeSafetyList,
  getSafetyLists,
  OwnSafetyList,
  putSafetyCategories,
  removeSafetyList,
  SafetyLists,
} from '../api.ts';
import { vettingError } from '../errors.ts';
import { markStale } from '../queries/reports.ts';
import { shippedLists, shippedVersion } from './load-safety-words.ts';
import {
  bumpSafetySettings,
  deleteSafetyList,
  insertSafetyList,
  isSafetyListName,
  readSafetySettings,
  selectSafetyLists,
  updateSafetyList,
} from './queries-lists.ts';
import { countSafetyDue, markAllSafetyDue } from './queries-scans.ts';
import { safetyJob } from './scan-texts.ts';

const listsMax = 100;

/** The words that flag, with their versions. */
export async function readSafetyLists(infra: Infra, call: Call<typeof getSafetyLists>): Promise<SafetyLists> {
  return infra.db.inWorkspace(call.workspaceId, (tx) => listsOf(tx, call.workspaceId));
}

async function listsOf(tx: Tx, workspaceId: string): Promise<SafetyLists> {
  const settings = await readSafetySettings(tx, workspaceId);
  return {
    version: `${shippedVersion}/${settings.version}`,
    shipped: shippedLists.map(({ category, title, version, credit, words, unless }) => ({
      category,
      title,
      version,
      credit,
      isOff: settings.off.includes(category),
      words: Object.fromEntries(Object.entries(words).map(([language, some]) => [language, [...some]])),
      unless: [...unless],
    })),
    own: await selectSafetyLists(tx, workspaceId),
    waiting: await countSafetyDue(tx, workspaceId),
  };
}

/** Adds own words; everybody is searched again in the background. Errors: vetting.list_name, vetting.lists_full. */
export async function addList(infra: Infra, call: Call<typeof addSafetyList>): Promise<OwnSafetyList> {
  const { workspaceId, input, actor } = call;
  const at = infra.clock.now();
  const added = await infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await selectSafetyLists(tx, workspaceId)).length >= listsMax)
      throw vettingError('lists_full', `There are ${listsMax} lists already. Put the words into one of them.`);
    const id = newId('safetyList', at.getTime());
    const list = await insertSafetyList(tx, workspaceId, {
      id,
      ...input,
      words: distinct(input.words),
      by: actor.name,
      at,
    });
    if (list === null) throw nameTaken(input.name);
    await afterChange(infra, tx, call, { action: 'safety_list.added', id, changes: { ...input } });
    return list;
  });
  await infra.jobs.enqueue(safetyJob, { workspaceId }, workspaceId);
  return added;
}

/** Replaces own words. Errors: not_found, vetting.list_name. */
export async function changeList(infra: Infra, call: Call<typeof changeSafetyList>): Promise<OwnSafetyList> {
  const { workspaceId, input, actor } = call;
  const { listId: id, ...rest } = input;
  const changed = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = (await selectSafetyLists(tx, workspaceId)).find((list) => list.id === id);
    if (before === undefined) throw notFound('list');
    if (await isSafetyListName(tx, workspaceId, { name: rest.name, exceptId: id })) throw nameTaken(rest.name);
    const save = { id, ...rest, words: distinct(rest.words), by: actor.name, at: infra.clock.now() };
    const list = await updateSafetyList(tx, workspaceId, save);
    if (list === null) throw notFound('list');
    await afterChange(infra, tx, call, { action: 'safety_list.changed', id, changes: { from: before, to: list } });
    return list;
  });
  await infra.jobs.enqueue(safetyJob, { workspaceId }, workspaceId);
  return changed;
}

/** Removes own words. Error: not_found. */
export async function removeList(infra: Infra, call: Call<typeof removeSafetyList>): Promise<null> {
  const { workspaceId, input } = call;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    if (!(await deleteSafetyList(tx, workspaceId, input.listId))) throw notFound('list');
    await afterChange(infra, tx, call, { action: 'safety_list.removed', id: input.listId, changes: {} });
  });
  await infra.jobs.enqueue(safetyJob, { workspaceId }, workspaceId);
  return null;
}

/** Turns categories off and on. */
export async function changeCategories(infra: Infra, call: Call<typeof putSafetyCategories>): Promise<SafetyLists> {
  const { workspaceId, input } = call;
  const off = [...new Set(input.off)].sort();
  const lists = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await readSafetySettings(tx, workspaceId);
    if ([...before.off].sort().join() === off.join()) return listsOf(tx, workspaceId);
    const changes = { off: { from: before.off, to: off } };
    await afterChange(infra, tx, call, { action: 'safety_categories.changed', id: workspaceId, changes, off });
    return listsOf(tx, workspaceId);
  });
  await infra.jobs.enqueue(safetyJob, { workspaceId }, workspaceId);
  return lists;
}

async function afterChange(
  infra: Infra,
  tx: Tx,
  call: { workspaceId: string; actor: Parameters<typeof recordAudit>[1]['actor']; requestId: string },
  done: { action: string; id: string; changes: Record<string, unknown>; off?: string[] },
): Promise<void> {
  const { workspaceId, actor, requestId } = call;
  await bumpSafetySettings(tx, workspaceId, done.off);
  await markAllSafetyDue(tx, workspaceId);
  await markStale(tx, workspaceId, { personIds: 'all', at: infra.clock.now() });
  await recordAudit(tx, {
    workspaceId,
    actor,
    requestId,
    action: done.action,
    subjectKind: 'safety_list',
    subjectId: done.id,
    changes: done.changes,
  });
}

function nameTaken(name: string): Error {
  return vettingError('list_name', `A list is called "${name}" already. Give another name, or change that list.`, [
    { field: 'name', message: 'is taken' },
  ]);
}

/** Without repeats, compared without case, the first spelling kept. */
function distinct(words: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const word of words) if (!seen.has(word.toLowerCase())) seen.set(word.toLowerCase(), word);
  return [...seen.values()];
}
