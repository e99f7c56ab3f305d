import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** A creator on a campaign with what its deliverables say; without names, which the creators module owns. */
export interface EnrolmentRow {
  id: string;
  campaign_id: string;
  person_id: string;
  profile_id: string | null;
  stage: string;
  stage_since: Date;
  fee_minor: bigint | null;
  fee_paid_on: string | null;
  signed_fee_minor: bigint | null;
  signed_fee_currency: string | null;
  product_cost_minor: bigint | null;
  postage_minor: bigint | null;
  note: string | null;
  owner_id: string | null;
  blocker: string | null;
  blocker_since: Date | null;
  added_at: Date;
  removed_at: Date | null;
  removed_reason: string | null;
  respond_by: string | null;
  drafts_by: string | null;
  live_from: string | null;
  live_until: string | null;
  tags: string[];
  contract_ended_on: string | null;
  contract_end_reason: string | null;
  deliverables: number;
  live: number;
  drafted: number;
  planned: number;
  approved: number;
  next_due_on: string | null;
  next_due_title: string | null;
  live_fault: string | null;
  live_fault_since: Date | null;
}

// By index for each creator: the planner cannot go wrong on it before it has seen how many there are.
const withDeliverables = sql`
  select e.id, e.campaign_id, e.person_id, e.profile_id, e.stage, e.stage_since, e.fee_minor, e.fee_paid_on, e.signed_fee_minor, e.signed_fee_currency, e.product_cost_minor, e.postage_minor,
    e.note, e.owner_id, e.blocker, e.blocker_since, e.added_at, e.removed_at, e.removed_reason,
    e.respond_by, e.drafts_by, e.live_from, e.live_until, e.tags, e.contract_ended_on, e.contract_end_reason,
    d.total as deliverables, d.live, d.drafted, d.planned, d.approved, d.next_due_on, d.next_due_title, d.live_fault, d.live_fault_since
  from enrolment e
  cross join lateral (
    select count(*) filter (where d.state <> 'cancelled')::int as total,
      count(*) filter (where d.state = 'live' or (d.state = 'approved' and d.is_for_brand))::int as live,
      count(*) filter (where d.state = 'drafted')::int as drafted,
      count(*) filter (where d.state = 'planned')::int as planned,
      count(*) filter (where d.state = 'approved' and not d.is_for_brand)::int as approved,
      min(d.due_on) filter (where (d.state in ('planned', 'drafted') or (d.state = 'approved' and not d.is_for_brand))) as next_due_on,
      (array_agg(d.title order by d.due_on, d.id) filter (where (d.state in ('planned', 'drafted') or (d.state = 'approved' and not d.is_for_brand)) and d.due_on is not null))[1] as next_due_title,
      (array_agg(d.live_fault order by d.live_fault_since, d.id) filter (where d.state = 'live' and d.live_fault is not null))[1] as live_fault,
      min(d.live_fault_since) filter (where d.state = 'live') as live_fault_since
    from deliverable d where d.workspace_id = e.workspace_id and d.enrolment_id = e.id
  ) d`;

/** Everyone ever on the campaigns, removed ones included (not those brought together with another), in the order they came in, ties by id. */
export async function selectRoster(
  tx: Tx,
  workspaceId: string,
  campaignIds: readonly string[],
): Promise<EnrolmentRow[]> {
  const { rows } = await sql<EnrolmentRow>`
    ${withDeliverables}
    where e.workspace_id = ${workspaceId} and e.campaign_id = any(${campaignIds}::text[]) and e.joined_into is null
    order by e.campaign_id, e.added_at, e.id`.execute(tx);
  return rows;
}

