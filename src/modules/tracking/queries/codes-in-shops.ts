import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface CodeInShopRow {
  code_id: string;
  shop_id: string;
  wanted: number;
  made: number;
  is_imported: boolean;
  is_failed: boolean;
  message: string | null;
  due_at: Date;
  made_at: Date | null;
  shop_uses: number | null;
  shop_uses_at: Date | null;
  /** The shop is connected and used for codes. */
  is_on: boolean;
}

/** How these codes stand in the shops they are wanted in. */
export async function selectCodesInShops(
  tx: Tx,
  workspaceId: string,
  codeIds: readonly string[],
): Promise<CodeInShopRow[]> {
  if (codeIds.length === 0) return [];
  const { rows } = await sql<CodeInShopRow>`
    select i.code_id, i.shop_id, i.wanted, i.made, i.is_imported, i.is_failed, i.message, i.due_at, i.made_at,
      i.shop_uses, i.shop_uses_at, s.is_on
    from code_in_shop i join code_shop s on s.workspace_id = i.workspace_id and s.shop_id = i.shop_id
    where i.workspace_id = ${workspaceId} and i.code_id = any(${[...codeIds]}::text[])
    order by s.created_at, s.shop_id, i.code_id`.execute(tx);
  return rows;
}

/** Wants these codes in these shops, or in the default ones for null; what failed there is tried anew. Returns how many wait now. */
export async function wantCodes(
  tx: Tx,
  workspaceId: string,
  of: { codeIds: readonly string[]; shopIds: readonly string[] | null; at: Date },
): Promise<number> {
  const { rows } = await sql<{ code_id: string }>`
    insert into code_in_shop as i (workspace_id, code_id, shop_id, due_at)
    select c.workspace_id, c.id, s.shop_id, ${of.at} from discount_code c join code_shop s on s.workspace_id = c.workspace_id
    where c.workspace_id = ${workspaceId} and c.id = any(${[...of.codeIds]}::text[]) and s.is_on
      and ${of.shopIds === null ? sql`s.is_default` : sql`s.shop_id = any(${[...of.shopIds]}::text[])`}
    order by c.id, s.shop_id
    on conflict (workspace_id, code_id, shop_id) do update set is_failed = false, message = null, tries = 0, due_at = excluded.due_at
    where i.made < i.wanted
    returning code_id`.execute(tx);
  return rows.length;
}

/** Tries again in the shops where these codes are wanted and not yet as they should be. */
export async function retryCodes(
  tx: Tx,
  workspaceId: string,
  of: { codeIds: readonly string[]; at: Date },
): Promise<number> {
  const { rows } = await sql<{ code_id: string }>`
    update code_in_shop set is_failed = false, message = null, tries = 0, due_at = ${of.at}
    where workspace_id = ${workspaceId} and code_id = any(${[...of.codeIds]}::text[]) and made < wanted
    returning code_id`.execute(tx);
  return rows.length;
}

/** A code changed: every shop that has it or is to have it gets the new version. */
export async function wantAnew(tx: Tx, workspaceId: string, of: { codeId: string; at: Date }): Promise<void> {
  await sql`
    update code_in_shop set wanted = wanted + 1, is_failed = false, message = null, tries = 0, due_at = ${of.at}
    where workspace_id = ${workspaceId} and code_id = ${of.codeId}`.execute(tx);
}

export interface DueCode {
  workspace_id: string;
  code_id: string;
  shop_id: string;
  wanted: number;
  made: number;
  external_id: string | null;
  tries: number;
}

/**
 * Takes what is due, over all workspaces, and puts it off for the time a try may take, so that no other process takes it meanwhile and a crash
 * leads to another try.
 */
export async function takeDueCodes(
  tx: Tx,
  of: { now: Date; leaseMs: number; limit: number; workspaceId: string | null },
): Promise<DueCode[]> {
  const { rows } = await sql<DueCode>`
    update code_in_shop i set due_at = ${new Date(of.now.getTime() + of.leaseMs)}, tries = i.tries + 1, first_tried_at = coalesce(i.first_tried_at, ${of.now})
    from (
      select d.workspace_id, d.code_id, d.shop_id from code_in_shop d
      join code_shop s on s.workspace_id = d.workspace_id and s.shop_id = d.shop_id and s.is_on
      where d.made < d.wanted and not d.is_failed and d.due_at <= ${of.now} ${of.workspaceId === null ? sql`` : sql`and d.workspace_id = ${of.workspaceId}`}
      order by d.due_at, d.workspace_id, d.shop_id, d.code_id limit ${of.limit} for update of d skip locked
    ) as t
    where i.workspace_id = t.workspace_id and i.code_id = t.code_id and i.shop_id = t.shop_id
    returning i.workspace_id, i.code_id, i.shop_id, i.wanted, i.made, i.external_id, i.tries`.execute(tx);
  return rows.sort((a, b) => `${a.shop_id} ${a.code_id}`.localeCompare(`${b.shop_id} ${b.code_id}`));
}

interface OfCode {
  codeId: string;
  shopId: string;
}

/** The shop has the code in that version. */
export async function stateMade(
  tx: Tx,
  workspaceId: string,
  of: OfCode & { version: number; externalId: string; at: Date },
): Promise<void> {
  await sql`
    update code_in_shop set made = greatest(made, ${of.version}), external_id = ${of.externalId}, made_at = coalesce(made_at, ${of.at}), message = null, tries = 0
    where workspace_id = ${workspaceId} and code_id = ${of.codeId} and shop_id = ${of.shopId}`.execute(tx);
}

/** Not yet: when it is tried again and why, or that a person has to act. A version that was asked for meanwhile is not held up by it. */
export async function statePutOff(
  tx: Tx,
  workspaceId: string,
  of: OfCode & { version: number; dueAt: Date; message: string; isFailed: boolean },
): Promise<void> {
  await sql`
    update code_in_shop set due_at = ${of.dueAt}, message = ${of.message}, is_failed = ${of.isFailed}
    where workspace_id = ${workspaceId} and code_id = ${of.codeId} and shop_id = ${of.shopId} and wanted = ${of.version}`.execute(
    tx,
  );
}

/** What a shop's codes are ours by id, and how often the shop says they were used. Of each code the row wins that is there already. */
export async function linkImported(
  tx: Tx,
  workspaceId: string,
  of: {
    shopId: string;
    at: Date;
    rows: readonly { codeId: string; externalId: string; uses: number | null }[];
  },
): Promise<void> {
  if (of.rows.length === 0) return;
  await sql`
    insert into code_in_shop as i (workspace_id, code_id, shop_id, wanted, made, external_id, is_imported, due_at, made_at, shop_uses, shop_uses_at)
    select ${workspaceId}, r."codeId", ${of.shopId}, 1, 1, r."externalId", true, ${of.at}, ${of.at}, r.uses, ${of.at}
    from jsonb_to_recordset(${JSON.stringify(of.rows)}::jsonb) as r ("codeId" text, "externalId" text, uses int)
    order by r."codeId"
    on conflict (workspace_id, code_id, shop_id) do update set shop_uses = excluded.shop_uses, shop_uses_at = excluded.shop_uses_at,
      external_id = coalesce(i.external_id, excluded.external_id)`.execute(tx);
}

/** The shop works again: what waits for it or failed there is due. */
export async function retryShop(tx: Tx, workspaceId: string, of: { shopId: string; at: Date }): Promise<void> {
  await sql`
    update code_in_shop set is_failed = false, message = null, tries = 0, due_at = ${of.at}
    where workspace_id = ${workspaceId} and shop_id = ${of.shopId} and made < wanted`.execute(tx);
}
