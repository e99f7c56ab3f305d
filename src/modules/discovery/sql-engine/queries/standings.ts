import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Tier } from '../../api.ts';
import { peersMin, type Standing, tierAt } from '../../rules/peers.ts';
import { float } from '../columns.ts';

export interface Rated {
  profileId: string;
  platform: string;
  followers: number | null;
  rate: number | null;
}

interface StandingRow {
  at: number;
  n: number;
  below: number;
  equal: number;
  low: number;
  median: number;
  high: number;
}

/**
 * Where engagement rates stand among all profiles of their platform and tier, by profile: share below plus half the ties; quartiles linear
 * between neighbours (type 7 of Hyndman and Fan 1996, as percentile_cont has them). Nothing below 20 peers.
 */
export async function selectStandings(
  tx: Tx,
  workspaceId: string,
  asked: { profiles: readonly Rated[]; tiers: readonly Tier[] },
): Promise<Map<string, Standing>> {
  const { profiles, tiers } = asked;
  const groups = new Map<string, { platform: string; tier: Tier; profiles: (Rated & { rate: number })[] }>();
  for (const profile of profiles) {
    const tier = tiers[tierAt(tiers, profile.followers)];
    const { rate } = profile;
    if (tier === undefined || rate === null) continue;
    const key = JSON.stringify([profile.platform, tier.name]);
    const group = groups.get(key) ?? { platform: profile.platform, tier, profiles: [] };
    group.profiles.push({ ...profile, rate });
    groups.set(key, group);
  }
  const standings = new Map<string, Standing>();
  for (const { platform, tier, profiles: own } of groups.values()) {
    const rates = [...new Set(own.map(({ rate }) => rate))].sort((a, b) => a - b);
    const rows = await selectGroup(tx, workspaceId, { platform, tier, rates });
    const byRate = new Map(rows.map((row) => [rates[row.at - 1], row]));
    for (const { profileId, rate } of own) {
      const row = byRate.get(rate);
      if (row === undefined || row.n < peersMin) continue;
      const { n, low, median, high } = row;
      const percentile = ((row.below + row.equal / 2) / n) * 100;
      standings.set(profileId, { percentile, n, platform, tier: tier.name, low, median, high });
    }
  }
  return standings;
}

/** One pass over the peers: each falls between two of the rates asked for, or on one. */
async function selectGroup(
  tx: Tx,
  workspaceId: string,
  group: { platform: string; tier: Tier; rates: readonly number[] },
): Promise<StandingRow[]> {
  const { platform, tier, rates } = group;
  const most = tier.followersMax === null ? sql`` : sql`and followers < ${float(tier.followersMax)}`;
  const { rows } = await sql<StandingRow>`
    with peer as materialized (
      select engagement_rate as rate, width_bucket(engagement_rate, ${[...rates]}::float8[]) as place from search_profile
      where workspace_id = ${workspaceId} and platform = ${[platform]}::text[] and engagement_rate is not null
      and followers >= ${float(tier.followersMin)} ${most}
    ), whole as (
      select count(*)::float8 as n, percentile_cont(array[0.25, 0.5, 0.75]::float8[]) within group (order by rate) as quartiles from peer
    ), counted as (
      select place, count(*)::float8 as n from peer group by place
    )
    select asked.at::int as at, whole.n, whole.quartiles[1] as low, whole.quartiles[2] as median, whole.quartiles[3] as high,
      coalesce((select sum(counted.n) from counted where counted.place < asked.at), 0) as below,
      (select count(*) from peer where peer.rate = asked.rate)::float8 as equal
    from unnest(${[...rates]}::float8[]) with ordinality asked (rate, at) cross join whole
    order by asked.at`.execute(tx);
  return rows;
}
