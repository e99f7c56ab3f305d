import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { type OwnSafetyList, type SafetyCategory, safetyCategorySchema } from '../api.ts';

interface ListRow {
  id: string;
  name: string;
  category: string;
  effect: string;
  words: string[];
  version: number;
  updated_by_name: string;
  updated_at: Date;
}

/** The lists of a workspace, by name. */
export async function selectSafetyLists(tx: Tx, workspaceId: string): Promise<OwnSafetyList[]> {
  const rows = await tx
    .selectFrom('safety_list')
    .select(['id', 'name', 'category', 'effect', 'words', 'version', 'updated_by_name', 'updated_at'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(toList);
}

function toList(row: ListRow): OwnSafetyList {
  return {
    id: row.id,
    name: row.name,
    category: safetyCategorySchema.parse(row.category),
    effect: row.effect === 'allow' ? 'allow' : 'flag',
    words: row.words,
    version: row.version,
    updatedBy: row.updated_by_name,
    updatedAt: row.updated_at.toISOString(),
  };
}

export type ListSave = Pick<OwnSafetyList, 'id' | 'name' | 'category' | 'effect' | 'words'> & { by: string; at: Date };

/** Adds a list. Null when one of that name is there. */
export async function insertSafetyList(tx: Tx, workspaceId: string, list: ListSave): Promise<OwnSafetyList | null> {
  const row = await tx
    .insertInto('safety_list')
    .values({
      workspace_id: workspaceId,
      id: list.id,
      name: list.name,
      category: list.category,
      effect: list.effect,
      words: list.words,
      updated_by_name: list.by,
      updated_at: list.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : toList(row);
}

export async function isSafetyListName(
  tx: Tx,
  workspaceId: string,
  of: { name: string; exceptId: string },
): Promise<boolean> {
  const row = await tx
    .selectFrom('safety_list')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`lower(name) = lower(${of.name})`)
    .where('id', '<>', of.exceptId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function updateSafetyList(tx: Tx, workspaceId: string, list: ListSave): Promise<OwnSafetyList | null> {
  const row = await tx
    .updateTable('safety_list')
    .set((expression) => ({
      name: list.name,
      category: list.category,
      effect: list.effect,
      words: list.words,
      updated_by_name: list.by,
      updated_at: list.at,
      version: expression('version', '+', 1),
    }))
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', list.id)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : toList(row);
}

export async function deleteSafetyList(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const result = await tx
    .deleteFrom('safety_list')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Categories that are off, and the version that counts every change of words or categories; 0 before the first. */
export async function readSafetySettings(
  tx: Tx,
  workspaceId: string,
): Promise<{ off: SafetyCategory[]; version: number }> {
  const row = await tx
    .selectFrom('safety_settings')
    .select(['off', 'version'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
  return row === undefined
    ? { off: [], version: 0 }
    : { off: row.off.map((one) => safetyCategorySchema.parse(one)), version: row.version };
}

/** Counts a change; with `off` the categories change too. */
export async function bumpSafetySettings(tx: Tx, workspaceId: string, off?: readonly string[]): Promise<void> {
  await sql`
    insert into safety_settings (workspace_id, off, version) values (${workspaceId}, ${off ?? []}, 1)
    on conflict (workspace_id) do update set version = safety_settings.version + 1,
      off = case when ${off !== undefined} then excluded.off else safety_settings.off end`.execute(tx);
}
