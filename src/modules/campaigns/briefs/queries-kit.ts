import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { CampaignModel } from '../api.ts';

export async function selectTemplates(tx: Tx, workspaceId: string, model: CampaignModel | undefined) {
  let query = tx.selectFrom('brief_template').selectAll().where('workspace_id', '=', workspaceId);
  if (model !== undefined) query = query.where('model', '=', model);
  return query.orderBy('updated_at', 'desc').orderBy('id', 'desc').execute();
}
export type TemplateRow = Awaited<ReturnType<typeof selectTemplates>>[number];

export async function selectTemplate(tx: Tx, workspaceId: string, id: string): Promise<TemplateRow | undefined> {
  return tx
    .selectFrom('brief_template')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** False when a template of that name exists. */
export async function insertTemplate(
  tx: Tx,
  workspaceId: string,
  row: { id: string; name: string; model: string; anchorOn: string; brief: unknown; createdBy: string; at: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('brief_template')
    .values({
      workspace_id: workspaceId,
      id: row.id,
      name: row.name,
      model: row.model,
      anchor_on: row.anchorOn,
      brief: JSON.stringify(row.brief),
      created_by: row.createdBy,
      created_at: row.at,
      updated_at: row.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** False when another template has that name. */
export async function renameTemplate(
  tx: Tx,
  workspaceId: string,
  of: { id: string; name: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update brief_template set name = ${of.name}, updated_at = ${of.at}
    where workspace_id = ${workspaceId} and id = ${of.id} and not exists (
      select from brief_template other where other.workspace_id = ${workspaceId} and other.id <> ${of.id} and lower(other.name) = lower(${of.name}))
    returning id`.execute(tx);
  return rows.length > 0;
}

export async function deleteTemplate(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('brief_template').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

export async function insertImage(
  tx: Tx,
  workspaceId: string,
  of: { fileId: string; uploadedBy: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('brief_image')
    .values({ workspace_id: workspaceId, file_id: of.fileId, uploaded_by: of.uploadedBy, uploaded_at: of.at })
    .execute();
}

/** Which of the files are pictures of mood boards. */
export async function selectImages(tx: Tx, workspaceId: string, fileIds: readonly string[]): Promise<string[]> {
  const rows = await tx
    .selectFrom('brief_image')
    .select('file_id')
    .where('workspace_id', '=', workspaceId)
    .where('file_id', '=', sql<string>`any(${[...fileIds]}::text[])`)
    .orderBy('file_id')
    .execute();
  return rows.map((row) => row.file_id);
}

/** Takes pictures off that nothing names, in any workspace. */
export async function deleteUnnamedImages(
  tx: Tx,
  of: { before: Date; limit: number },
): Promise<{ workspace_id: string; file_id: string }[]> {
  const { rows } = await sql<{ workspace_id: string; file_id: string }>`
    with due as (
      select i.workspace_id, i.file_id from brief_image i
      cross join lateral (select jsonb_build_array(jsonb_build_object('fileId', i.file_id)) as item) as named
      where i.uploaded_at < ${of.before}
        and not exists (select from brief_version b where b.workspace_id = i.workspace_id and b.brief -> 'moodBoard' @> named.item)
        and not exists (select from brief_template t where t.workspace_id = i.workspace_id and t.brief -> 'moodBoard' @> named.item)
        and not exists (select from campaign_model m where m.workspace_id = i.workspace_id and m.brief -> 'moodBoard' @> named.item)
        and not exists (select from brief_receipt r where r.workspace_id = i.workspace_id and r.shown -> 'brief' -> 'moodBoard' @> named.item)
      order by i.uploaded_at, i.file_id limit ${of.limit}
    )
    delete from brief_image i using due
    where i.workspace_id = due.workspace_id and i.file_id = due.file_id
    returning i.workspace_id, i.file_id`.execute(tx);
  return rows;
}
