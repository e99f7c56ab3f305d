import { currencyExponent, isKnownCurrency } from '#kernel/money.ts';
import { type Facet, type Filter, type FilterOf, type OfferedPrice, priceOrigins, readPriceValue } from '../api.ts';
import { countedRows } from './counted-rows.ts';
import { binOf } from './facet-codes.ts';
import type { SegmentHits } from './find-hits.ts';
import { readValues } from './packed-value-table.ts';
import type { Vocabulary } from './segment.ts';
import { codesAt } from './set-column.ts';
import type { Tally } from './tally.ts';

/** Which prices a histogram counts. */
export interface CountedPrices {
  currency: string;
  format: OfferedPrice['format'] | undefined;
  origins: readonly string[];
}

/** The prices the first price filter means; without one those in the currency given, of any format, that are no estimates. */
export function pricesCounted(filters: readonly Filter[], currency: string | undefined): CountedPrices {
  const own = filters.find((filter): filter is FilterOf<'price'> => filter.op === 'price');
  return {
    currency: (own?.currency ?? currency ?? '').toUpperCase(),
    format: own?.format,
    origins: own?.origins ?? priceOrigins.filter((origin) => origin !== 'estimate'),
  };
}

const steps = [1, 2, 3, 5];
const decades = 7;

/** Edges of the bins in minor units: 1, 2, 3 and 5 times every power of ten from 1 to a million whole units of the currency, and ten million. */
export function priceEdges(currency: string): number[] {
  const unit = 10 ** (isKnownCurrency(currency) ? currencyExponent(currency) : 2);
  const edges = Array.from({ length: decades }, (_, power) => steps.map((step) => step * 10 ** power * unit)).flat();
  return [...edges, 10 ** decades * unit];
}

/** First and last bin in which a price lies; of a band all it reaches into. Null for a price that is not counted. */
export function binsOfPrice(
  price: OfferedPrice | null,
  counted: CountedPrices,
  edges: readonly number[],
): { first: number; last: number } | null {
  if (price === null || price.currency.toUpperCase() !== counted.currency) return null;
  if (!counted.origins.includes(price.origin)) return null;
  if (counted.format !== undefined && price.format !== counted.format) return null;
  return { first: binOf(edges, price.lowMinor), last: binOf(edges, price.highMinor) };
}

/** The bins of every price the index knows, by code, as bits: there are fewer than 32 bins. */
export function priceMasks(counted: CountedPrices, vocabulary: Vocabulary): Uint32Array {
  const edges = priceEdges(counted.currency);
  const dictionary = vocabulary.sets.get('price');
  const prices = dictionary === undefined ? [] : readValues(dictionary, readPriceValue);
  return Uint32Array.from(prices, (price) => maskOf(binsOfPrice(price, counted, edges)));
}

/** How many of the persons found have a price in each bin: as many as a filter with its bounds would find. */
export function tallyPrices({ masks }: { masks: Uint32Array }, hits: SegmentHits, sums: Tally): void {
  const { segment } = hits;
  const { counts } = sums;
  const column = segment.sets.get('price');
  let last = -1;
  for (const row of countedRows(hits, 'price').positions) {
    const person = segment.isFlat ? row : (segment.rowPerson[row] ?? 0);
    // What is known of a person stands in every row.
    if (person === last) continue;
    last = person;
    let mask = 0;
    for (const code of codesAt(column, row)) mask |= masks[code] ?? 0;
    if (mask === 0) sums.unknown += 1;
    for (; mask !== 0; mask &= mask - 1) {
      const bin = 31 - Math.clz32(mask & -mask);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
}

function maskOf(bins: { first: number; last: number } | null): number {
  let mask = 0;
  if (bins !== null) for (let bin = bins.first; bin <= bins.last; bin += 1) mask |= 1 << bin;
  return mask;
}

/** The facet of what was counted by bin. */
export function priceHistogram({ currency }: CountedPrices, counts: ArrayLike<number>, unknown: number): Facet {
  const edges = priceEdges(currency);
  const bins = Array.from({ length: edges.length + 1 }, (_, bin) => ({
    from: edges[bin - 1] ?? null,
    to: edges[bin] ?? null,
    count: counts[bin] ?? 0,
  }));
  return { kind: 'histogram', field: 'price', bins, unknown, currency };
}
