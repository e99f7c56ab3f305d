import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface CustomerWrite {
  id: string;
  keyHash: Buffer;
  emailHash: Buffer | null;
  handleHashes: Buffer[];
  email: string | null;
  orders: number | null;
  valueMinor: bigint | null;
  currency: string | null;
  firstOrderOn: string | null;
  lastOrderOn: string | null;
}

const rowsPerStatement = 5000;

/**
 * Keeps customers by their key; what the file says replaces what was known, what it does not say stays. Answers ids in the given order and how many are
 * new. Keys are different from one another.
 */
export async function upsertCustomers(
  tx: Tx,
  workspaceId: string,
  write: { customers: readonly CustomerWrite[]; source: string; seenAt: Date },
): Promise<{ ids: string[]; added: number }> {
  const ids: string[] = [];
  let added = 0;
  for (let from = 0; from < write.customers.length; from += rowsPerStatement) {
    const part = write.customers.slice(from, from + rowsPerStatement);
    const given = JSON.stringify(part.map(toJson));
    const { rows } = await sql<{ id: string; key: string; is_new: boolean }>`
      insert into customer as c (workspace_id, id, key_hash, email_hash, handle_hashes, email, orders_count, value_minor, currency, first_order_on,
        last_order_on, source, seen_at)
      select ${workspaceId}, g.id, decode(g.key, 'hex'), decode(g.mail, 'hex'), array(select decode(h, 'hex') from unnest(g.handles) as h), g.email, g.orders,
        g.value, g.currency, g.first_on, g.last_on, ${write.source}, ${write.seenAt}
      from jsonb_to_recordset(${given}::jsonb) as g (id text, key text, mail text, handles text[], email text, orders bigint, value bigint, currency text,
        first_on date, last_on date)
      on conflict (workspace_id, key_hash) do update set email_hash = coalesce(excluded.email_hash, c.email_hash),
        handle_hashes = array(select distinct h from unnest(c.handle_hashes || excluded.handle_hashes) as h order by h),
        email = coalesce(excluded.email, c.email), orders_count = coalesce(excluded.orders_count, c.orders_count),
        value_minor = coalesce(excluded.value_minor, c.value_minor), currency = coalesce(excluded.currency, c.currency),
        first_order_on = coalesce(excluded.first_order_on, c.first_order_on), last_order_on = coalesce(excluded.last_order_on, c.last_order_on),
        source = excluded.source, seen_at = excluded.seen_at
      returning c.id, encode(c.key_hash, 'hex') as key, (c.xmax = 0) as is_new`.execute(tx);
    const byKey = new Map(rows.map((row) => [row.key, row]));
    for (const customer of part) {
      const row = byKey.get(customer.keyHash.toString('hex'));
      ids.push(row?.id ?? customer.id);
      if (row?.is_new === true) added += 1;
    }
  }
  return { ids, added };
}

const toJson = (customer: CustomerWrite) => ({
  id: customer.id,
  key: customer.keyHash.toString('hex'),
  mail: customer.emailHash?.toString('hex') ?? null,
  handles: customer.handleHashes.map((hash) => hash.toString('hex')),
  email: customer.email,
  orders: customer.orders,
  value: customer.valueMinor?.toString() ?? null,
  currency: customer.currency,
  first_on: customer.firstOrderOn,
  last_on: customer.lastOrderOn,
});

/** The key of a customer known already by an address with this handle, by handle hash in hex. */
export async function selectKeysByHandle(
  tx: Tx,
  workspaceId: string,
  hashes: readonly Buffer[],
): Promise<Map<string, Buffer>> {
  if (hashes.length === 0) return new Map();
  const { rows } = await sql<{ hash: string; key_hash: Buffer }>`
    select distinct on (wanted.hash) encode(wanted.hash, 'hex') as hash, c.key_hash from unnest(${hashes}::bytea[]) as wanted (hash)
    join customer c on c.workspace_id = ${workspaceId} and c.handle_hashes <> '{}' and c.handle_hashes @> array[wanted.hash]
    order by wanted.hash, (c.email_hash is null), c.id`.execute(tx);
  return new Map(rows.map((row) => [row.hash, row.key_hash]));
}

