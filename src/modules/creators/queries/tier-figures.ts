import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';
import { isShown, type MedianRow, medianOf, rankOf } from './brand-mentions.ts';

export interface TierBounds {
  name: string;
  followersMin: number;
  /** Exclusive; null is no upper bound. */
  followersMax: number | null;
}

export type TierMeasure =
  | 'engagement_rate'
  | 'engagements'
  | 'growth3m'
  | 'credibility'
  | 'price'
  | 'cost_per_engagement';

export interface TierMedian extends MedianRow {
  tier: string;
  measure: TierMeasure;
  /** Of prices and costs, which are in minor units. */
  currency: string | null;
}

export interface TierRows {
  counts: { tier: string; creators: bigint; profiles: bigint }[];
  medians: TierMedian[];
  creators: number;
  untiered: number;
}

/** The formats a price of one post stands under, the plainest first; '' is not stated. */
const postFormats = ['post', 'carousel', 'reel', 'video', 'short', 'pin', 'article', ''];

/**
 * Creators and medians by tier of size, over all profiles whose followers lie in it (of one platform or the persons named, when asked). A creator with
 * two profiles of different size is in two tiers, as in the search. Credibility is of the person, so it counts once a person and tier.
 */
export async function readTierFigures(
  tx: Tx,
  workspaceId: string,
  ask: { tiers: readonly TierBounds[]; platform: Platform | undefined; personIds: readonly string[] | undefined },
): Promise<TierRows> {
  const platform = ask.platform ?? null;
  const personIds = ask.personIds ?? null;
  const tiers = JSON.stringify(
    ask.tiers.map((tier) => ({ name: tier.name, low: tier.followersMin, high: tier.followersMax })),
  );
  const looked = sql`from person join profile on profile.workspace_id = person.workspace_id and profile.person_id = person.id
    where person.workspace_id = ${workspaceId} and person.merged_into is null and ${isShown} and (${platform}::text is null or profile.platform = ${platform})
      and (${personIds}::text[] is null or person.id = any(${personIds}::text[]))`;
  await sql`drop table if exists creators_tier_profile`.execute(tx);
  await sql`create temp table creators_tier_profile on commit drop as
    select tier.name as tier, p.person_id, p.profile_id, m.engagement_rate, m.avg_likes + m.avg_comments as engagements,
      case when jsonb_typeof(m.growth -> 'm3') = 'number' then (m.growth ->> 'm3')::float8 end as growth3m
    from (select person.id as person_id, profile.id as profile_id ${looked}) p
    join profile_metric m on m.workspace_id = ${workspaceId} and m.profile_id = p.profile_id
    join jsonb_to_recordset(${tiers}::jsonb) as tier (name text, low bigint, high bigint)
      on m.followers >= tier.low and (tier.high is null or m.followers < tier.high)`.execute(tx);
  const { rows: counts } = await sql<TierRows['counts'][number]>`
    select tier, count(distinct person_id) as creators, count(*) as profiles from creators_tier_profile group by tier order by tier`.execute(
    tx,
  );
  const { rows: all } = await sql<{ creators: bigint; tiered: bigint }>`
    select (select count(distinct person.id) ${looked}) as creators, (select count(distinct person_id) from creators_tier_profile) as tiered`.execute(
    tx,
  );
  const creators = Number(all[0]?.creators ?? 0n);
  return {
    counts,
    medians: await readMedians(tx, workspaceId),
    creators,
    untiered: creators - Number(all[0]?.tiered ?? 0n),
  };
}

async function readMedians(tx: Tx, workspaceId: string): Promise<TierMedian[]> {
  const { rows } = await sql<TierMedian>`
    with credible as (
      select distinct t.tier, t.person_id, f.value from creators_tier_profile t
      join lateral (
        select case when jsonb_typeof(value) = 'number' then value::text::float8 when jsonb_typeof(value -> 'value') = 'number' then (value ->> 'value')::float8 end as value
        from person_fact where workspace_id = ${workspaceId} and person_id = t.person_id and name = 'credibility'
      ) f on f.value is not null
    ), priced as (
      select distinct on (t.tier, t.profile_id, price.currency) t.tier, price.currency::text as currency, price.amount_minor::float8 as price,
        case when t.engagements > 0 then price.amount_minor / t.engagements end as cost
      from creators_tier_profile t
      join profile_price price on price.workspace_id = ${workspaceId} and price.profile_id = t.profile_id and price.format = any(${postFormats}::text[])
      order by t.tier, t.profile_id, price.currency, array_position(${postFormats}::text[], price.format), price.origin = 'creator' desc, price.amount_minor
    ), measured as (
      select tier, 'engagement_rate' as measure, null::text as currency, engagement_rate as value from creators_tier_profile
      union all select tier, 'engagements', null, engagements from creators_tier_profile
      union all select tier, 'growth3m', null, growth3m from creators_tier_profile
      union all select tier, 'credibility', null, value from credible
      union all select tier, 'price', currency, price from priced
      union all select tier, 'cost_per_engagement', currency, cost from priced
    ), ranked as (
      select tier, measure, currency, value, ${rankOf(sql`tier, measure, currency`, sql`value`)} from measured where value is not null
    )
    select tier, measure, currency, ${medianOf(sql`value`)} from ranked group by tier, measure, currency, n order by tier, measure, n desc, currency`.execute(
    tx,
  );
  return rows;
}
