import type { Tier } from '../api.ts';
import { hasBit } from './bits.ts';
import { noCode, tierCodes } from './facet-codes.ts';
import { numberAt } from './number-column.ts';
import { personOf, type Segment, type Vocabulary } from './segment.ts';

/** Fewer peers than this say nothing about where a figure stands. */
export const peersMin = 20;

export interface Standing {
  percentile: number;
  n: number;
  platform: string;
  tier: string;
  low: number;
  median: number;
  high: number;
}

/** Engagement rates of all living profiles by platform and tier, ascending. */
export interface PeerTable {
  rates: Map<string, Rates>;
  tiers: readonly Tier[];
}

interface Rates {
  sorted: Float64Array;
  low: number;
  median: number;
  high: number;
}

const keyOf = (platform: number, tier: number) => `${platform}/${tier}`;

/** Place of the tier that holds so many followers; -1 for none. Of overlapping tiers the first. */
export function tierAt(tiers: readonly Tier[], followers: number | null): number {
  if (followers === null) return -1;
  return tiers.findIndex(
    (tier) => followers >= tier.followersMin && followers < (tier.followersMax ?? Number.POSITIVE_INFINITY),
  );
}

/** Reads the table step by step, so that questions are answered in between. */
export function* buildPeerTable(
  segments: readonly Segment[],
  tiers: readonly Tier[],
): Generator<undefined, PeerTable, undefined> {
  const gathered = new Map<number, number[]>();
  for (const segment of segments) {
    gatherRates(segment, tiers, gathered);
    yield;
  }
  const rates = new Map<string, Rates>();
  for (const [key, list] of gathered) {
    const sorted = Float64Array.from(list).sort();
    rates.set(keyOf(Math.floor(key / tiersMost), key % tiersMost), {
      sorted,
      low: quantile(sorted, 0.25),
      median: quantile(sorted, 0.5),
      high: quantile(sorted, 0.75),
    });
    yield;
  }
  return { rates, tiers };
}

const tiersMost = 256;

function gatherRates(segment: Segment, tiers: readonly Tier[], into: Map<number, number[]>): void {
  const rates = segment.numbers.get('engagementRate');
  const followers = segment.numbers.get('followers');
  const platforms = segment.sets.get('platform');
  if (rates === undefined || followers === undefined || platforms === undefined) return;
  const tierOf = tierCodes(followers, tiers);
  for (let row = 0; row < segment.rows; row += 1) {
    const tier = tierOf[row] ?? noCode;
    if (tier >= tiers.length || !hasBit(segment.living, personOf(segment, row))) continue;
    const rate = numberAt(rates, row);
    if (Number.isNaN(rate)) continue;
    const key = (platforms.codes[platforms.starts?.[row] ?? row] ?? 0) * tiersMost + tier;
    const list = into.get(key);
    if (list === undefined) into.set(key, [rate]);
    else list.push(rate);
  }
}

/** Where an engagement rate stands among its platform and tier: share below plus half the ties, of 100. Null below 20 peers. */
export function standingOf(
  table: PeerTable,
  profile: { platform: string; followers: number | null; rate: number | null },
  vocabulary: Vocabulary,
): Standing | null {
  const tier = tierAt(table.tiers, profile.followers);
  const named = table.tiers[tier];
  const rates = table.rates.get(keyOf(vocabulary.sets.get('platform')?.codeOf(profile.platform) ?? 0, tier));
  if (named === undefined || profile.rate === null || rates === undefined) return null;
  const { sorted, low, median, high } = rates;
  const n = sorted.length;
  if (n < peersMin) return null;
  const below = countBelow(sorted, profile.rate, false);
  const upTo = countBelow(sorted, profile.rate, true);
  const percentile = ((below + (upTo - below) / 2) / n) * 100;
  return { percentile, n, platform: profile.platform, tier: named.name, low, median, high };
}

function countBelow(sorted: Float64Array, value: number, isInclusive: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle] ?? 0;
    if (other < value || (isInclusive && other === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Linear between neighbours (type 7 of Hyndman and Fan 1996). */
function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const from = sorted[low] ?? 0;
  return from + ((sorted[low + 1] ?? from) - from) * (at - low);
}
