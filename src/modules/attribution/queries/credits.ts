import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { newId } from '#kernel/id.ts';
import type { Occasion, ShareModel } from '../api.ts';
import type { JudgedTouch } from '../rules/credit-case.ts';
import type { CreditDelta } from '../rules/credit-deltas.ts';

/** One share of one order; `place` 0 has the largest and carries the reason. */
export interface CreditRow {
  conversion_id: string;
  model: 'paid' | 'seen';
  place: number;
  campaign_id: string | null;
  enrolment_id: string | null;
  person_id: string | null;
  link_id: string | null;
  code_id: string | null;
  click_id: string | null;
  rule: 'code' | 'link' | 'customer' | 'none';
  reason: string;
  losers: JudgedTouch[];
  window_days: number;
  touched_at: string | null;
  share: number;
  gross_minor: string;
  credited_minor: string;
  /** True on the one row by which the order counts: place 0 of an order that was not cancelled. */
  is_counted: boolean;
  is_new_customer: boolean | null;
  currency: string;
  ordered_at: string;
  policy_version: number;
  pay_model: ShareModel;
  occasion: Occasion;
  customer_key: string | null;
}

/** What of a share makes money or names somebody, for telling a change from a repeat. */
export interface StandingShare {
  conversion_id: string;
  place: number;
  person_id: string | null;
  campaign_id: string | null;
  enrolment_id: string | null;
  currency: string;
  rule: CreditRow['rule'];
  credited_minor: bigint;
  is_counted: boolean;
  ordered_at: Date;
}

/** The paid shares that stand for these orders. */
export async function selectStanding(
  tx: Tx,
  workspaceId: string,
  conversionIds: readonly string[],
): Promise<StandingShare[]> {
  const { rows } = await sql<StandingShare>`
    select conversion_id, place, person_id, campaign_id, enrolment_id, currency, rule, credited_minor, is_counted, ordered_at
    from credit where workspace_id = ${workspaceId} and conversion_id = any(${[...conversionIds]}::text[]) and model = 'paid'
    order by conversion_id, place`.execute(tx);
  return rows;
}

/** The customers these orders were decided for last. */
export async function selectCustomersBefore(
  tx: Tx,
  workspaceId: string,
  conversionIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ customer_key: string }>`
    select distinct customer_key from credit
    where workspace_id = ${workspaceId} and conversion_id = any(${[...conversionIds]}::text[]) and customer_key is not null order by 1`.execute(
    tx,
  );
  return rows.map((row) => row.customer_key);
}

/** Writes decisions, all rows of the orders they are of; returns the orders whose rows changed in anything. */
export async function replaceCredits(
  tx: Tx,
  workspaceId: string,
  of: { conversionIds: readonly string[]; rows: readonly CreditRow[] },
): Promise<Set<string>> {
  const json = JSON.stringify(of.rows);
  const gone = await sql<{ conversion_id: string }>`
    delete from credit c
    where c.workspace_id = ${workspaceId} and c.conversion_id = any(${[...of.conversionIds]}::text[])
      and not exists (
        select from jsonb_to_recordset(${json}::jsonb) as r (conversion_id text, model text, place int)
        where r.conversion_id = c.conversion_id and r.model = c.model and r.place = c.place)
    returning c.conversion_id`.execute(tx);
  const { rows } = await sql<{ conversion_id: string }>`
    insert into credit as c (workspace_id, conversion_id, model, place, campaign_id, enrolment_id, person_id, link_id, code_id, click_id, rule, reason, losers,
      window_days, touched_at, share, gross_minor, credited_minor, is_counted, is_new_customer, currency, ordered_at, policy_version, pay_model, occasion, customer_key)
    select ${workspaceId}, r.*
    from jsonb_to_recordset(${json}::jsonb) as r (conversion_id text, model text, place smallint, campaign_id text, enrolment_id text, person_id text,
      link_id text, code_id text, click_id text, rule text, reason text, losers jsonb, window_days int, touched_at timestamptz, share double precision,
      gross_minor bigint, credited_minor bigint, is_counted boolean, is_new_customer boolean, currency text, ordered_at timestamptz, policy_version int,
      pay_model text, occasion text, customer_key text)
    order by r.conversion_id, r.model, r.place
    on conflict (workspace_id, conversion_id, model, place) do update
    set campaign_id = excluded.campaign_id, enrolment_id = excluded.enrolment_id, person_id = excluded.person_id, link_id = excluded.link_id,
      code_id = excluded.code_id, click_id = excluded.click_id, rule = excluded.rule, reason = excluded.reason, losers = excluded.losers,
      window_days = excluded.window_days, touched_at = excluded.touched_at, share = excluded.share, gross_minor = excluded.gross_minor,
      credited_minor = excluded.credited_minor, is_counted = excluded.is_counted, is_new_customer = excluded.is_new_customer, currency = excluded.currency,
      ordered_at = excluded.ordered_at, policy_version = excluded.policy_version, pay_model = excluded.pay_model, occasion = excluded.occasion, customer_key = excluded.customer_key,
      decided_at = now()
    where (c.campaign_id, c.enrolment_id, c.person_id, c.link_id, c.code_id, c.click_id, c.rule, c.reason, c.losers, c.window_days, c.touched_at, c.share,
        c.gross_minor, c.credited_minor, c.is_counted, c.is_new_customer, c.currency, c.ordered_at, c.policy_version, c.pay_model, c.occasion, c.customer_key)
      is distinct from (excluded.campaign_id, excluded.enrolment_id, excluded.person_id, excluded.link_id, excluded.code_id, excluded.click_id, excluded.rule,
        excluded.reason, excluded.losers, excluded.window_days, excluded.touched_at, excluded.share, excluded.gross_minor, excluded.credited_minor,
        excluded.is_counted, excluded.is_new_customer, excluded.currency, excluded.ordered_at, excluded.policy_version, excluded.pay_model, excluded.occasion, excluded.customer_key)
    returning c.conversion_id`.execute(tx);
  return new Set([...gone.rows, ...rows].map((row) => row.conversion_id));
}

