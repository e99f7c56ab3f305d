import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** What attribution needs to know of an order. */
export interface OrderForCredit {
  conversionId: string;
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
  ids: readonly string[],
): Promise<OrderForCredit[]> {
  const { rows } = await sql<OrderForCredit>`
    select id as "conversionId", ordered_at as "orderedAt", amount_minor as "amountMinor", refunded_minor as "refundedMinor", currency, state, codes,
      code_keys as "codeKeys", click_ids as "clickIds", is_new_customer as "isNewCustomer"
    from conversion where workspace_id = ${workspaceId} and id = any(${[...ids]}::text[]) order by id for update`.execute(
    tx,
  );
  return rows;
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
  rule: 'code' | 'link' | 'none';
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