/** Forgets customers known by a handle alone, now that an address came with it: their orders would count twice. */
export async function deleteByHandleKey(tx: Tx, workspaceId: string, keys: readonly Buffer[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<{ person_id: string }>`
    with gone as (
      delete from customer where workspace_id = ${workspaceId} and email_hash is null and key_hash = any(${keys}::bytea[]) returning id
    )
    select distinct person_id from customer_match where workspace_id = ${workspaceId} and customer_id in (select id from gone) order by 1`.execute(
    tx,
  );
  return rows.map((row) => row.person_id);
}

export interface MatchWrite {
  customerId: string;
  personId: string;
  signs: string[];
}

/** Keeps matches; further signs are added, decisions stay. */
export async function upsertMatches(tx: Tx, workspaceId: string, matches: readonly MatchWrite[]): Promise<void> {
  for (let from = 0; from < matches.length; from += rowsPerStatement) {
    const given = JSON.stringify(
      matches
        .slice(from, from + rowsPerStatement)
        .map((match) => ({ c: match.customerId, p: match.personId, s: match.signs })),
    );
    await sql`
      insert into customer_match as m (workspace_id, customer_id, person_id, signs)
      select ${workspaceId}, g.c, g.p, g.s from jsonb_to_recordset(${given}::jsonb) as g (c text, p text, s text[])
      join person on person.workspace_id = ${workspaceId} and person.id = g.p
      on conflict (workspace_id, customer_id, person_id) do update set
        signs = array(select distinct s from unnest(m.signs || excluded.signs) as s order by s)`.execute(tx);
  }
}

export async function hasCustomers(tx: Tx, workspaceId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('customer')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Customers that bear any of the hashes, with the hash in hex that said so. */
export async function selectCustomersByHash(
  tx: Tx,
  workspaceId: string,
  hashes: { emails: readonly Buffer[]; handles: readonly Buffer[] },
): Promise<{ id: string; hash: string; sign: 'email' | 'handle' }[]> {
  const { rows } = await sql<{ id: string; hash: string; sign: 'email' | 'handle' }>`
    select c.id, encode(c.email_hash, 'hex') as hash, 'email' as sign from customer c
    where c.workspace_id = ${workspaceId} and c.email_hash = any(${hashes.emails}::bytea[])
    union all
    select c.id, encode(wanted.hash, 'hex'), 'handle' from unnest(${hashes.handles}::bytea[]) as wanted (hash)
    join customer c on c.workspace_id = ${workspaceId} and c.handle_hashes <> '{}' and c.handle_hashes @> array[wanted.hash]
    order by 1, 2`.execute(tx);
  return rows;
}

/** What counts for certain: an address or account, unless a person rejected it, or what a person confirmed. */
const isSure = sql`(m.decision = 'confirmed' or (m.decision is null and m.signs && array['email', 'handle']))`;

/** Orders of the persons that are customers for certain, by person; null orders when no file states them. */
export async function selectSureOrders(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, number | null>> {
  const { rows } = await sql<{ person_id: string; orders: bigint | null }>`
    select m.person_id, sum(c.orders_count)::bigint as orders
    from customer_match m join customer c on c.workspace_id = m.workspace_id and c.id = m.customer_id
    where m.workspace_id = ${workspaceId} and m.person_id = any(${personIds}::text[]) and ${isSure} group by m.person_id`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.person_id, row.orders === null ? null : Number(row.orders)]));
}

export interface CreatorCustomerRow {
  person_id: string;
  group: 'matched' | 'possible' | 'rejected';
  signs: string[];
  is_decided: boolean;
  customers: bigint;
  orders: bigint | null;
  values: { amount: string; currency: string }[] | null;
  first_on: string | null;
  last_on: string | null;
  sources: string[];
  emails: string[];
  decided_by: string | null;
}

