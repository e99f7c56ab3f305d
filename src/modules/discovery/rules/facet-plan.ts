import { type Facet, type Filter, fieldUnder, type SearchQuery, type Tier } from '../api.ts';
import { leastShareOf } from './audience-facet.ts';
import { histogramEdges, lastPostBuckets } from './facet-codes.ts';
import { fieldOf } from './field-kind.ts';
import { shareAtLeast } from './indexed-creator.ts';
import { priceEdges, priceHistogram, priceMasks, pricesCounted } from './price-facet.ts';
import type { Segment, Vocabulary } from './segment.ts';
import type { Tally } from './tally.ts';

export const facetValuesMax = 60;

export interface FacetWorld {
  vocabulary: Vocabulary;
  tiers: readonly Tier[];
  lists: ReadonlyMap<string, ReadonlySet<string>>;
  nowMs: number;
  /** Values listed; the rest are counted as others. */
  valuesMax: number;
  calculation: SearchQuery['calculation'];
  /** What is asked for: audiences and prices are counted as their filters read them. */
  filters: readonly Filter[];
  facetCurrency: string | undefined;
}

/**
 * How a field is counted, settled once for all segments. Plain data of codes alone: another thread can count its segments by it, and two tallies
 * of one plan are added code by code. What is known of a person (`isPerson`) stands in every row.
 */
export type FacetPlan = { field: string; size: number } & (
  | { kind: 'tiers'; tiers: readonly Tier[] }
  | { kind: 'date'; nowMs: number }
  | { kind: 'flags' | 'codes'; isPerson: boolean }
  | { kind: 'bins'; column: string; isPerson: boolean }
  /** `min` in ten-thousandths. */
  | { kind: 'shares'; min: number; isLargest: boolean }
  /** The bins of each code as bits. */
  | { kind: 'prices'; masks: Uint32Array }
  | { kind: 'lists'; lists: readonly string[] }
);

export function planFacet(field: string, segments: readonly Segment[], world: FacetWorld): FacetPlan {
  if (field === 'list') return { kind: 'lists', field, size: world.lists.size, lists: [...world.lists.keys()] };
  const known = fieldOf(field);
  const kind = known?.kind ?? 'fact';
  const isPerson = known?.level === 'person';
  const codes = world.vocabulary.sets.get(field)?.size ?? 1;
  if (kind === 'share') {
    const min = shareAtLeast(leastShareOf(field, world.filters));
    return { kind: 'shares', field, size: codes, min, isLargest: known?.combine === 'largest' };
  }
  if (kind === 'price') {
    const counted = pricesCounted(world.filters, world.facetCurrency);
    const masks = priceMasks(counted, world.vocabulary);
    return { kind: 'prices', field, size: priceEdges(counted.currency).length + 1, masks };
  }
  const column = fieldUnder(field, world.calculation);
  if (kind === 'number' || (kind === 'fact' && segments.some(({ numbers }) => numbers.has(column))))
    return { kind: 'bins', field, size: histogramEdges(field).length + 1, column, isPerson };
  if (field === 'tier') return { kind: 'tiers', field, size: world.tiers.length + 1, tiers: world.tiers };
  if (kind === 'date') return { kind: 'date', field, size: lastPostBuckets.length, nowMs: world.nowMs };
  if (segments.some(({ flags }) => flags.has(field))) return { kind: 'flags', field, size: 3, isPerson };
  return { kind: 'codes', field, size: codes, isPerson };
}

/** What was counted, with the names of values and bins. */
export function presentFacet(plan: FacetPlan, tally: Tally, world: FacetWorld): Facet {
  const { field } = plan;
  if (plan.kind === 'bins') return histogram(field, tally);
  if (plan.kind === 'prices')
    return priceHistogram(pricesCounted(world.filters, world.facetCurrency), tally.counts, tally.unknown);
  const values: { value: string; count: number }[] = [];
  tally.counts.forEach((count, code) => {
    const value = count === 0 ? null : nameOf(plan, code, world);
    if (value !== null) values.push({ value, count });
  });
  // Steps of a scale stand in their own order.
  if (plan.kind !== 'tiers' && plan.kind !== 'date')
    values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return {
    kind: 'values',
    field,
    values: values.slice(0, world.valuesMax),
    others: Math.max(0, values.length - world.valuesMax),
    unknown: tally.unknown,
    ...(plan.kind === 'shares' ? { leastShare: leastShareOf(field, world.filters) } : {}),
  };
}

/** What a code is called; null for one that is not shown. */
function nameOf(plan: FacetPlan, code: number, { vocabulary }: FacetWorld): string | null {
  switch (plan.kind) {
    case 'tiers':
      return plan.tiers[code]?.name ?? null;
    case 'date':
      return lastPostBuckets[code]?.name ?? null;
    case 'flags':
      return String(code === 1);
    case 'lists':
      return plan.lists[code] ?? null;
    default:
      return vocabulary.sets.get(plan.field)?.valueOf(code) ?? null;
  }
}

function histogram(field: string, { counts, unknown }: Tally): Facet {
  const edges = histogramEdges(field);
  const bins = Array.from(counts, (count, bin) => ({ from: edges[bin - 1] ?? null, to: edges[bin] ?? null, count }));
  return { kind: 'histogram', field, bins, unknown };
}