/** The enrolments named, in the order they came in. */
export async function selectEnrolments(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<EnrolmentRow[]> {
  const { rows } = await sql<EnrolmentRow>`
    ${withDeliverables}
    where e.workspace_id = ${workspaceId} and e.id = any(${ids}::text[])
    order by e.added_at, e.id`.execute(tx);
  return rows;
}

export async function selectEnrolmentIdsOfPerson(tx: Tx, workspaceId: string, personId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('enrolment')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .where('joined_into', 'is', null)
    .orderBy('added_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => row.id);
}

/** Stage and removal of enrolments, locked in id order so that two bulk changes cannot wait for each other. */
export async function lockEnrolments(tx: Tx, workspaceId: string, of: { campaignId: string; ids: readonly string[] }) {
  return tx
    .selectFrom('enrolment')
    .select([
      'id',
      'person_id',
      'stage',
      'removed_at',
      'profile_id',
      'fee_minor',
      'fee_paid_on',
      'product_cost_minor',
      'owner_id',
      'note',
      'tags',
      'respond_by',
      'drafts_by',
      'live_from',
      'live_until',
    ])
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', of.campaignId)
    .where('id', '=', sql<string>`any(${of.ids}::text[])`)
    .where('joined_into', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
}

export async function lockEnrolmentsOfPersons(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; personIds: readonly string[] },
) {
  return tx
    .selectFrom('enrolment')
    .select(['id', 'person_id', 'stage', 'removed_at'])
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', of.campaignId)
    .where('person_id', '=', sql<string>`any(${of.personIds}::text[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
}

export interface NewEnrolment {
  id: string;
  personId: string;
  profileId: string | null;
}

/** Inserts enrolments that stand alike; those whose person is on the campaign already are left out of the answer. */
export async function insertEnrolments(
  tx: Tx,
  workspaceId: string,
  of: {
    campaignId: string;
    rows: readonly NewEnrolment[];
    stage: string;
    feeMinor: bigint | null;
    productCostMinor: bigint | null;
    addedBy: string;
    at: Date;
  },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into enrolment (workspace_id, id, campaign_id, person_id, profile_id, stage, stage_since, fee_minor, product_cost_minor, added_by, added_at)
    select ${workspaceId}, new.id, ${of.campaignId}, new.person_id, new.profile_id, ${of.stage}, ${of.at}::timestamptz,
      ${of.feeMinor}::bigint, ${of.productCostMinor}::bigint, ${of.addedBy}, ${of.at}::timestamptz
    from unnest(${of.rows.map((row) => row.id)}::text[], ${of.rows.map((row) => row.personId)}::text[], ${of.rows.map((row) => row.profileId)}::text[])
      as new (id, person_id, profile_id)
    on conflict (workspace_id, campaign_id, person_id) do nothing
    returning id`.execute(tx);
  return rows.map((row) => row.id);
}

export async function setStage(
  tx: Tx,
  workspaceId: string,
  of: { ids: readonly string[]; stage: string; at: Date },
): Promise<void> {
  await sql`
    update enrolment set stage = ${of.stage}, stage_since = ${of.at}, blocker = null, blocker_since = null
    where workspace_id = ${workspaceId} and id = any(${of.ids}::text[])`.execute(tx);
}

export async function setRemoved(
  tx: Tx,
  workspaceId: string,
  of: { ids: readonly string[]; reason: string | null; at: Date | null },
): Promise<void> {
  await sql`
    update enrolment set removed_at = ${of.at}, removed_reason = ${of.reason}
    where workspace_id = ${workspaceId} and id = any(${of.ids}::text[])`.execute(tx);
}

export type HeldEnrolment = Awaited<ReturnType<typeof lockEnrolments>>[number];

export interface HistoryEntry {
  id: string;
  enrolmentId: string;
  kind: 'added' | 'moved' | 'changed' | 'removed' | 'restored' | 'joined' | 'parted';
  fromStage: string | null;
  toStage: string | null;
  changes: Record<string, unknown>;
}

export async function insertHistory(
  tx: Tx,
  workspaceId: string,
  of: { entries: readonly HistoryEntry[]; byName: string; at: Date },
): Promise<void> {
  if (of.entries.length === 0) return;
  await tx
    .insertInto('enrolment_history')
    .values(
      of.entries.map((entry) => ({
        workspace_id: workspaceId,
        id: entry.id,
        enrolment_id: entry.enrolmentId,
        kind: entry.kind,
        from_stage: entry.fromStage,
        to_stage: entry.toStage,
        changes: JSON.stringify(entry.changes),
        by_name: of.byName,
        at: of.at,
      })),
    )
    .execute();
}

export async function selectHistory(tx: Tx, workspaceId: string, enrolmentIds: readonly string[], limit: number) {
  return tx
    .selectFrom('enrolment_history')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('enrolment_id', '=', sql<string>`any(${[...enrolmentIds]}::text[])`)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
