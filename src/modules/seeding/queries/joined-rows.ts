import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

interface Pair {
  joinedId: string;
  keptId: string;
  at: Date;
}

/** Tables of this module whose rows belong to an enrolment. */
export const enrolmentTables = [
  {
    table: 'seeding_ask',
    key: 'kind',
    hasPerson: true,
    unless: (kept: string) => sql`exists (
      select from seeding_ask k where k.workspace_id = r.workspace_id and k.enrolment_id = ${kept} and k.kind = r.kind)`,
  },
  { table: 'pick', hasPerson: true },
  { table: 'shipment', hasPerson: true },
  {
    table: 'no_post_reason',
    key: 'campaign_id',
    hasPerson: true,
    unless: (kept: string) =>
      sql`exists (select from no_post_reason k where k.workspace_id = r.workspace_id and k.enrolment_id = ${kept})`,
  },
];

const reason = 'This creator’s other entry on the campaign has a choice or a parcel already';

/** A parcel that reached the creator or may yet; what came back or was lost does not count. */
const alive = sql`s.state in ('waiting', 'ordered', 'packed', 'shipped', 'delivered')`;

/** A parcel of the joined entry nobody has ordered yet waits for a person when the kept one has a parcel. */
export async function holdSecondParcels(tx: Tx, workspaceId: string, of: Pair): Promise<void> {
  await sql`
    update shipment j set state = 'failed', problem = 'second_parcel', problem_text = ${reason}, next_try_at = null
    where j.workspace_id = ${workspaceId} and j.enrolment_id = ${of.joinedId} and j.state = 'waiting' and j.draft_id is null
      and (j.lease_until is null or j.lease_until < ${of.at})
      and exists (select from shipment s where s.workspace_id = j.workspace_id and s.enrolment_id = ${of.keptId} and ${alive})`.execute(
    tx,
  );
}

/** Of two unsent choices the kept entry's stands; where it got a parcel, the other one's choice is not sent by itself. */
export async function cancelSecondPicks(tx: Tx, workspaceId: string, of: Pair): Promise<void> {
  await sql`
    update pick j set state = 'cancelled', reason = ${reason}, decided_by = 'Rapport', decided_at = ${of.at}
    where j.workspace_id = ${workspaceId} and j.enrolment_id = ${of.joinedId} and j.state in ('submitted', 'approved') and not j.is_sent
      and (exists (select from pick k where k.workspace_id = j.workspace_id and k.enrolment_id = ${of.keptId} and k.state in ('submitted', 'approved') and not k.is_sent)
        or exists (select from shipment s where s.workspace_id = j.workspace_id and s.enrolment_id = ${of.keptId} and ${alive}))`.execute(
    tx,
  );
}

/** What was stopped because two entries were one: choices that were not sent, and parcels nobody had ordered. */
export async function countStopped(
  tx: Tx,
  workspaceId: string,
  enrolmentIds: readonly string[],
): Promise<{ picks: number; parcels: number }> {
  const ids = sql`${[...enrolmentIds]}::text[]`;
  const { rows } = await sql<{ picks: number; parcels: number }>`
    select (select count(*) from pick where workspace_id = ${workspaceId} and enrolment_id = any(${ids}) and state = 'cancelled' and reason = ${reason})::int as picks,
      (select count(*) from shipment where workspace_id = ${workspaceId} and enrolment_id = any(${ids}) and state = 'failed' and problem = 'second_parcel')::int as parcels`.execute(
    tx,
  );
  return rows[0] ?? { picks: 0, parcels: 0 };
}

/** Rounds of the joined entry's choices count on after the kept one's. */
export async function raiseRounds(tx: Tx, workspaceId: string, of: Pair): Promise<void> {
  await sql`
    update pick j set round = j.round + most.round
    from (select greatest(
        (select coalesce(max(round), 0) from pick where workspace_id = ${workspaceId} and enrolment_id = ${of.keptId}),
        (select coalesce(max(round), 0) from pick where workspace_id = ${workspaceId} and enrolment_id = ${of.joinedId})) as round) most
    where j.workspace_id = ${workspaceId} and j.enrolment_id = ${of.joinedId}`.execute(tx);
}
