import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface CodeRow {
  id: string;
  code: string;
  code_key: string;
  kind: 'percent' | 'fixed' | 'free_shipping';
  percent: string | null;
  amount_minor: bigint | null;
  currency: string | null;
  starts_at: Date | null;
  ends_at: Date | null;
  usage_limit: number | null;
  state: 'live' | 'paused' | 'archived';
  campaign_id: string | null;
  enrolment_id: string | null;
  person_id: string | null;
  created_at: Date;
  scope: 'all' | 'products' | 'collections';
  scope_items: { shopId: string; externalId: string; name: string }[];
  is_first_order: boolean;
  is_once_per_customer: boolean;
  minimum_minor: bigint | null;
  minimum_currency: string | null;
  minimum_quantity: number | null;
  /** Minor units by currency. */
  other_amounts: Record<string, string>;
  replaces_id: string | null;
}

export interface CodeWithUse extends CodeRow {
  orders: bigint;
  last_used_at: Date | null;
  sort_key: string;
}

export interface NewCode {
  id: string;
  code: string;
  key: string;
  kind: string;
  percent: number | null;
  amountMinor: string | null;
  currency: string | null;
  startsAt: string | null;
  endsAt: string | null;
  usageLimit: number | null;
  campaignId: string | null;
  enrolmentId: string | null;
  personId: string | null;
  createdBy: string;
  scope: CodeRow['scope'];
  scopeItems: CodeRow['scope_items'];
  isFirstOrder: boolean;
  isOncePerCustomer: boolean;
  minimumMinor: string | null;
  minimumCurrency: string | null;
  minimumQuantity: number | null;
  otherAmounts: Record<string, string>;
  replacesId: string | null;
}

const columns = sql`d.id, d.code, d.code_key, d.kind, d.percent, d.amount_minor, d.currency, d.starts_at, d.ends_at, d.usage_limit, d.state,
  d.campaign_id, d.enrolment_id, d.person_id, d.created_at, d.scope, d.scope_items, d.is_first_order, d.is_once_per_customer, d.minimum_minor, d.minimum_currency,
  d.minimum_quantity, d.other_amounts, d.replaces_id`;

/** Inserts those whose code is free in the workspace; returns the ids that went in. */
export async function insertCodes(tx: Tx, workspaceId: string, codes: readonly NewCode[]): Promise<Set<string>> {
  if (codes.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    insert into discount_code (workspace_id, id, code, code_key, kind, percent, amount_minor, currency, starts_at, ends_at, usage_limit, campaign_id, enrolment_id, person_id, created_by,
      scope, scope_items, is_first_order, is_once_per_customer, minimum_minor, minimum_currency, minimum_quantity, other_amounts, replaces_id)
    select ${workspaceId}, c.id, c.code, c.key, c.kind, c.percent, c."amountMinor", c.currency, c."startsAt", c."endsAt", c."usageLimit", c."campaignId", c."enrolmentId", c."personId", c."createdBy",
      c.scope, c."scopeItems", c."isFirstOrder", c."isOncePerCustomer", c."minimumMinor", c."minimumCurrency", c."minimumQuantity", c."otherAmounts", c."replacesId"
    from jsonb_to_recordset(${JSON.stringify(codes)}::jsonb) as c (id text, code text, key text, kind text, percent numeric, "amountMinor" bigint, currency text,
      "startsAt" timestamptz, "endsAt" timestamptz, "usageLimit" int, "campaignId" text, "enrolmentId" text, "personId" text, "createdBy" text,
      scope text, "scopeItems" jsonb, "isFirstOrder" boolean, "isOncePerCustomer" boolean, "minimumMinor" bigint, "minimumCurrency" text, "minimumQuantity" int,
      "otherAmounts" jsonb, "replacesId" text)
    on conflict (workspace_id, code_key) do nothing
    returning id`.execute(tx);
  return new Set(rows.map((row) => row.id));
}

export interface CodeQuery {
  workspaceId: string;
  q?: string | undefined;
  personIds?: readonly string[] | undefined;
  campaignId?: string | undefined;
  enrolmentId?: string | undefined;
  personId?: string | undefined;
  state?: string | undefined;
  ids?: readonly string[] | undefined;
  limit: number;
  after: { key: string; id: string } | null;
}

/** Codes, newest first, with the orders that used them. */
export async function selectCodes(tx: Tx, query: CodeQuery): Promise<CodeWithUse[]> {
  const { workspaceId, q, after } = query;
  const conditions = [
    sql`d.workspace_id = ${workspaceId}`,
    query.ids === undefined ? null : sql`d.id = any(${[...query.ids]}::text[])`,
    query.campaignId === undefined ? null : sql`d.campaign_id = ${query.campaignId}`,
    query.enrolmentId === undefined ? null : sql`d.enrolment_id = ${query.enrolmentId}`,
    query.personId === undefined ? null : sql`d.person_id = ${query.personId}`,
    query.state === undefined ? null : sql`d.state = ${query.state}`,
    q === undefined
      ? null
      : sql`(position(upper(${q}) in d.code_key) > 0 or d.person_id = any(${[...(query.personIds ?? [])]}::text[]))`,
    after === null
      ? null
      : sql`((extract(epoch from d.created_at) * 1000000)::bigint, d.id) < (${after.key}::bigint, ${after.id})`,
  ].filter((condition) => condition !== null);
  const { rows } = await sql<CodeWithUse>`
    select ${columns}, u.orders, u.last_used_at, (extract(epoch from d.created_at) * 1000000)::bigint::text as sort_key
    from discount_code d, lateral (
      select count(*) as orders, max(c.ordered_at) as last_used_at from conversion c
      where c.workspace_id = d.workspace_id and c.state = 'paid' and c.code_keys @> array[d.code_key]
    ) u
    where ${sql.join(conditions, sql` and `)}
    order by d.created_at desc, d.id desc limit ${query.limit}`.execute(tx);
  return rows;
}

export async function selectCode(tx: Tx, workspaceId: string, id: string): Promise<CodeRow | undefined> {
  const { rows } = await sql<CodeRow>`
    select ${columns} from discount_code d where d.workspace_id = ${workspaceId} and d.id = ${id}`.execute(tx);
  return rows[0];
}

export async function lockCode(tx: Tx, workspaceId: string, id: string): Promise<CodeRow | undefined> {
  const { rows } = await sql<CodeRow>`
    select ${columns} from discount_code d where d.workspace_id = ${workspaceId} and d.id = ${id} for update`.execute(
    tx,
  );
  return rows[0];
}

export async function changeCode(
  tx: Tx,
  workspaceId: string,
  code: { id: string; state: string; startsAt: Date | null; endsAt: Date | null; usageLimit: number | null },
): Promise<void> {
  await tx
    .updateTable('discount_code')
    .set({ state: code.state, starts_at: code.startsAt, ends_at: code.endsAt, usage_limit: code.usageLimit })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', code.id)
    .execute();
}

/** Whose code it is. */
export async function changeCodeOwner(
  tx: Tx,
  workspaceId: string,
  id: string,
  owner: { campaignId: string | null; enrolmentId: string | null; personId: string | null },
): Promise<void> {
  await tx
    .updateTable('discount_code')
    .set({ campaign_id: owner.campaignId, enrolment_id: owner.enrolmentId, person_id: owner.personId })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Codes of these keys, by key. */
export async function findCodes(tx: Tx, workspaceId: string, keys: readonly string[]): Promise<Map<string, CodeRow>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql<CodeRow>`
    select ${columns} from discount_code d where d.workspace_id = ${workspaceId} and d.code_key = any(${[...keys]}::text[])`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.code_key, row]));
}

/** Orders that used one of these codes: their credit rests on it. */
export async function ordersWithCodes(tx: Tx, workspaceId: string, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select id from conversion where workspace_id = ${workspaceId} and code_keys && ${[...keys]}::text[] order by id`.execute(
    tx,
  );
  return rows.map((row) => row.id);
}

export async function enrolmentsWithCode(tx: Tx, workspaceId: string, campaignId: string): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('discount_code')
    .select('enrolment_id')
    .distinct()
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .where('enrolment_id', 'is not', null)
    .where('state', '!=', 'archived')
    .execute();
  return new Set(rows.flatMap((row) => (row.enrolment_id === null ? [] : [row.enrolment_id])));
}

