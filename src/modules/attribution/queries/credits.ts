import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { JudgedTouch } from '../rules/decide-credit.ts';

export interface CreditRow {
  conversion_id: string;
  campaign_id: string | null;
  enrolment_id: string | null;
  person_id: string | null;
  link_id: string | null;
  code_id: string | null;
  click_id: string | null;
  rule: 'code' | 'link' | 'none';
  reason: string;
  losers: JudgedTouch[];
  window_days: number;
  touched_at: string | null;
  credited_minor: string;
  is_counted: boolean;
  is_new_customer: boolean | null;
  currency: string;
  ordered_at: string;
}

/** Writes decisions; returns the orders whose credit changed, with the campaigns that had it before. */
export async function upsertCredits(
  tx: Tx,
  workspaceId: string,
  rows: readonly CreditRow[],
): Promise<{ conversionId: string; campaignIds: string[] }[]> {
  if (rows.length === 0) return [];
  const { rows: changed } = await sql<{ conversion_id: string; before_id: string | null; after_id: string | null }>`
    with before as (
      select conversion_id, campaign_id from credit
      where workspace_id = ${workspaceId} and model = 'last_touch' and conversion_id = any(${rows.map((row) => row.conversion_id)}::text[])
    ), changed as (
      insert into credit as c (workspace_id, model, conversion_id, campaign_id, enrolment_id, person_id, link_id, code_id, click_id, rule, reason, losers,
        window_days, touched_at, credited_minor, is_counted, is_new_customer, currency, ordered_at)
      select ${workspaceId}, 'last_touch', r.*
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (conversion_id text, campaign_id text, enrolment_id text, person_id text, link_id text,
        code_id text, click_id text, rule text, reason text, losers jsonb, window_days int, touched_at timestamptz, credited_minor bigint, is_counted boolean,
        is_new_customer boolean, currency text, ordered_at timestamptz)
      order by r.conversion_id
      on conflict (workspace_id, conversion_id, model) do update
      set campaign_id = excluded.campaign_id, enrolment_id = excluded.enrolment_id, person_id = excluded.person_id, link_id = excluded.link_id,
        code_id = excluded.code_id, click_id = excluded.click_id, rule = excluded.rule, reason = excluded.reason, losers = excluded.losers,
        window_days = excluded.window_days, touched_at = excluded.touched_at, credited_minor = excluded.credited_minor, is_counted = excluded.is_counted,
        is_new_customer = excluded.is_new_customer, currency = excluded.currency, ordered_at = excluded.ordered_at, decided_at = now()
      where (c.campaign_id, c.enrolment_id, c.person_id, c.link_id, c.code_id, c.click_id, c.rule, c.reason, c.losers, c.window_days, c.touched_at,
          c.credited_minor, c.is_counted, c.is_new_customer, c.currency, c.ordered_at)
        is distinct from (excluded.campaign_id, excluded.enrolment_id, excluded.person_id, excluded.link_id, excluded.code_id, excluded.click_id, excluded.rule,
          excluded.reason, excluded.losers, excluded.window_days, excluded.touched_at, excluded.credited_minor, excluded.is_counted, excluded.is_new_customer,
          excluded.currency, excluded.ordered_at)
      returning c.conversion_id, c.campaign_id
    )
    select changed.conversion_id, before.campaign_id as before_id, changed.campaign_id as after_id
    from changed left join before on before.conversion_id = changed.conversion_id order by changed.conversion_id`.execute(
    tx,
  );
  return changed.map((row) => ({
    conversionId: row.conversion_id,
    campaignIds: [...new Set([row.before_id, row.after_id].filter((id) => id !== null))],
  }));
}

export interface StoredCredit extends Omit<CreditRow, 'credited_minor' | 'touched_at' | 'ordered_at'> {
  credited_minor: bigint;
  touched_at: Date | null;
  ordered_at: Date;
  decided_at: Date;
}

export async function findCredit(tx: Tx, workspaceId: string, conversionId: string): Promise<StoredCredit | undefined> {
  const { rows } = await sql<StoredCredit>`
    select conversion_id, campaign_id, enrolment_id, person_id, link_id, code_id, click_id, rule, reason, losers, window_days, touched_at, credited_minor,
      is_counted, is_new_customer, currency, ordered_at, decided_at
    from credit where workspace_id = ${workspaceId} and conversion_id = ${conversionId} and model = 'last_touch'`.execute(
    tx,
  );
  return rows[0];
}

export async function findWindowDays(tx: Tx, workspaceId: string): Promise<number | null> {
  const row = await tx
    .selectFrom('attribution_setting')
    .select('window_days')
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
  return row?.window_days ?? null;
}

export async function saveWindowDays(tx: Tx, workspaceId: string, windowDays: number): Promise<void> {
  await tx
    .insertInto('attribution_setting')
    .values({ workspace_id: workspaceId, window_days: windowDays })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet({ window_days: windowDays }))
    .execute();
}
