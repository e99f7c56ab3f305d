import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { PostalAddress, ShipmentEventKind, ShipmentProblem, ShipmentState } from '../api.ts';

export interface ParcelRow {
  workspace_id: string;
  id: string;
  pick_id: string;
  campaign_id: string;
  enrolment_id: string;
  person_id: string;
  shop_id: string | null;
  state: ShipmentState;
  problem: ShipmentProblem | null;
  problem_text: string | null;
  tries: number;
  tried_at: Date | null;
  next_try_at: Date | null;
  lease_until: Date | null;
  draft_id: string | null;
  external_id: string | null;
  external_name: string | null;
  external_url: string | null;
  carrier: string | null;
  tracking_number: string | null;
  tracking_url: string | null;
  cost_minor: bigint | null;
  address: PostalAddress | null;
  created_by: string;
  created_at: Date;
  nudged_at: Date | null;
  nudge: string | null;
  version: number;
}

const columns = sql`
  select workspace_id, id, pick_id, campaign_id, enrolment_id, person_id, shop_id, state, problem, problem_text, tries, tried_at, next_try_at, lease_until, draft_id,
    external_id, external_name, external_url, carrier, tracking_number, tracking_url, cost_minor, address, created_by, created_at, nudged_at, nudge, version from shipment`;

