import type { PublishedBand } from '../api.ts';

type Row = [
  tier: string,
  followersMin: number | null,
  followersMax: number | null,
  low: number | null,
  high: number | null,
];
type Source = Pick<PublishedBand, 'source' | 'year' | 'platform' | 'subject' | 'definition' | 'currency'>;

const bands = (source: Source, rows: Row[]): PublishedBand[] =>
  rows.map(([tier, followersMin, followersMax, low, high]) => ({
    ...source,
    tier,
    followersMin,
    followersMax,
    low,
    high,
  }));

const engagement = (source: string, year: number | null, more: Partial<Source> = {}): Source => ({
  source,
  year,
  platform: 'instagram',
  subject: 'engagement',
  definition: 'likes and comments of followers',
  currency: null,
  ...more,
});
const price = (source: string, year: number | null, more: Partial<Source> = {}): Source => ({
  source,
  year,
  platform: 'instagram',
  subject: 'price',
  definition: 'one post',
  currency: 'USD',
  ...more,
});
const ofViews = { platform: 'tiktok', definition: 'interactions of views' } as const;

/**
 * What others have published, each with its source and year; null where the source names no year or no bound. They differ by two to three times for one
 * size, so one source is shown at a time, and none is ever part of an own figure. A single value has the same low and high.
 */
export const publishedBands: PublishedBand[] = [
  ...bands(engagement('Untapper', 2026), [
    ['nano', 1_000, 10_000, 0.03, 0.05],
    ['micro', 10_000, 50_000, 0.02, 0.035],
    ['mid', 50_000, 500_000, 0.015, 0.025],
    ['macro', 500_000, 1_000_000, 0.01, 0.018],
    ['mega', 1_000_000, null, 0.007, 0.012],
  ]),
  ...bands(engagement('Passo', 2026, { definition: 'likes, comments and saves of followers' }), [
    ['nano', 1_000, 10_000, 0.05, 0.08],
    ['micro', 10_000, 100_000, 0.03, 0.055],
    ['mid', null, null, 0.018, 0.03],
    ['macro', null, null, 0.012, 0.02],
    ['mega', null, null, 0.008, 0.015],
  ]),
  ...bands(engagement('PostAffiliatePro', null), [
    ['nano', null, null, 0.05, 0.1],
    ['micro', null, null, 0.0386, 0.0386],
    ['macro', 100_000, 1_000_000, 0.0121, 0.0121],
    ['mega', 1_000_000, null, null, 0.01],
  ]),
  ...bands(engagement('Statista digest, worldwide', 2023), [
    ['nano', 1_000, 10_000, 0.0219, 0.0219],
    ['all', null, null, 0.0185, 0.0185],
  ]),
  ...bands(engagement('Statista digest, United Kingdom', 2021), [
    ['nano', 1_000, 5_000, 0.0459, 0.0459],
    ['micro', 5_000, 20_000, 0.0226, 0.0226],
    ['all', null, null, 0.0292, 0.0292],
  ]),
  ...bands(engagement('Statista digest, United States', 2023), [
    ['nano', 5_000, 10_000, 0.0515, 0.0515],
    ['mega', 1_000_000, null, 0.0254, 0.0254],
  ]),
  ...bands(engagement('Statista digest, Sweden', 2024), [
    ['nano', 1_000, 10_000, 0.0341, 0.0341],
    ['mega', 1_000_000, null, 0.014, 0.014],
    ['all', null, null, 0.0316, 0.0316],
  ]),
  ...bands(engagement('skills.ws', null), [
    ['nano', null, null, 0.04, 0.08],
    ['micro', null, null, 0.02, 0.05],
    ['mid', null, null, 0.015, 0.03],
    ['macro', null, null, 0.01, 0.02],
    ['mega', null, null, 0.005, 0.015],
  ]),
  ...bands(engagement('Untapper', 2026, ofViews), [
    ['nano', 1_000, 10_000, 0.06, 0.1],
    ['micro', 10_000, 50_000, 0.04, 0.07],
    ['mid', 50_000, 500_000, 0.03, 0.05],
    ['macro', 500_000, 1_000_000, 0.02, 0.035],
    ['mega', 1_000_000, null, 0.01, 0.02],
  ]),
  ...bands(engagement('calculatecreator', 2026, ofViews), [
    ['nano', null, null, 0.08, 0.15],
    ['micro', 10_000, 100_000, 0.05, 0.1],
    ['mid', null, null, 0.03, 0.06],
  ]),
  ...bands(price('Hootsuite', null), [
    ['nano', null, null, 25, 150],
    ['mid', null, null, 160, 1_800],
    ['mega', null, null, 1_200, null],
  ]),
  ...bands(price('Wordontheblock', 2023), [
    ['nano', null, null, 10, 100],
    ['micro', null, null, 100, 500],
    ['mid', null, null, 500, 10_000],
    ['macro', null, null, 500, 10_000],
    ['mega', null, null, 10_000, null],
  ]),
  ...bands(price('Wordontheblock', 2023, { platform: 'tiktok' }), [
    ['nano', null, null, 5, 25],
    ['micro', null, null, 25, 125],
    ['mid', null, null, 125, 2_500],
    ['macro', null, null, 125, 2_500],
    ['mega', null, null, 2_500, null],
  ]),
  ...bands(price('Wordontheblock', 2023, { platform: 'youtube' }), [
    ['nano', null, null, 20, 200],
    ['micro', null, null, 200, 1_000],
    ['mid', null, null, 1_000, 20_000],
    ['macro', null, null, 1_000, 20_000],
    ['mega', null, null, 20_000, null],
  ]),
  ...bands(price('skills.ws', null), [
    ['nano', null, null, 50, 500],
    ['micro', null, null, 500, 5_000],
    ['mid', null, null, 5_000, 75_000],
    ['macro', null, null, 5_000, 75_000],
    ['mega', null, null, 75_000, null],
  ]),
  ...bands(price('InfluenceFlow', 2026), [['nano', null, null, 100, 500]]),
  ...bands(price('Influencer Marketing Hub, by sonarID', null, { definition: 'one sponsored post' }), [
    ['micro', null, null, 100, 500],
  ]),
];
