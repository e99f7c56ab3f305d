import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** What attribution needs to know of an order. */
export interface OrderForCredit {
  conversionId: string;
  sourceId: string;
  /** The order's id at its source. */
  externalId: string;
  /** Hash of the customer, hex; null when the shop told nothing of them. */
  customerHash: string | null;
  orderedAt: Date;
  amountMinor: bigint;
  refundedMinor: bigint;
  currency: string;
  state: 'paid' | 'cancelled';
  codes: string[];
  codeKeys: string[];
  clickIds: string[];
  isNewCustomer: boolean | null;
}

/** A click an order names, as the click log knows it. */
export interface ClickTouch {
  conversionId: string;
  clickId: string;
  linkId: string;
  slug: string;
  clickedAt: Date;
  dropReason: string | null;
  personId: string | null;
  campaignId: string | null;
  enrolmentId: string | null;
}

/** A code an order used, as the workspace knows it. */
export interface CodeTouch {
  codeId: string;
  codeKey: string;
  code: string;
  startsAt: Date | null;
  endsAt: Date | null;
  personId: string | null;
  campaignId: string | null;
  enrolmentId: string | null;
}

export async function selectOrdersForCredit(
  tx: Tx,
  workspaceId: string,
  of: { ids: readonly string[]; isHeld: boolean },
): Promise<OrderForCredit[]> {
  const { rows } = await sql<OrderForCredit>`
    select id as "conversionId", source_id as "sourceId", external_id as "externalId", encode(customer_hash, 'hex') as "customerHash", ordered_at as "orderedAt", amount_minor as "amountMinor", refunded_minor as "refundedMinor", currency, state, codes,
      code_keys as "codeKeys", click_ids as "clickIds", is_new_customer as "isNewCustomer"
    from conversion where workspace_id = ${workspaceId} and id = any(${[...of.ids]}::text[]) order by id ${of.isHeld ? sql`for update` : sql``}`.execute(
    tx,
  );
  return rows;
}

/** These orders and all of their customers and of those named by hash (hex): of each customer the oldest `eachMax`. In id order. */
export async function ordersOfSameCustomers(
  tx: Tx,
  workspaceId: string,
  of: { conversionIds: readonly string[]; customers: readonly string[]; eachMax: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with asked as (
      select id, customer_hash from conversion where workspace_id = ${workspaceId} and id = any(${[...of.conversionIds]}::text[])
    )
    select id from asked
    union
    select o.id from (
      select customer_hash from asked where customer_hash is not null
      union select decode(hex, 'hex') from unnest(${[...of.customers]}::text[]) as hex
    ) a
    cross join lateral (
      select c.id from conversion c where c.workspace_id = ${workspaceId} and c.customer_hash = a.customer_hash
      order by c.ordered_at, c.source_id, c.external_id limit ${of.eachMax}
    ) o
    order by id`.execute(tx);
  return rows.map((row) => row.id);
}

export async function selectClickTouches(
  tx: Tx,
  workspaceId: string,
  named: readonly { conversionId: string; clickId: string; day: string }[],
): Promise<ClickTouch[]> {
  if (named.length === 0) return [];
  const { rows } = await sql<ClickTouch>`
    select n.conversion_id as "conversionId", k.click_id as "clickId", k.link_id as "linkId", l.slug, k.clicked_at as "clickedAt", k.drop_reason as "dropReason",
      l.person_id as "personId", l.campaign_id as "campaignId", l.enrolment_id as "enrolmentId"
    from unnest(${named.map((one) => one.conversionId)}::text[], ${named.map((one) => one.clickId)}::text[], ${named.map((one) => one.day)}::date[])
      as n (conversion_id, click_id, day)
    join click k on k.workspace_id = ${workspaceId} and k.day = n.day and k.click_id = n.click_id
    join link l on l.workspace_id = k.workspace_id and l.id = k.link_id`.execute(tx);
  return rows;
}

/** What attribution decided of an order, for lists to show. */
export interface CreditMark {
  conversionId: string;
  rule: 'code' | 'link' | 'customer' | 'none';
  personId: string | null;
  campaignId: string | null;
  enrolmentId: string | null;
}

export async function updateCreditMarks(tx: Tx, workspaceId: string, marks: readonly CreditMark[]): Promise<void> {
  await sql`
    update conversion c set credit_rule = m.rule, credit_person_id = m."personId", credit_campaign_id = m."campaignId", credit_enrolment_id = m."enrolmentId"
    from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as m ("conversionId" text, rule text, "personId" text, "campaignId" text, "enrolmentId" text)
    where c.workspace_id = ${workspaceId} and c.id = m."conversionId"
      and (c.credit_rule, c.credit_person_id, c.credit_campaign_id, c.credit_enrolment_id) is distinct from (m.rule, m."personId", m."campaignId", m."enrolmentId")`.execute(
    tx,
  );
}

/** How many orders a workspace has. */
export async function countOrders(tx: Tx, workspaceId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from conversion where workspace_id = ${workspaceId}`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** All orders of a workspace in id order, a page at a time. */
export async function nextOrderIds(tx: Tx, workspaceId: string, after: string, limit: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('conversion')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Links and codes of a person that was merged into another now belong to that one. */
export async function movePerson(tx: Tx, workspaceId: string, of: { from: string; to: string }): Promise<void> {
  for (const table of ['link', 'discount_code'] as const) {
    await tx
      .updateTable(table)
      .set({ person_id: of.to })
      .where('workspace_id', '=', workspaceId)
      .where('person_id', '=', of.from)
      .execute();
  }
}

/** Orders credited to a person. */
export async function ordersOfPerson(tx: Tx, workspaceId: string, personId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('conversion')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('credit_person_id', '=', personId)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}