export async function selectParcels(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<ParcelRow[]> {
  if (ids.length === 0) return [];
  const { rows } =
    await sql<ParcelRow>`${columns} where workspace_id = ${workspaceId} and id = any(${ids}::text[]) order by id`.execute(
      tx,
    );
  return rows;
}

/** The same, held until the transaction ends, in one order for everybody. */
export async function lockParcels(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<ParcelRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<ParcelRow>`
    ${columns} where workspace_id = ${workspaceId} and id = any(${ids}::text[]) order by id for update`.execute(tx);
  return rows;
}

export async function lockParcelOfPick(tx: Tx, workspaceId: string, pickId: string): Promise<ParcelRow | undefined> {
  const { rows } = await sql<ParcelRow>`
    ${columns} where workspace_id = ${workspaceId} and pick_id = ${pickId} for update`.execute(tx);
  return rows[0];
}

export async function selectParcelsOfCampaign(tx: Tx, workspaceId: string, campaignId: string): Promise<ParcelRow[]> {
  const { rows } = await sql<ParcelRow>`
    ${columns} where workspace_id = ${workspaceId} and campaign_id = ${campaignId} order by created_at, id`.execute(tx);
  return rows;
}

export async function selectParcelsOfPerson(tx: Tx, workspaceId: string, personId: string): Promise<ParcelRow[]> {
  const { rows } = await sql<ParcelRow>`
    ${columns} where workspace_id = ${workspaceId} and person_id = ${personId} order by created_at desc, id`.execute(
    tx,
  );
  return rows;
}

export interface NewParcel {
  id: string;
  pickId: string;
  campaignId: string;
  enrolmentId: string;
  personId: string;
  shopId: string | null;
  state: 'waiting' | 'failed' | 'ordered';
  problem: ShipmentProblem | null;
  problemText: string | null;
  nextTryAt: Date | null;
  address: PostalAddress | null;
  createdBy: string;
  at: Date;
}

/** Makes a parcel of a choice; false when there is one, which stays as it is. */
export async function insertParcel(tx: Tx, workspaceId: string, row: NewParcel): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    insert into shipment (workspace_id, id, pick_id, campaign_id, enrolment_id, person_id, shop_id, state, problem, problem_text, next_try_at, address, created_by, created_at)
    values (${workspaceId}, ${row.id}, ${row.pickId}, ${row.campaignId}, ${row.enrolmentId}, ${row.personId}, ${row.shopId}, ${row.state}, ${row.problem}, ${row.problemText},
      ${row.nextTryAt}, ${row.address === null ? null : JSON.stringify(row.address)}::jsonb, ${row.createdBy}, ${row.at})
    on conflict (workspace_id, pick_id) do nothing returning id`.execute(tx);
  return rows.length > 0;
}

export interface ParcelChange {
  shop_id?: string | null;
  state?: ShipmentState;
  problem?: ShipmentProblem | null;
  problem_text?: string | null;
  tries?: number;
  tried_at?: Date | null;
  next_try_at?: Date | null;
  lease_until?: Date | null;
  draft_id?: string | null;
  external_id?: string | null;
  external_name?: string | null;
  external_url?: string | null;
  carrier?: string | null;
  tracking_number?: string | null;
  tracking_url?: string | null;
  cost_minor?: bigint | null;
  nudged_at?: Date | null;
  nudge?: string | null;
  version?: number;
  checked_at?: Date | null;
}

export async function updateParcel(
  tx: Tx,
  workspaceId: string,
  of: { id: string; change: ParcelChange; address?: PostalAddress | null },
): Promise<void> {
  await tx
    .updateTable('shipment')
    .set({
      ...of.change,
      ...(of.address === undefined ? {} : { address: of.address === null ? null : JSON.stringify(of.address) }),
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .execute();
}

export interface ParcelEventRow {
  id: string;
  shipment_id: string;
  kind: ShipmentEventKind;
  at: Date;
  source: string;
  by_name: string;
  note: string | null;
  recorded_at: Date;
  withdrawn_at: Date | null;
  withdrawn_by: string | null;
}

/** What happened to parcels, withdrawn things too, in the order of their time. */
export async function selectParcelEvents(
  tx: Tx,
  workspaceId: string,
  shipmentIds: readonly string[],
): Promise<ParcelEventRow[]> {
  if (shipmentIds.length === 0) return [];
  const { rows } = await sql<ParcelEventRow>`
    select id, shipment_id, kind, at, source, by_name, note, recorded_at, withdrawn_at, withdrawn_by from shipment_event
    where workspace_id = ${workspaceId} and shipment_id = any(${shipmentIds}::text[]) order by shipment_id, at,
      array_position(array['ordered', 'packed', 'shipped', 'delivered', 'returned', 'lost', 'cancelled'], kind), recorded_at, id`.execute(
    tx,
  );
  return rows;
}

export interface NewParcelEvent {
  id: string;
  shipmentId: string;
  kind: ShipmentEventKind;
  at: Date;
  source: string;
  byName: string;
  note: string | null;
  recordedAt: Date;
}

/** Writes down what happened; false when the same was told before. */
export async function insertParcelEvent(tx: Tx, workspaceId: string, row: NewParcelEvent): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    insert into shipment_event (workspace_id, id, shipment_id, kind, at, source, by_name, note, recorded_at)
    values (${workspaceId}, ${row.id}, ${row.shipmentId}, ${row.kind}, ${row.at}, ${row.source}, ${row.byName}, ${row.note}, ${row.recordedAt})
    on conflict (workspace_id, shipment_id, kind, source, at) do nothing returning id`.execute(tx);
  return rows.length > 0;
}