export async function personsWithCodes(tx: Tx, workspaceId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('discount_code')
    .select('person_id')
    .distinct()
    .where('workspace_id', '=', workspaceId)
    .where('person_id', 'is not', null)
    .execute();
  return rows.flatMap((row) => (row.person_id === null ? [] : [row.person_id]));
}

/** Orders of each of these codes by day of the workspace's time zone, from that day on; days without orders are left out. */
export async function codeDays(
  tx: Tx,
  workspaceId: string,
  of: { keys: readonly string[]; from: string; timeZone: string },
): Promise<{ code_key: string; day: string; orders: number }[]> {
  if (of.keys.length === 0) return [];
  const { rows } = await sql<{ code_key: string; day: string; orders: number }>`
    select k.code_key, (c.ordered_at at time zone ${of.timeZone})::date as day, count(*)::int as orders
    from conversion c cross join lateral unnest(c.code_keys) as k (code_key)
    where c.workspace_id = ${workspaceId} and c.state = 'paid' and c.code_keys && ${[...of.keys]}::text[]
      and c.ordered_at >= (${of.from}::date)::timestamp at time zone ${of.timeZone} and k.code_key = any(${[...of.keys]}::text[])
    group by 1, 2 order by 1, 2`.execute(tx);
  return rows;
}

/** The codes these took over from, and those that took over from these, both ways by id. */
export async function codeSuccession(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<{ old_id: string; old_code: string; new_id: string; new_code: string }[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ old_id: string; old_code: string; new_id: string; new_code: string }>`
    select o.id as old_id, o.code as old_code, n.id as new_id, n.code as new_code
    from discount_code n join discount_code o on o.workspace_id = n.workspace_id and o.id = n.replaces_id
    where n.workspace_id = ${workspaceId} and (n.id = any(${[...ids]}::text[]) or o.id = any(${[...ids]}::text[]))
    order by n.id`.execute(tx);
  return rows;
}

/** Which of these keys are taken in the workspace. */
export async function takenKeys(tx: Tx, workspaceId: string, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const { rows } = await sql<{ code_key: string }>`
    select code_key from discount_code where workspace_id = ${workspaceId} and code_key = any(${[...keys]}::text[])`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.code_key));
}
