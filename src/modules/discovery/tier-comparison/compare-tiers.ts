import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { readTierFigures, type TierMedian, type TierRows } from '#modules/creators/index.ts';
import { type compareTiers, type Tier, type TierFigures, tierProfilesMin } from '../api.ts';
import { membersOfList } from '../queries/lists.ts';
import { readTiers } from '../read-tiers.ts';
import { publishedBands } from './published-bands.ts';

/** Tiers side by side on all creators, a platform or a list, with the published bands beside them. Error: not_found for a list. */
export async function putTiersSideBySide(
  infra: Infra,
  call: Call<typeof compareTiers>,
): Promise<OutputOf<typeof compareTiers>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const tiers = await readTiers(tx, workspaceId);
    const personIds = input.listId === undefined ? undefined : await membersOfList(tx, workspaceId, input.listId);
    if (personIds === null) throw notFound('list');
    const read = await readTierFigures(tx, workspaceId, { tiers, platform: input.platform, personIds });
    const offered = publishedBands.filter((band) => input.platform === undefined || band.platform === input.platform);
    return {
      rows: tiers.map((tier) => toFigures(tier, read)),
      creators: read.creators,
      untiered: read.untiered,
      bands: offered.filter((band) => input.source === undefined || band.source === input.source),
      sources: [...Map.groupBy(offered, (band) => `${band.source} ${band.year}`).values()].flatMap(([band, ...more]) =>
        band === undefined
          ? []
          : [
              {
                source: band.source,
                year: band.year,
                subjects: [...new Set([band, ...more].map((one) => one.subject))],
              },
            ],
      ),
      asOf: infra.clock.now().toISOString(),
    };
  });
}

function toFigures(tier: Tier, read: TierRows): TierFigures {
  const counts = read.counts.find((row) => row.tier === tier.name);
  const own = read.medians.filter((row) => row.tier === tier.name);
  const of = (measure: TierMedian['measure'], currency: string | null = null) =>
    own.find((row) => row.measure === measure && row.currency === currency);
  const known = (measure: TierMedian['measure']) => Number(of(measure)?.n ?? 0n);
  const prices = own.filter((row) => row.measure === 'price');
  return {
    tier,
    creators: Number(counts?.creators ?? 0n),
    profiles: Number(counts?.profiles ?? 0n),
    engagementRate: toMedian(of('engagement_rate')),
    engagements: toMedian(of('engagements')),
    growth3m: toMedian(of('growth3m')),
    credibility: toMedian(of('credibility')),
    prices: prices.map((row) => ({
      currency: row.currency ?? '',
      priceMinor: toMedian(row),
      costPerEngagementMinor: toMedian(of('cost_per_engagement', row.currency)),
      n: Number(row.n),
    })),
    known: {
      engagementRate: known('engagement_rate'),
      growth3m: known('growth3m'),
      credibility: known('credibility'),
      price: prices.reduce((sum, row) => sum + Number(row.n), 0),
    },
  };
}

function toMedian(row: TierMedian | undefined): TierFigures['engagementRate'] {
  if (row === undefined || row.n < BigInt(tierProfilesMin)) return null;
  return { value: row.median, low: row.low, high: row.high, n: Number(row.n) };
}
