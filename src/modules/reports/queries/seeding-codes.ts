import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** Creators of a campaign to whom a parcel left, wherever it ended. */
export async function selectGifted(tx: Tx, workspaceId: string, campaignId: string): Promise<string[]> {
  const { rows } = await sql<{ enrolment_id: string }>`
    select distinct enrolment_id from shipment
    where workspace_id = ${workspaceId} and campaign_id = ${campaignId} and state in ('shipped', 'delivered', 'returned', 'lost')
    order by enrolment_id`.execute(tx);
  return rows.map((row) => row.enrolment_id);
}

export interface CodeUses {
  codes: number;
  used: number;
  orders: number;
  newest_at: Date | null;
}

/** Codes of these creators, and the orders that bear one of them and stand: an order with two codes is one order. */
export async function countCodeUses(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; enrolmentIds: readonly string[] },
): Promise<CodeUses> {
  const { rows } = await sql<CodeUses>`
    with given as (
      select code_key from discount_code
      where workspace_id = ${workspaceId} and campaign_id = ${of.campaignId} and enrolment_id = any(${[...of.enrolmentIds]}::text[])
    ), borne as (
      select c.id, c.ordered_at, g.code_key from given g
      join conversion c on c.workspace_id = ${workspaceId} and c.code_keys @> array[g.code_key] and c.state <> 'cancelled'
    )
    select (select count(*)::int from given) as codes, count(distinct code_key)::int as used, count(distinct id)::int as orders,
      max(ordered_at) as newest_at from borne`.execute(tx);
  return rows[0] ?? { codes: 0, used: 0, orders: 0, newest_at: null };
}
