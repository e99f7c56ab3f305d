import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { ShareModel } from '../api.ts';
import type { CreditShare, JudgedTouch } from '../rules/credit-case.ts';

export interface LeadRow {
  id: string;
  event: string;
  external_id: string;
  happened_at: Date;
  click_ids: string[];
  codes: string[];
  code_keys: string[];
  rule: 'code' | 'link' | 'none' | null;
  reason: string | null;
  person_id: string | null;
  campaign_id: string | null;
  shares: CreditShare[];
  losers: JudgedTouch[];
  pay_model: ShareModel | null;
  policy_version: number | null;
  window_days: number | null;
  decided_at: Date | null;
  is_waiting: boolean;
}

const columns = sql`id, event, external_id, happened_at, click_ids, codes, code_keys, rule, reason, person_id, campaign_id, shares, losers, pay_model, policy_version,
  window_days, decided_at, is_waiting`;

export interface NewLead {
  id: string;
  event: string;
  external_id: string;
  happened_at: string;
  click_ids: string[];
  codes: string[];
  code_keys: string[];
}

/** Stores leads that are not there yet; returns the ids that are new. */
export async function insertLeads(tx: Tx, workspaceId: string, rows: readonly NewLead[]): Promise<Set<string>> {
  const { rows: fresh } = await sql<{ id: string }>`
    insert into lead (workspace_id, id, event, external_id, happened_at, click_ids, codes, code_keys)
    select ${workspaceId}, r.id, r.event, r.external_id, r.happened_at, r.click_ids, r.codes, r.code_keys
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, event text, external_id text, happened_at timestamptz, click_ids text[], codes text[],
      code_keys text[])
    order by r.event, r.external_id
    on conflict (workspace_id, event, external_id) do nothing returning id`.execute(tx);
  return new Set(fresh.map((row) => row.id));
}

/** Leads by the names they have where they happened. */
export async function selectNamedLeads(
  tx: Tx,
  workspaceId: string,
  names: readonly { event: string; externalId: string }[],
): Promise<LeadRow[]> {
  const { rows } = await sql<LeadRow>`
    select ${columns} from lead
    where workspace_id = ${workspaceId} and (event, external_id) in (
      select * from unnest(${names.map((name) => name.event)}::text[], ${names.map((name) => name.externalId)}::text[]))`.execute(
    tx,
  );
  return rows;
}

/** Leads to decide, held until the transaction ends. */
export async function holdLeads(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<LeadRow[]> {
  const { rows } = await sql<LeadRow>`
    select ${columns} from lead where workspace_id = ${workspaceId} and id = any(${[...ids]}::text[]) order by id for update`.execute(
    tx,
  );
  return rows;
}

export interface DecidedLead {
  id: string;
  rule: 'code' | 'link' | 'none';
  reason: string;
  person_id: string | null;
  campaign_id: string | null;
  enrolment_id: string | null;
  shares: CreditShare[];
  losers: JudgedTouch[];
  pay_model: ShareModel;
  policy_version: number;
  window_days: number;
  is_waiting: boolean;
}

export async function updateLeads(tx: Tx, workspaceId: string, rows: readonly DecidedLead[], at: Date): Promise<void> {
  await sql`
    update lead l set rule = r.rule, reason = r.reason, person_id = r.person_id, campaign_id = r.campaign_id, enrolment_id = r.enrolment_id, shares = r.shares,
      losers = r.losers, pay_model = r.pay_model, policy_version = r.policy_version, window_days = r.window_days, is_waiting = r.is_waiting, decided_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, rule text, reason text, person_id text, campaign_id text, enrolment_id text, shares jsonb,
      losers jsonb, pay_model text, policy_version int, window_days int, is_waiting boolean)
    where l.workspace_id = ${workspaceId} and l.id = r.id
      and (l.rule, l.reason, l.person_id, l.campaign_id, l.enrolment_id, l.shares, l.losers, l.pay_model, l.policy_version, l.window_days, l.is_waiting)
        is distinct from (r.rule, r.reason, r.person_id, r.campaign_id, r.enrolment_id, r.shares, r.losers, r.pay_model, r.policy_version, r.window_days, r.is_waiting)`.execute(
    tx,
  );
}

/** Leads that still wait for clicks they name, since then; what waits longer names clicks there never were. */
export async function waitingLeads(tx: Tx, workspaceId: string, of: { since: Date; limit: number }): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from lead where workspace_id = ${workspaceId} and is_waiting and created_at > ${of.since} order by created_at, id limit ${of.limit}`.execute(
    tx,
  );
  return rows.map((row) => row.id);
}

/** All leads in id order, a page at a time. */
export async function nextLeadIds(tx: Tx, workspaceId: string, after: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from lead where workspace_id = ${workspaceId} and id > ${after} order by id limit ${limit}`.execute(tx);
  return rows.map((row) => row.id);
}

interface LeadFilter {
  workspaceId: string;
  campaignId: string | undefined;
  personId: string | undefined;
  event: string | undefined;
}

const filtered = (of: LeadFilter) => sql`workspace_id = ${of.workspaceId}
  and ${of.campaignId === undefined ? sql`true` : sql`campaign_id = ${of.campaignId}`} and ${of.personId === undefined ? sql`true` : sql`person_id = ${of.personId}`}
  and ${of.event === undefined ? sql`true` : sql`event = ${of.event}`}`;

export async function selectLeads(
  tx: Tx,
  of: LeadFilter & { after: { at: string; id: string } | null; limit: number },
): Promise<LeadRow[]> {
  const { rows } = await sql<LeadRow>`
    select ${columns} from lead
    where ${filtered(of)} and ${of.after === null ? sql`true` : sql`(happened_at, id) < (${of.after.at}::timestamptz, ${of.after.id})`}
    order by happened_at desc, id desc limit ${of.limit}`.execute(tx);
  return rows;
}

export async function countLeads(tx: Tx, of: LeadFilter): Promise<{ total: number; credited: number }> {
  const { rows } = await sql<{ total: number; credited: number }>`
    select count(*)::int as total, count(*) filter (where rule <> 'none')::int as credited from lead where ${filtered(of)}`.execute(
    tx,
  );
  return rows[0] ?? { total: 0, credited: 0 };
}

export async function selectLead(tx: Tx, workspaceId: string, id: string): Promise<LeadRow | undefined> {
  const { rows } = await sql<LeadRow>`
    select ${columns} from lead where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
  return rows[0];
}
