import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { SumMoves } from '../rules/sum-clicks.ts';
import { plainArray, textArray } from './array-text.ts';

type Moves = readonly { clicks: number; visitors: number; dropped: number }[];

const counts = (moves: Moves): RawBuilder<unknown> =>
  sql`${plainArray(moves.map((move) => move.clicks))}::bigint[], ${plainArray(moves.map((move) => move.visitors))}::bigint[],
    ${plainArray(moves.map((move) => move.dropped))}::bigint[]`;

const adds = sql`clicks = s.clicks + excluded.clicks, visitors = s.visitors + excluded.visitors, dropped = s.dropped + excluded.dropped`;

/** Adds to the sums by week, facet and hour, in one statement. */
export async function moveClickSums(tx: Tx, { weeks, facets, hours }: SumMoves): Promise<void> {
  await sql`
    with weekly as (
      insert into click_weekly as s (workspace_id, week, link_id, clicks, visitors, dropped)
      select * from unnest(${textArray(weeks.map((move) => move.workspaceId))}::text[], ${plainArray(weeks.map((move) => move.week))}::date[],
        ${textArray(weeks.map((move) => move.linkId))}::text[], ${counts(weeks)})
      on conflict (workspace_id, week, link_id) do update set ${adds}
    ), hourly as (
      insert into click_hour as s (workspace_id, campaign_id, hour, clicks, visitors, dropped)
      select * from unnest(${textArray(hours.map((move) => move.workspaceId))}::text[], ${textArray(hours.map((move) => move.campaignId))}::text[],
        ${plainArray(hours.map((move) => move.hour))}::timestamptz[], ${counts(hours)})
      on conflict (workspace_id, campaign_id, hour) do update set ${adds}
    )
    insert into click_facet as s (workspace_id, campaign_id, day, facet, value, clicks, visitors, dropped)
    select * from unnest(${textArray(facets.map((move) => move.workspaceId))}::text[], ${textArray(facets.map((move) => move.campaignId))}::text[],
      ${plainArray(facets.map((move) => move.day))}::date[], ${textArray(facets.map((move) => move.facet))}::text[],
      ${textArray(facets.map((move) => move.value))}::text[], ${counts(facets)})
    on conflict (workspace_id, campaign_id, day, facet, value) do update set ${adds}`.execute(tx);
}
