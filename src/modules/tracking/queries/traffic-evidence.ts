import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { CustomerMarks } from '../rules/order-facts.ts';

/** A click as a judge of traffic sees it. Hashes are hexadecimal and hold for one day. */
export interface ClickEvidence {
  clickId: string;
  linkId: string;
  slug: string;
  clickedAt: Date;
  dropReason: string | null;
  visitor: string | null;
  /** The visitor's network; null for clicks from before it was kept. */
  network: string | null;
  referrerHost: string | null;
  adParam: string | null;
}

export interface OrderClickEvidence extends ClickEvidence {
  conversionId: string;
  personId: string | null;
  campaignId: string | null;
  /** Where the link leads. */
  destination: string;
}

/** An order as a judge of traffic sees it. */
export interface OrderEvidenceRow {
  conversionId: string;
  externalId: string;
  orderedAt: Date;
  amountMinor: bigint;
  refundedMinor: bigint;
  currency: string;
  state: 'paid' | 'cancelled';
  codeKeys: string[];
  clickIds: string[];
  customerHash: string | null;
  customerMarks: CustomerMarks | null;
  isNewCustomer: boolean | null;
  creditRule: string | null;
  creditPersonId: string | null;
  refunds: number;
  chargebacks: number;
  /** True where the source is one that tells chargebacks apart. */
  tellsChargebacks: boolean;
}

export async function selectOrderEvidence(
  tx: Tx,
  workspaceId: string,
  conversionIds: readonly string[],
): Promise<OrderEvidenceRow[]> {
  const { rows } = await sql<OrderEvidenceRow>`
    select c.id as "conversionId", c.external_id as "externalId", c.ordered_at as "orderedAt", c.amount_minor as "amountMinor", c.refunded_minor as "refundedMinor",
      c.currency, c.state, c.code_keys as "codeKeys", c.click_ids as "clickIds", encode(c.customer_hash, 'hex') as "customerHash",
      nullif(r.details -> 'customerMarks', 'null'::jsonb) as "customerMarks", c.is_new_customer as "isNewCustomer", c.credit_rule as "creditRule", c.credit_person_id as "creditPersonId",
      coalesce(f.refunds, 0)::int as refunds, coalesce(f.chargebacks, 0)::int as chargebacks, s.kind in ('stripe', 'shopify') as "tellsChargebacks"
    from conversion c
    join order_source s on s.workspace_id = c.workspace_id and s.id = c.source_id
    left join order_record r on r.workspace_id = c.workspace_id and r.source_id = c.source_id and r.external_id = c.external_id
    left join lateral (
      select count(*) filter (where f.kind = 'refund') as refunds, count(*) filter (where f.kind = 'chargeback') as chargebacks from conversion_refund f
      where f.workspace_id = c.workspace_id and f.source_id = c.source_id and f.order_external_id = c.external_id and f.state = 'standing'
    ) f on true
    where c.workspace_id = ${workspaceId} and c.id = any(${[...conversionIds]}::text[]) order by c.ordered_at, c.id`.execute(
    tx,
  );
  return rows;
}

export async function selectClickEvidence(
  tx: Tx,
  workspaceId: string,
  named: readonly { conversionId: string; clickId: string; day: string }[],
): Promise<OrderClickEvidence[]> {
  if (named.length === 0) return [];
  const { rows } = await sql<OrderClickEvidence>`
    select n.conversion_id as "conversionId", k.click_id as "clickId", k.link_id as "linkId", l.slug, k.clicked_at as "clickedAt", k.drop_reason as "dropReason",
      encode(k.visitor_hash, 'hex') as visitor, encode(k.prefix_hash, 'hex') as network, k.referrer_host as "referrerHost", k.ad_param as "adParam",
      l.person_id as "personId", l.campaign_id as "campaignId", l.destination
    from unnest(${named.map((one) => one.conversionId)}::text[], ${named.map((one) => one.clickId)}::text[], ${named.map((one) => one.day)}::date[])
      as n (conversion_id, click_id, day)
    join click k on k.workspace_id = ${workspaceId} and k.day = n.day and k.click_id = n.click_id
    join link l on l.workspace_id = k.workspace_id and l.id = k.link_id
    order by k.clicked_at, k.click_id`.execute(tx);
  return rows;
}

