import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface TillRow {
  workspace_id: string;
  id: string;
  name: string;
  place: string;
  currency: string;
  source_id: string;
  token_sealed: string;
  is_open: boolean;
  window_at: Date | null;
  window_calls: number;
  wrong_at: Date | null;
  wrong_tries: number;
  seen_at: Date | null;
  created_at: Date;
}

export interface TillWithDay extends TillRow {
  redeemed: number;
  visits: number;
  revenue_minor: bigint;
  last_used_at: Date | null;
}

/** Tills with what was noted on a day of the time zone, undone left out. */
export async function selectTills(
  tx: Tx,
  workspaceId: string,
  of: { day: string; timeZone: string; id?: string | undefined },
): Promise<TillWithDay[]> {
  const { rows } = await sql<TillWithDay>`
    select t.*, u.redeemed, u.visits, u.revenue_minor, u.last_used_at from till t, lateral (
      select count(*) filter (where e.kind = 'redeemed' and e.happened_at >= d.start)::int as redeemed,
        count(*) filter (where e.kind = 'visit' and e.happened_at >= d.start)::int as visits,
        coalesce(sum(e.amount_minor) filter (where e.happened_at >= d.start), 0)::bigint as revenue_minor, max(e.happened_at) as last_used_at
      from till_event e, (select (${of.day}::date)::timestamp at time zone ${of.timeZone} as start) d
      where e.workspace_id = t.workspace_id and e.till_id = t.id and e.undone_at is null
    ) u
    where t.workspace_id = ${workspaceId} ${of.id === undefined ? sql`` : sql`and t.id = ${of.id}`}
    order by lower(t.name), t.id`.execute(tx);
  return rows;
}

