import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** What may not earn on an order, with why. */
export interface TouchExclusion {
  conversionId: string;
  personId: string;
  /** One click of theirs; null for everything of theirs on this order. */
  clickId: string | null;
  why: string;
}

export async function selectExclusions(
  tx: Tx,
  workspaceId: string,
  conversionIds: readonly string[],
): Promise<TouchExclusion[]> {
  const { rows } = await sql<TouchExclusion>`
    select conversion_id as "conversionId", person_id as "personId", nullif(click_id, '') as "clickId", why
    from touch_exclusion where workspace_id = ${workspaceId} and conversion_id = any(${[...conversionIds]}::text[])
    order by conversion_id, person_id, click_id, cause`.execute(tx);
  return rows;
}

/** Returns the orders for which something changed. */
export async function insertExclusions(
  tx: Tx,
  workspaceId: string,
  of: { exclusions: readonly TouchExclusion[]; cause: string; at: Date },
): Promise<string[]> {
  if (of.exclusions.length === 0) return [];
  const { rows } = await sql<{ conversion_id: string }>`
    insert into touch_exclusion (workspace_id, conversion_id, person_id, click_id, cause, why, created_at)
    select ${workspaceId}, c.id, x."personId", coalesce(x."clickId", ''), ${of.cause}, x.why, ${of.at}
    from jsonb_to_recordset(${JSON.stringify(of.exclusions)}::jsonb) as x ("conversionId" text, "personId" text, "clickId" text, why text)
    join conversion c on c.workspace_id = ${workspaceId} and c.id = x."conversionId"
    on conflict do nothing returning conversion_id`.execute(tx);
  return [...new Set(rows.map((row) => row.conversion_id))].sort();
}

/** Takes back what a cause excluded, on these orders or, when none are named, on all. Returns the orders for which something changed. */
export async function deleteExclusions(
  tx: Tx,
  workspaceId: string,
  of: { cause: string; conversionIds?: readonly string[] },
): Promise<string[]> {
  const some = of.conversionIds === undefined ? sql`true` : sql`conversion_id = any(${[...of.conversionIds]}::text[])`;
  const { rows } = await sql<{ conversion_id: string }>`
    delete from touch_exclusion where workspace_id = ${workspaceId} and cause = ${of.cause} and ${some} returning conversion_id`.execute(
    tx,
  );
  return [...new Set(rows.map((row) => row.conversion_id))].sort();
}

/** What was excluded for a person that was merged into another is excluded for that one. */
export async function moveExclusions(tx: Tx, workspaceId: string, of: { from: string; to: string }): Promise<void> {
  await sql`
    insert into touch_exclusion (workspace_id, conversion_id, person_id, click_id, cause, why, created_at)
    select workspace_id, conversion_id, ${of.to}, click_id, cause, why, created_at from touch_exclusion
    where workspace_id = ${workspaceId} and person_id = ${of.from} on conflict do nothing`.execute(tx);
  await tx
    .deleteFrom('touch_exclusion')
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', of.from)
    .execute();
}
