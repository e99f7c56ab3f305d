import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import { type Automation, actionUseSchema, conditionSchema } from '../api.ts';

const conditionsSchema = z.array(conditionSchema);
const actionsSchema = z.array(actionUseSchema);

/** An automation as it is kept, without its counts. */
export type StoredAutomation = Omit<Automation, 'runs'>;

interface Row {
  id: string;
  name: string;
  trigger: string;
  conditions: unknown;
  actions: unknown;
  wait_minutes: number;
  daily_max: number;
  hourly_max_each: number;
  state: string;
  paused_because: string | null;
  version: number;
  created_by_name: string;
  created_at: Date;
  updated_by_name: string;
  updated_at: Date;
}

function toAutomation(row: Row): StoredAutomation {
  return {
    id: row.id,
    name: row.name,
    trigger: row.trigger,
    conditions: conditionsSchema.parse(row.conditions),
    actions: actionsSchema.parse(row.actions),
    waitMinutes: row.wait_minutes,
    dailyMax: row.daily_max,
    hourlyMaxEach: row.hourly_max_each,
    state: row.state === 'on' ? 'on' : row.state === 'paused' ? 'paused' : 'off',
    pausedBecause: row.paused_because,
    version: row.version,
    createdBy: row.created_by_name,
    createdAt: row.created_at.toISOString(),
    updatedBy: row.updated_by_name,
    updatedAt: row.updated_at.toISOString(),
  };
}

const select = (tx: Tx, workspaceId: string) =>
  tx.selectFrom('automation').selectAll().where('workspace_id', '=', workspaceId);

export async function selectAutomations(tx: Tx, workspaceId: string): Promise<StoredAutomation[]> {
  const rows = await select(tx, workspaceId).orderBy('name').orderBy('id').execute();
  return rows.map(toAutomation);
}

export async function selectAutomation(tx: Tx, workspaceId: string, id: string): Promise<StoredAutomation | null> {
  const row = await select(tx, workspaceId).where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toAutomation(row);
}

/** Those that are on and wait for one of these events. */
export async function selectListening(
  tx: Tx,
  workspaceId: string,
  events: readonly string[],
): Promise<StoredAutomation[]> {
  const rows = await select(tx, workspaceId)
    .where('state', '=', 'on')
    .where('trigger', 'in', events)
    .orderBy('id')
    .execute();
  return rows.map(toAutomation);
}

export type Content = Pick<
  Automation,
  'name' | 'trigger' | 'conditions' | 'actions' | 'waitMinutes' | 'dailyMax' | 'hourlyMaxEach'
>;

const columnsOf = (content: Content) => ({
  name: content.name,
  trigger: content.trigger,
  conditions: JSON.stringify(content.conditions),
  actions: JSON.stringify(content.actions),
  wait_minutes: content.waitMinutes,
  daily_max: content.dailyMax,
  hourly_max_each: content.hourlyMaxEach,
});

export async function isNameTaken(
  tx: Tx,
  workspaceId: string,
  of: { name: string; exceptId: string },
): Promise<boolean> {
  const row = await tx
    .selectFrom('automation')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`lower(name) = lower(${of.name})`)
    .where('id', '<>', of.exceptId)
    .executeTakeFirst();
  return row !== undefined;
}

interface Write {
  id: string;
  by: string;
  at: Date;
}

export async function insertAutomation(tx: Tx, workspaceId: string, of: Write & { content: Content }): Promise<void> {
  await tx
    .insertInto('automation')
    .values({
      workspace_id: workspaceId,
      id: of.id,
      ...columnsOf(of.content),
      created_by_name: of.by,
      created_at: of.at,
      updated_by_name: of.by,
      updated_at: of.at,
    })
    .execute();
}

/** False when another version is there than the change is based on. */
export async function updateContent(
  tx: Tx,
  workspaceId: string,
  of: Write & { basedOn: number; content: Content },
): Promise<boolean> {
  const done = await tx
    .updateTable('automation')
    .set((expression) => ({
      ...columnsOf(of.content),
      version: expression('version', '+', 1),
      updated_by_name: of.by,
      updated_at: of.at,
    }))
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .where('version', '=', of.basedOn)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function updateState(
  tx: Tx,
  workspaceId: string,
  of: Write & { state: 'on' | 'off' | 'paused'; because: string | null },
): Promise<void> {
  await tx
    .updateTable('automation')
    .set({ state: of.state, paused_because: of.because, updated_by_name: of.by, updated_at: of.at })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .execute();
}

export async function deleteAutomation(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const done = await tx
    .deleteFrom('automation')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return done.numDeletedRows > 0n;
}