/** Every creator that is or may be a customer, with what the files say; a person with a sure and a possible match is a sure one. */
export async function selectCreatorCustomers(
  tx: Tx,
  workspaceId: string,
  personId: string | null = null,
): Promise<CreatorCustomerRow[]> {
  const { rows } = await sql<CreatorCustomerRow>`
    with matched as (
      select m.person_id, m.customer_id, m.signs, m.decision, m.decided_by, ${isSure} as is_sure,
        case when ${isSure} then 'matched' when m.decision = 'rejected' then 'rejected' else 'possible' end as kind
      from customer_match m where m.workspace_id = ${workspaceId} and (${personId}::text is null or m.person_id = ${personId})
    ), grouped as (
      select person_id, min(case kind when 'matched' then 1 when 'possible' then 2 else 3 end) as best from matched group by person_id
    ), kept as (
      select matched.*, case best when 1 then 'matched' when 2 then 'possible' else 'rejected' end as "group" from matched join grouped using (person_id)
      where kind = case best when 1 then 'matched' when 2 then 'possible' else 'rejected' end
    ), valued as (
      select person_id, jsonb_agg(jsonb_build_object('amount', amount::text, 'currency', currency) order by currency) as "values" from (
        select kept.person_id, c.currency, sum(c.value_minor) as amount from kept join customer c on c.workspace_id = ${workspaceId} and c.id = kept.customer_id
        where c.value_minor is not null group by kept.person_id, c.currency
      ) summed group by person_id
    ), signed as (
      select person_id, array_agg(distinct sign order by sign) as signs from kept cross join lateral unnest(signs) as sign group by person_id
    )
    select kept.person_id, kept."group", signed.signs, bool_or(kept.decision is not null) as is_decided, count(*) as customers,
      sum(c.orders_count)::bigint as orders, valued."values", min(c.first_order_on)::text as first_on, max(c.last_order_on)::text as last_on,
      array_agg(distinct c.source order by c.source) as sources,
      coalesce(array_agg(distinct c.email order by c.email) filter (where c.email is not null), '{}') as emails, max(kept.decided_by) as decided_by
    from kept join customer c on c.workspace_id = ${workspaceId} and c.id = kept.customer_id
    join signed using (person_id) left join valued using (person_id)
    group by kept.person_id, kept."group", signed.signs, valued."values" order by kept.person_id`.execute(tx);
  return rows;
}

/** Whether there was a match to decide. */
export async function decideMatches(
  tx: Tx,
  workspaceId: string,
  decided: { personId: string; decision: 'confirmed' | 'rejected'; by: string; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('customer_match')
    .set({ decision: decided.decision, decided_by: decided.by, decided_at: decided.at })
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', decided.personId)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Puts the kept person where the absorbed one was; a repeat changes nothing. */
export async function moveMatches(
  tx: Tx,
  workspaceId: string,
  merge: { keptPersonId: string; absorbedPersonId: string },
): Promise<void> {
  await sql`
    insert into customer_match as m (workspace_id, customer_id, person_id, signs, decision, decided_by, decided_at)
    select workspace_id, customer_id, ${merge.keptPersonId}, signs, decision, decided_by, decided_at from customer_match
    where workspace_id = ${workspaceId} and person_id = ${merge.absorbedPersonId}
    on conflict (workspace_id, customer_id, person_id) do update set signs = array(select distinct s from unnest(m.signs || excluded.signs) as s order by s)`.execute(
    tx,
  );
  await tx
    .deleteFrom('customer_match')
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', merge.absorbedPersonId)
    .execute();
}

export async function countCustomers(
  tx: Tx,
  workspaceId: string,
): Promise<{ customers: number; emailsKept: number; lastImportAt: Date | null }> {
  const { rows } = await sql<{ customers: bigint; emails: bigint; last: Date | null }>`
    select count(*) as customers, count(email) as emails, max(seen_at) as last from customer where workspace_id = ${workspaceId}`.execute(
    tx,
  );
  const [row] = rows;
  return {
    customers: Number(row?.customers ?? 0n),
    emailsKept: Number(row?.emails ?? 0n),
    lastImportAt: row?.last ?? null,
  };
}

/** Forgets all customers; who was matched, and how many there were. */
export async function deleteCustomers(
  tx: Tx,
  workspaceId: string,
): Promise<{ personIds: string[]; customers: number }> {
  const { rows } = await sql<{ person_id: string }>`
    select distinct person_id from customer_match where workspace_id = ${workspaceId} order by 1`.execute(tx);
  const { numDeletedRows } = await tx
    .deleteFrom('customer')
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return { personIds: rows.map((row) => row.person_id), customers: Number(numDeletedRows) };
}

/** Persons who are customers for certain, at most so many, in the order of their ids; to see where customers are. */
export async function readSureCustomerPersons(tx: Tx, workspaceId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select distinct m.person_id from customer_match m
    where m.workspace_id = ${workspaceId} and ${isSure} order by m.person_id limit ${limit}`.execute(tx);
  return rows.map((row) => row.person_id);
}