export async function withdrawParcelEvent(
  tx: Tx,
  workspaceId: string,
  of: { id: string; shipmentId: string; by: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update shipment_event set withdrawn_at = ${of.at}, withdrawn_by = ${of.by}
    where workspace_id = ${workspaceId} and shipment_id = ${of.shipmentId} and id = ${of.id} and withdrawn_at is null returning id`.execute(
    tx,
  );
  return rows.length > 0;
}

interface OfWorkspace {
  workspace_id: string;
  id: string;
}

/** Parcels of all workspaces whose order is due to be placed. */
export async function selectWaiting(tx: Tx, now: Date, limit: number): Promise<OfWorkspace[]> {
  const { rows } = await sql<OfWorkspace>`
    select workspace_id, id from shipment where state = 'waiting' and next_try_at <= ${now} and (lease_until is null or lease_until < ${now})
    order by next_try_at, workspace_id, id limit ${limit}`.execute(tx);
  return rows;
}

/** Parcels on their way whose shop was not asked since, the longest unasked first. */
export async function selectToAsk(
  tx: Tx,
  of: { before: Date; limit: number; workspaceId: string | null; campaignId: string | null },
): Promise<{ workspace_id: string; id: string; shop_id: string; external_id: string }[]> {
  const { rows } = await sql<{ workspace_id: string; id: string; shop_id: string; external_id: string }>`
    select s.workspace_id, s.id, s.shop_id, s.external_id from shipment s join shop_catalogue h on h.workspace_id = s.workspace_id and h.shop_id = s.shop_id
    where s.state in ('ordered', 'packed', 'shipped') and s.external_id is not null and (s.checked_at is null or s.checked_at < ${of.before})
      and h.is_on and (${of.workspaceId}::text is null or s.workspace_id = ${of.workspaceId})
      and (${of.campaignId}::text is null or s.campaign_id = ${of.campaignId})
    order by s.checked_at nulls first, s.workspace_id, s.id limit ${of.limit}`.execute(tx);
  return rows;
}

export async function setChecked(tx: Tx, workspaceId: string, of: { ids: readonly string[]; at: Date }): Promise<void> {
  await sql`update shipment set checked_at = ${of.at} where workspace_id = ${workspaceId} and id = any(${of.ids}::text[])`.execute(
    tx,
  );
}

/** Delivered parcels of all workspaces whose creators may be due to be reminded. */
export async function selectToNudge(tx: Tx, now: Date, limit: number): Promise<OfWorkspace[]> {
  const { rows } = await sql<OfWorkspace>`
    select s.workspace_id, s.id from shipment s
    join seeding_plan p on p.workspace_id = s.workspace_id and p.campaign_id = s.campaign_id and p.nudge_after_days is not null
    join lateral (
      select min(e.at) as at from shipment_event e
      where e.workspace_id = s.workspace_id and e.shipment_id = s.id and e.kind = 'delivered' and e.withdrawn_at is null
    ) delivered on delivered.at is not null
    where s.state = 'delivered' and s.nudge is null
      and delivered.at + make_interval(days => p.nudge_after_days) <= ${now}::timestamptz
      and delivered.at + make_interval(days => p.nudge_after_days + ${nudgeLateDays}) > ${now}::timestamptz
    order by s.workspace_id, s.id limit ${limit}`.execute(tx);
  return rows;
}

/** A reminder later than this comes out of the blue: parcels entered long after the fact send none. */
const nudgeLateDays = 30;

/** All that waits for a shop which is out of reach for good; what is being ordered just now finds out by itself. */
export async function failWaiting(tx: Tx, workspaceId: string, of: { shopId: string; text: string }): Promise<void> {
  await sql`
    update shipment set state = 'failed', problem = 'shop_disconnected', problem_text = ${of.text}, next_try_at = null
    where workspace_id = ${workspaceId} and id = any(array(
      select id from shipment where workspace_id = ${workspaceId} and shop_id = ${of.shopId} and state = 'waiting' and lease_until is null
      order by id for update skip locked))`.execute(tx);
}

/** Waiting parcels of a shop are due at once; failed for want of the shop, they wait again. */
export async function wakeParcels(tx: Tx, workspaceId: string, of: { shopId: string; now: Date }): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update shipment set state = 'waiting', problem = null, problem_text = null, next_try_at = ${of.now}
    where workspace_id = ${workspaceId} and shop_id = ${of.shopId} and (state = 'waiting' or (state = 'failed' and problem = 'shop_disconnected')) returning id`.execute(
    tx,
  );
  return rows.length;
}

/** Failed for want of a good address: due again, with this one. */
export async function wakeForAddress(
  tx: Tx,
  workspaceId: string,
  of: { personId: string; address: PostalAddress; now: Date },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update shipment set address = ${JSON.stringify(of.address)}::jsonb,
      state = case when shop_id is null then state else 'waiting' end, problem = null, problem_text = null, next_try_at = ${of.now}, version = version + 1
    where workspace_id = ${workspaceId} and person_id = ${of.personId} and state = 'failed' and problem in ('address_missing', 'address_refused')
      and shop_id is not null returning id`.execute(tx);
  return rows.map((row) => row.id);
}
