import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Brief, CampaignModel, ModelGoal, Stage } from '../api.ts';

export async function selectOwnModels(tx: Tx, workspaceId: string) {
  return tx
    .selectFrom('campaign_model')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute();
}
export type OwnModelRow = Awaited<ReturnType<typeof selectOwnModels>>[number];

/** A model of one's own, held until the transaction ends. */
export async function lockOwnModel(tx: Tx, workspaceId: string, id: string): Promise<OwnModelRow | undefined> {
  return tx
    .selectFrom('campaign_model')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** How many campaigns were planned by each model, by the id of one's own, else the model. */
export async function countCampaignsByModel(tx: Tx, workspaceId: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; campaigns: number }>`
    select coalesce(own_model_id, model) as id, count(*)::int as campaigns from campaign
    where workspace_id = ${workspaceId} group by 1 order by 1`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.campaigns]));
}

export interface OwnModel {
  id: string;
  name: string;
  summary: string;
  model: CampaignModel;
  stages: readonly Stage[];
  goals: readonly ModelGoal[];
  brief: Brief | null;
  anchorOn: string | null;
}

/** Writes a model of one's own. False when another has that name. */
export async function upsertOwnModel(
  tx: Tx,
  workspaceId: string,
  of: { row: OwnModel; by: string; at: Date },
): Promise<boolean> {
  const { row } = of;
  const { rows } = await sql`
    insert into campaign_model (workspace_id, id, name, summary, model, stages, goals, brief, anchor_on, created_by, created_at, updated_at)
    select ${workspaceId}, ${row.id}, ${row.name}, ${row.summary}, ${row.model}, ${JSON.stringify(row.stages)}::jsonb, ${JSON.stringify(row.goals)}::jsonb,
      ${row.brief === null ? null : JSON.stringify(row.brief)}::jsonb, ${row.anchorOn}::date, ${of.by}, ${of.at}::timestamptz, ${of.at}::timestamptz
    where not exists (
      select from campaign_model other
      where other.workspace_id = ${workspaceId} and other.id <> ${row.id} and lower(other.name) = lower(${row.name}))
    on conflict (workspace_id, id) do update set name = excluded.name, summary = excluded.summary, stages = excluded.stages, goals = excluded.goals,
      brief = excluded.brief, anchor_on = excluded.anchor_on, updated_at = excluded.updated_at
    returning id`.execute(tx);
  return rows.length > 0;
}

export async function deleteOwnModel(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await sql`update campaign set own_model_id = null where workspace_id = ${workspaceId} and own_model_id = ${id}`.execute(
    tx,
  );
  await tx.deleteFrom('campaign_model').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}