/** Notes what decisions moved. */
export async function appendChanges(
  tx: Tx,
  workspaceId: string,
  of: { deltas: readonly CreditDelta[]; cause: 'order' | 'rules'; runId: string | null; at: Date },
): Promise<void> {
  if (of.deltas.length === 0) return;
  const rows = of.deltas.map((delta) => ({ ...delta, id: newId('creditChange', of.at.getTime()) }));
  await sql`
    insert into credit_change (workspace_id, id, conversion_id, person_id, campaign_id, enrolment_id, currency, delta_minor, delta_orders, rule, policy_version, cause, run_id)
    select ${workspaceId}, r.id, r."conversionId", r."personId", r."campaignId", r."enrolmentId", r.currency, r."deltaMinor", r."deltaOrders", r.rule,
      r."policyVersion", ${of.cause}, ${of.runId}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, "conversionId" text, "personId" text, "campaignId" text,
      "enrolmentId" text, currency text, "deltaMinor" bigint, "deltaOrders" smallint, rule text, "policyVersion" int)`.execute(
    tx,
  );
}

export interface StoredCredit extends Omit<CreditRow, 'credited_minor' | 'gross_minor' | 'touched_at' | 'ordered_at'> {
  credited_minor: bigint;
  gross_minor: bigint;
  touched_at: Date | null;
  ordered_at: Date;
  decided_at: Date;
}

/** All rows of one order: the paid ones by place, then the seen one. */
export async function selectCredit(tx: Tx, workspaceId: string, conversionId: string): Promise<StoredCredit[]> {
  const { rows } = await sql<StoredCredit>`
    select conversion_id, model, place, campaign_id, enrolment_id, person_id, link_id, code_id, click_id, rule, reason, losers, window_days, touched_at, share,
      gross_minor, credited_minor, is_counted, is_new_customer, currency, ordered_at, policy_version, pay_model, occasion, customer_key, decided_at
    from credit where workspace_id = ${workspaceId} and conversion_id = ${conversionId} order by model, place`.execute(
    tx,
  );
  return rows;
}

export interface StoredChange {
  changed_at: Date;
  person_id: string | null;
  campaign_id: string | null;
  currency: string;
  delta_minor: bigint;
  delta_orders: number;
  rule: CreditRow['rule'];
  policy_version: number;
  cause: 'opening' | 'order' | 'rules';
}

/** What was moved for one order, oldest first; of one decision what was taken before what was given. */
export async function selectChanges(
  tx: Tx,
  of: { workspaceId: string; conversionId: string; limit: number },
): Promise<StoredChange[]> {
  const { rows } = await sql<StoredChange>`
    select changed_at, person_id, campaign_id, currency, delta_minor, delta_orders, rule, policy_version, cause
    from credit_change where workspace_id = ${of.workspaceId} and conversion_id = ${of.conversionId} order by changed_at, delta_minor, id limit ${of.limit}`.execute(
    tx,
  );
  return rows;
}
