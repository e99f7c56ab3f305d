import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface OpenWorkRow {
  campaign_id: string;
  kind: string;
  n: number;
  since: Date;
}

/** What waits for members by campaign and kind. */
export async function selectOpenWork(tx: Tx, workspaceId: string): Promise<OpenWorkRow[]> {
  const { rows } = await sql<OpenWorkRow>`
    select k.campaign_id, case
        when k.state = 'submitted' then 'pick.to_decide'
        when a.person_id is null then 'address.missing'
        else 'pick.to_send' end as kind,
      count(*)::int as n, min(coalesce(k.decided_at, k.created_at)) as since
    from pick k
    left join shipment s on s.workspace_id = k.workspace_id and s.pick_id = k.id
    left join creator_address a on a.workspace_id = k.workspace_id and a.person_id = k.person_id
    where k.workspace_id = ${workspaceId} and not k.is_sent and (k.state = 'submitted' or (k.state = 'approved' and s.id is null))
    group by 1, 2
    union all
    select campaign_id, case when state = 'failed' then 'shipment.failed' else 'shipment.to_pack' end, count(*)::int, min(created_at)
    from shipment
    where workspace_id = ${workspaceId} and (state = 'failed' or (state in ('ordered', 'packed') and shop_id is null))
    group by 1, 2
    order by 1, 2`.execute(tx);
  return rows;
}
