import type { Platform } from '#kernel/platform.ts';
import type { PriceFormat } from '../api.ts';

/** A published band of prices for accounts of a size. Whole units of the currency; null where the source leaves the end open. */
export interface PriceBand {
  platform: Platform;
  format: PriceFormat;
  followersMin: number;
  /** Exclusive; null has no end. */
  followersMax: number | null;
  low: number;
  high: number | null;
}

/**
 * Data: published bands in US dollars a post, by platform and size of account, as published by Word on the Block in 2023. What somebody asks who
 * asks what others ask: no measurement, no forecast of one creator's price. Only shown when estimates are asked for, always as a band.
 */
export const priceBandSource = 'published band, Word on the Block 2023';
export const priceBandYear = '2023';
export const priceBandCurrency = 'USD';
const sizes: [number, number | null][] = [
  [1_000, 10_000],
  [10_000, 100_000],
  [100_000, 1_000_000],
  [1_000_000, null],
];
const bandsOf = (platform: Platform, format: PriceFormat, bands: [number, number | null][]): PriceBand[] =>
  bands.map(([low, high], at) => {
    const [followersMin, followersMax] = sizes[at] ?? [0, null];
    return { platform, format, followersMin, followersMax, low, high };
  });

export const priceBands: readonly PriceBand[] = [
  ...bandsOf('instagram', 'post', [
    [10, 100],
    [100, 500],
    [500, 10_000],
    [10_000, null],
  ]),
  ...bandsOf('tiktok', 'video', [
    [5, 25],
    [25, 125],
    [125, 2_500],
    [2_500, null],
  ]),
  ...bandsOf('youtube', 'video', [
    [20, 200],
    [200, 1_000],
    [1_000, 20_000],
    [20_000, null],
  ]),
];

/** The band for an account; null below 1,000 followers, where none is published, and where the size is not known. */
export function bandFor(platform: Platform, followers: number | null): PriceBand | null {
  if (followers === null) return null;
  const fits = (band: PriceBand) =>
    band.platform === platform &&
    followers >= band.followersMin &&
    (band.followersMax === null || followers < band.followersMax);
  return priceBands.find(fits) ?? null;
}
