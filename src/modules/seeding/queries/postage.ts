import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface PostageRow {
  enrolment_id: string;
  /** Null as soon as the postage of one parcel is not known. */
  minor: bigint | null;
  assumed_minor: bigint;
}

/**
 * Postage by creator over parcels that were ordered and not cancelled: as entered, else what the plan says a parcel costs. Creators who have a
 * parcel, but none like that, come with null.
 */
export async function sumPostage(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; enrolmentId?: string | undefined },
): Promise<PostageRow[]> {
  const { rows } = await sql<PostageRow>`
    select s.enrolment_id,
      case when bool_or(s.cost_minor is null and p.shipping_cost_minor is null) filter (where sent.is_so) then null
        else sum(coalesce(s.cost_minor, p.shipping_cost_minor)) filter (where sent.is_so) end::bigint as minor,
      coalesce(sum(p.shipping_cost_minor) filter (where sent.is_so and s.cost_minor is null), 0)::bigint as assumed_minor
    from shipment s
    cross join lateral (select s.state in ('ordered', 'packed', 'shipped', 'delivered', 'returned', 'lost') as is_so) sent
    left join seeding_plan p on p.workspace_id = s.workspace_id and p.campaign_id = s.campaign_id
    where s.workspace_id = ${workspaceId} and s.campaign_id = ${of.campaignId}
      and (${of.enrolmentId ?? null}::text is null or s.enrolment_id = ${of.enrolmentId ?? null})
    group by s.enrolment_id order by s.enrolment_id`.execute(tx);
  return rows;
}