export interface TrafficQuery {
  workspaceId: string;
  personId: string;
  from: Date;
  until: Date;
  /** Rows at most, the newest. */
  limit: number;
}

/** The hits on a creator's links, newest first. */
export async function selectTrafficClicks(tx: Tx, query: TrafficQuery): Promise<ClickEvidence[]> {
  const { rows } = await sql<ClickEvidence>`
    select k.click_id as "clickId", k.link_id as "linkId", l.slug, k.clicked_at as "clickedAt", k.drop_reason as "dropReason",
      encode(k.visitor_hash, 'hex') as visitor, encode(k.prefix_hash, 'hex') as network, k.referrer_host as "referrerHost", k.ad_param as "adParam"
    from link l
    join click k on k.workspace_id = l.workspace_id and k.link_id = l.id and k.clicked_at >= ${query.from} and k.clicked_at < ${query.until}
      and k.day >= ${query.from.toISOString().slice(0, 10)}::date - 1
    where l.workspace_id = ${query.workspaceId} and l.person_id = ${query.personId}
    order by k.clicked_at desc, k.click_id limit ${query.limit}`.execute(tx);
  return rows;
}

/** Orders that are credited to a creator or name a code of theirs, newest first. */
export async function selectTrafficOrders(tx: Tx, query: TrafficQuery): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (
      select c.id, c.ordered_at from conversion c
      where c.workspace_id = ${query.workspaceId} and c.credit_person_id = ${query.personId} and c.ordered_at >= ${query.from} and c.ordered_at < ${query.until}
      union
      select c.id, c.ordered_at from conversion c
      where c.workspace_id = ${query.workspaceId} and c.ordered_at >= ${query.from} and c.ordered_at < ${query.until} and c.code_keys && array(
        select d.code_key from discount_code d where d.workspace_id = ${query.workspaceId} and d.person_id = ${query.personId})
    ) as mine order by ordered_at desc, id limit ${query.limit}`.execute(tx);
  return rows.map((row) => row.id);
}

export interface CodeUse {
  codeId: string;
  code: string;
  personId: string | null;
}

/** The codes of a creator. */
export async function selectCodesOf(tx: Tx, workspaceId: string, personId: string): Promise<CodeUse[]> {
  const { rows } = await sql<CodeUse>`
    select id as "codeId", code, person_id as "personId" from discount_code
    where workspace_id = ${workspaceId} and person_id = ${personId} order by id`.execute(tx);
  return rows;
}

export interface CodeDay {
  /** UTC. */
  day: string;
  uses: number;
}

/** Uses of all codes that belong to creators, by UTC day: how the whole program goes. */
export async function selectCodeDays(tx: Tx, of: { workspaceId: string; from: Date; until: Date }): Promise<CodeDay[]> {
  const { rows } = await sql<CodeDay>`
    select to_char(c.ordered_at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)::int as uses
    from conversion c cross join lateral unnest(c.code_keys) as u (code_key)
    join discount_code d on d.workspace_id = c.workspace_id and d.code_key = u.code_key and d.person_id is not null
    where c.workspace_id = ${of.workspaceId} and c.ordered_at >= ${of.from} and c.ordered_at < ${of.until}
    group by 1 order by 1`.execute(tx);
  return rows;
}

/** Creators whose links or codes did anything since, in id order. */
export async function selectActiveCreators(
  tx: Tx,
  of: { workspaceId: string; from: Date; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select person_id from (
      select l.person_id from click_daily d join link l on l.workspace_id = d.workspace_id and l.id = d.link_id
      where d.workspace_id = ${of.workspaceId} and d.day >= ${of.from.toISOString().slice(0, 10)}::date and l.person_id is not null
      union
      select c.credit_person_id from conversion c
      where c.workspace_id = ${of.workspaceId} and c.ordered_at >= ${of.from} and c.credit_person_id is not null
    ) as active order by person_id limit ${of.limit}`.execute(tx);
  return rows.map((row) => row.person_id);
}

/** Creators the links belong to. */
export async function selectOwnersOfLinks(tx: Tx, workspaceId: string, linkIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select distinct person_id from link where workspace_id = ${workspaceId} and id = any(${[...linkIds]}::text[]) and person_id is not null
    order by 1`.execute(tx);
  return rows.map((row) => row.person_id);
}