/** False when there is a till of this name. */
export async function insertTill(
  tx: Tx,
  till: {
    workspaceId: string;
    id: string;
    name: string;
    place: string;
    currency: string;
    sourceId: string;
    tokenHash: Buffer;
    tokenSealed: string;
    createdBy: string;
    at: Date;
  },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    insert into till (workspace_id, id, name, place, currency, source_id, token_hash, token_sealed, created_by, created_at)
    values (${till.workspaceId}, ${till.id}, ${till.name}, ${till.place}, ${till.currency}, ${till.sourceId}, ${till.tokenHash}, ${till.tokenSealed}, ${till.createdBy}, ${till.at})
    on conflict (workspace_id, name) do nothing returning id`.execute(tx);
  return rows.length > 0;
}

export async function tillNamed(tx: Tx, workspaceId: string, name: string): Promise<string | null> {
  const row = await tx
    .selectFrom('till')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function changeTill(
  tx: Tx,
  workspaceId: string,
  till: { id: string; name: string; place: string; isOpen: boolean },
): Promise<void> {
  await sql`
    update till set name = ${till.name}, place = ${till.place}, is_open = ${till.isOpen}
    where workspace_id = ${workspaceId} and id = ${till.id}`.execute(tx);
}

export async function replaceTillToken(
  tx: Tx,
  workspaceId: string,
  till: { id: string; tokenHash: Buffer; tokenSealed: string },
): Promise<void> {
  await sql`
    update till set token_hash = ${till.tokenHash}, token_sealed = ${till.tokenSealed}, wrong_tries = 0, wrong_at = null
    where workspace_id = ${workspaceId} and id = ${till.id}`.execute(tx);
}

/** Whose token this is; a phone names no workspace. */
export async function tillByToken(tx: Tx, tokenHash: Buffer): Promise<TillRow | undefined> {
  const { rows } = await sql<TillRow>`select * from till where token_hash = ${tokenHash}`.execute(tx);
  return rows[0];
}

/** Counts a call within its current minute and says how many there were. */
export async function countTillCall(tx: Tx, till: TillRow, at: Date): Promise<number> {
  const since = new Date(at.getTime() - 60_000);
  const { rows } = await sql<{ window_calls: number }>`
    update till set window_calls = case when window_at > ${since} then window_calls + 1 else 1 end, window_at = case when window_at > ${since} then window_at else ${at} end,
      seen_at = ${at}
    where workspace_id = ${till.workspace_id} and id = ${till.id} returning window_calls`.execute(tx);
  return rows[0]?.window_calls ?? 0;
}

/** Wrong codes are counted within a window that starts anew after so long without one. */
export async function countWrongCode(tx: Tx, till: TillRow, of: { at: Date; windowMs: number }): Promise<void> {
  const since = new Date(of.at.getTime() - of.windowMs);
  await sql`
    update till set wrong_tries = case when wrong_at > ${since} then wrong_tries + 1 else 1 end, wrong_at = ${of.at}
    where workspace_id = ${till.workspace_id} and id = ${till.id}`.execute(tx);
}

export interface TillEventRow {
  id: string;
  till_id: string;
  kind: 'redeemed' | 'visit';
  code_id: string;
  code: string;
  person_id: string | null;
  campaign_id: string | null;
  amount_minor: bigint | null;
  discount_minor: bigint | null;
  receipt: string | null;
  conversion_id: string | null;
  external_id: string | null;
  currency: string;
  happened_at: Date;
  received_at: Date;
  undone_at: Date | null;
}

const eventColumns = sql`
  select e.id, e.till_id, e.kind, e.code_id, d.code, d.person_id, d.campaign_id, e.amount_minor, e.discount_minor, e.receipt, e.conversion_id, e.external_id, t.currency,
    e.happened_at, e.received_at, e.undone_at
  from till_event e join till t on t.workspace_id = e.workspace_id and t.id = e.till_id
  join discount_code d on d.workspace_id = e.workspace_id and d.id = e.code_id`;

/** What was noted at a till, newest first. */
export async function selectTillEvents(
  tx: Tx,
  workspaceId: string,
  of: { tillId: string; since: Date | null; limit: number },
): Promise<TillEventRow[]> {
  const { rows } = await sql<TillEventRow>`
    ${eventColumns} where e.workspace_id = ${workspaceId} and e.till_id = ${of.tillId} ${of.since === null ? sql`` : sql`and e.received_at >= ${of.since}`}
    order by e.happened_at desc, e.id desc limit ${of.limit}`.execute(tx);
  return rows;
}

export async function selectTillEvent(
  tx: Tx,
  workspaceId: string,
  of: { tillId: string } & ({ id: string } | { key: string }),
): Promise<TillEventRow | undefined> {
  const { rows } = await sql<TillEventRow>`
    ${eventColumns} where e.workspace_id = ${workspaceId} and e.till_id = ${of.tillId} and ${'id' in of ? sql`e.id = ${of.id}` : sql`e.key = ${of.key}`}`.execute(
    tx,
  );
  return rows[0];
}

/** False when the receipt stands under another event that was not undone; the key is asked for before. */
export async function insertTillEvent(
  tx: Tx,
  workspaceId: string,
  event: {
    id: string;
    tillId: string;
    kind: 'redeemed' | 'visit';
    key: string;
    codeId: string;
    amountMinor: bigint | null;
    discountMinor: bigint | null;
    receipt: string | null;
    customerHash: Buffer | null;
    externalId: string | null;
    happenedAt: Date;
    receivedAt: Date;
  },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    insert into till_event (workspace_id, id, till_id, kind, key, code_id, amount_minor, discount_minor, receipt, customer_hash, external_id, happened_at, received_at)
    values (${workspaceId}, ${event.id}, ${event.tillId}, ${event.kind}, ${event.key}, ${event.codeId}, ${event.amountMinor}, ${event.discountMinor}, ${event.receipt},
      ${event.customerHash}, ${event.externalId}, ${event.happenedAt}, ${event.receivedAt})
    on conflict do nothing returning id`.execute(tx);
  return rows.length > 0;
}

export async function setTillOrder(tx: Tx, workspaceId: string, of: { id: string; orderId: string }): Promise<void> {
  await sql`update till_event set conversion_id = ${of.orderId} where workspace_id = ${workspaceId} and id = ${of.id}`.execute(
    tx,
  );
}

/** False when it was undone already. */
export async function undoTillEventRow(tx: Tx, workspaceId: string, of: { id: string; at: Date }): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update till_event set undone_at = ${of.at} where workspace_id = ${workspaceId} and id = ${of.id} and undone_at is null returning id`.execute(
    tx,
  );
  return rows.length > 0;
}

/** How often a code was used in all sources together, and whether this customer used it at a till. */
export async function codeUses(
  tx: Tx,
  workspaceId: string,
  of: { codeId: string; codeKey: string; customerHash: Buffer | null },
): Promise<{ uses: number; byCustomer: number }> {
  const { rows } = await sql<{ uses: number; by_customer: number }>`
    select (select count(*)::int from conversion c where c.workspace_id = ${workspaceId} and c.state = 'paid' and c.code_keys @> array[${of.codeKey}]) as uses,
      (select count(*)::int from till_event e where e.workspace_id = ${workspaceId} and e.code_id = ${of.codeId} and e.kind = 'redeemed' and e.undone_at is null
        and e.customer_hash = ${of.customerHash}::bytea) as by_customer`.execute(tx);
  return { uses: rows[0]?.uses ?? 0, byCustomer: rows[0]?.by_customer ?? 0 };
}
