import type { Tx } from '#infra/db/database.ts';

export interface ClickTotal {
  linkId: string;
  campaignId: string | null;
  enrolmentId: string | null;
  personId: string | null;
  /** Day in the workspace's time zone. */
  day: string;
  /** Counted clicks. */
  clicks: bigint;
  /** Visitors of that link on that day; summing days counts a returning person again. */
  visitors: bigint;
  /** Hits kept but not counted: bots, previews, duplicates. */
  dropped: bigint;
}

export interface ClickTotalsQuery {
  workspaceId: string;
  campaignId?: string;
  /** First and last day, both included, in the workspace's time zone. */
  from: string;
  to: string;
}

/** Daily click totals per link, ordered by day and link. Measured, from the click log; days without hits have no row. */
export async function readClickTotals(tx: Tx, query: ClickTotalsQuery): Promise<ClickTotal[]> {
  let rows = tx
    .selectFrom('click_daily as d')
    .innerJoin('link as l', (join) =>
      join.onRef('l.workspace_id', '=', 'd.workspace_id').onRef('l.id', '=', 'd.link_id'),
    )
    .where('d.workspace_id', '=', query.workspaceId)
    .where('d.day', '>=', query.from)
    .where('d.day', '<=', query.to);
  if (query.campaignId !== undefined) rows = rows.where('l.campaign_id', '=', query.campaignId);
  return await rows
    .select([
      'd.link_id as linkId',
      'l.campaign_id as campaignId',
      'l.enrolment_id as enrolmentId',
      'l.person_id as personId',
      'd.day as day',
      'd.clicks as clicks',
      'd.visitors as visitors',
      'd.dropped as dropped',
    ])
    .orderBy('d.day')
    .orderBy('d.link_id')
    .execute();
}
