import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface PickRow {
  id: string;
  campaign_id: string;
  enrolment_id: string;
  person_id: string;
  round: number;
  state: 'submitted' | 'approved' | 'rejected' | 'cancelled';
  is_sent: boolean;
  picked_by: 'creator' | 'brand';
  note: string | null;
  reason: string | null;
  created_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
}

export interface PickLineRow {
  pick_id: string;
  variant_id: string;
  product_id: string;
  quantity: number;
  product_name: string;
  variant_title: string;
  sku: string | null;
  unit_cost_minor: bigint | null;
  currency: string;
}

const columns = sql`
  select id, campaign_id, enrolment_id, person_id, round, state, is_sent, picked_by, note, reason, created_at, decided_by, decided_at from pick`;

export async function selectPicks(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<PickRow[]> {
  if (ids.length === 0) return [];
  const { rows } =
    await sql<PickRow>`${columns} where workspace_id = ${workspaceId} and id = any(${ids}::text[]) order by id`.execute(
      tx,
    );
  return rows;
}

/** The same, held until the transaction ends, in one order for everybody. */
export async function lockPicks(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<PickRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<PickRow>`
    ${columns} where workspace_id = ${workspaceId} and id = any(${ids}::text[]) order by id for update`.execute(tx);
  return rows;
}

/** The newest choice of each creator on a campaign. */
export async function selectNewestPicks(tx: Tx, workspaceId: string, campaignId: string): Promise<PickRow[]> {
  const { rows } = await sql<PickRow>`
    select distinct on (enrolment_id) id, campaign_id, enrolment_id, person_id, round, state, is_sent, picked_by, note, reason, created_at, decided_by, decided_at
    from pick where workspace_id = ${workspaceId} and campaign_id = ${campaignId} order by enrolment_id, round desc`.execute(
    tx,
  );
  return rows;
}

/** All choices of some enrolments, newest first. */
export async function selectPicksOfEnrolments(
  tx: Tx,
  workspaceId: string,
  enrolmentIds: readonly string[],
): Promise<PickRow[]> {
  if (enrolmentIds.length === 0) return [];
  const { rows } = await sql<PickRow>`
    ${columns} where workspace_id = ${workspaceId} and enrolment_id = any(${enrolmentIds}::text[]) order by enrolment_id, round desc`.execute(
    tx,
  );
  return rows;
}

export async function selectPickLines(tx: Tx, workspaceId: string, pickIds: readonly string[]): Promise<PickLineRow[]> {
  if (pickIds.length === 0) return [];
  const { rows } = await sql<PickLineRow>`
    select pick_id, variant_id, product_id, quantity, product_name, variant_title, sku, unit_cost_minor, currency from pick_line
    where workspace_id = ${workspaceId} and pick_id = any(${pickIds}::text[]) order by pick_id, sort, variant_id`.execute(
    tx,
  );
  return rows;
}

export interface NewPick {
  id: string;
  campaignId: string;
  enrolmentId: string;
  personId: string;
  round: number;
  state: 'submitted' | 'approved';
  pickedBy: 'creator' | 'brand';
  note: string | null;
  at: Date;
  decidedBy: string | null;
}

export async function insertPick(tx: Tx, workspaceId: string, row: NewPick): Promise<void> {
  await tx
    .insertInto('pick')
    .values({
      workspace_id: workspaceId,
      id: row.id,
      campaign_id: row.campaignId,
      enrolment_id: row.enrolmentId,
      person_id: row.personId,
      round: row.round,
      state: row.state,
      picked_by: row.pickedBy,
      note: row.note,
      created_at: row.at,
      decided_by: row.decidedBy,
      decided_at: row.decidedBy === null ? null : row.at,
    })
    .execute();
}

export interface LineWrite {
  variantId: string;
  productId: string;
  quantity: number;
  productName: string;
  variantTitle: string;
  sku: string | null;
  unitCostMinor: bigint | null;
  currency: string;
}

export async function replaceLines(
  tx: Tx,
  workspaceId: string,
  of: { pickId: string; lines: readonly LineWrite[] },
): Promise<void> {
  await sql`delete from pick_line where workspace_id = ${workspaceId} and pick_id = ${of.pickId}`.execute(tx);
  await tx
    .insertInto('pick_line')
    .values(
      of.lines.map((line, sort) => ({
        workspace_id: workspaceId,
        pick_id: of.pickId,
        variant_id: line.variantId,
        product_id: line.productId,
        quantity: line.quantity,
        product_name: line.productName,
        variant_title: line.variantTitle,
        sku: line.sku,
        unit_cost_minor: line.unitCostMinor,
        currency: line.currency,
        sort,
      })),
    )
    .execute();
}

export async function decidePick(
  tx: Tx,
  workspaceId: string,
  of: { id: string; state: PickRow['state']; reason: string | null; by: string | null; at: Date; note?: string | null },
): Promise<void> {
  await sql`
    update pick set state = ${of.state}, reason = ${of.reason}, decided_by = ${of.by}, decided_at = ${of.by === null ? null : of.at},
      note = case when ${of.note === undefined} then note else ${of.note ?? null} end
    where workspace_id = ${workspaceId} and id = ${of.id}`.execute(tx);
}

export async function setSent(tx: Tx, workspaceId: string, of: { id: string; isSent: boolean }): Promise<void> {
  await sql`update pick set is_sent = ${of.isSent} where workspace_id = ${workspaceId} and id = ${of.id}`.execute(tx);
}

/** Cost of goods by enrolment over approved choices, of which parcels were cancelled apart; null where one line has no cost or another currency. */
export async function sumGoods(
  tx: Tx,
  workspaceId: string,
  of: { enrolmentId: string; currency: string },
): Promise<{ n: number; minor: bigint | null }> {
  const { rows } = await sql<{ n: number; known: number; minor: bigint | null }>`
    select count(*)::int as n, count(l.unit_cost_minor) filter (where l.currency = ${of.currency})::int as known, sum(l.unit_cost_minor * l.quantity)::bigint as minor
    from pick k join pick_line l on l.workspace_id = k.workspace_id and l.pick_id = k.id
    left join shipment s on s.workspace_id = k.workspace_id and s.pick_id = k.id
    where k.workspace_id = ${workspaceId} and k.enrolment_id = ${of.enrolmentId} and k.state = 'approved' and s.state is distinct from 'cancelled'`.execute(
    tx,
  );
  const [row] = rows;
  if (row === undefined || row.n === 0) return { n: 0, minor: null };
  return { n: row.n, minor: row.known === row.n ? row.minor : null };
}
