import { toMoneyJson } from '#kernel/money.ts';
import type { Platform } from '#kernel/platform.ts';
import type { MediaValue } from '../api.ts';
import type { ContentInput, ResultInput } from './report-input.ts';

/** Published rates, as data: US dollars for 1,000 impressions; euros for one interaction. */
export interface MediaRates {
  perThousand: Partial<Record<Platform, { low: number; high: number; source: string; year: number }>>;
  interactions: Partial<Record<Platform, { like: number; comment: number; share?: number; perThousandViews?: number }>>;
  interactionSource: string;
}

interface Valued {
  platform: Platform;
  low: number;
  high: number;
  parts: ResultInput[];
}

/**
 * Earned media value of live posts by two published models, side by side. Only measured figures count; a post that lacks one of those its model
 * takes is left out and said, never taken as 0. In whole cents, rounded once.
 */
export function mediaValues(live: readonly ContentInput[], rates: MediaRates): MediaValue[] {
  return [byImpressions(live, rates), byInteractions(live, rates)];
}

function byImpressions(live: readonly ContentInput[], rates: MediaRates): MediaValue {
  const valued = live.flatMap((post) => {
    const band = rates.perThousand[post.platform];
    // A video that is seen is an impression; a picture's are told to its account alone.
    const seen = measured(post.results.impressions) ?? measured(post.results.views);
    if (band === undefined || seen === null) return [];
    const thousands = seen.value / 1000;
    return [{ platform: post.platform, low: thousands * band.low, high: thousands * band.high, parts: [seen] }];
  });
  const bands = platformsOf(valued).flatMap((platform) => {
    const band = rates.perThousand[platform];
    return band === undefined ? [] : [{ platform, ...band }];
  });
  return {
    model: 'impressions',
    title: 'Earned media value, by impressions',
    ...sumUp(valued, { currency: 'USD', live: live.length, needs: 'impressions or views, measured' }),
    formula:
      bands.length === 0
        ? 'impressions / 1,000 x the price of 1,000 on the platform'
        : `impressions (else views) / 1,000 x ${bands.map((band) => `${band.low} to ${band.high} US dollars on ${band.platform}`).join(', ')}`,
    source: [...new Set(bands.map((band) => band.source))].join(', '),
    year: bands.map((band) => band.year).toSorted()[0] ?? null,
  };
}

function byInteractions(live: readonly ContentInput[], rates: MediaRates): MediaValue {
  const valued = live.flatMap((post) => {
    const worth = rates.interactions[post.platform];
    if (worth === undefined) return [];
    const taken = [
      { part: measured(post.results.likes), each: worth.like },
      { part: measured(post.results.comments), each: worth.comment },
      ...(worth.share === undefined ? [] : [{ part: measured(post.results.shares), each: worth.share }]),
      ...(worth.perThousandViews === undefined
        ? []
        : [{ part: measured(post.results.views), each: worth.perThousandViews / 1000 }]),
    ];
    const parts = taken.flatMap(({ part }) => part ?? []);
    if (parts.length < taken.length) return [];
    const euros = taken.reduce((sum, { part, each }) => sum + (part?.value ?? 0) * each, 0);
    return [{ platform: post.platform, low: euros, high: euros, parts }];
  });
  const said = platformsOf(valued).map((platform) => sayWorth(platform, rates.interactions[platform]));
  return {
    model: 'interactions',
    title: 'Earned media value, by interactions',
    ...sumUp(valued, { currency: 'EUR', live: live.length, needs: 'every figure the model takes, measured' }),
    formula: said.length === 0 ? 'likes, comments and more, each at a value of its platform' : said.join('; '),
    source: said.length === 0 ? '' : rates.interactionSource,
    year: null,
  };
}

function sayWorth(platform: Platform, worth: MediaRates['interactions'][Platform]): string {
  if (worth === undefined) return platform;
  const parts = [
    `${worth.like} a like`,
    `${worth.comment} a comment`,
    ...(worth.share === undefined ? [] : [`${worth.share} a share`]),
    ...(worth.perThousandViews === undefined ? [] : [`${worth.perThousandViews} for 1,000 views`]),
  ];
  return `${platform}: ${parts.join(', ')}, in euros`;
}

function measured(result: ResultInput | undefined): ResultInput | null {
  return result === undefined || result.isEstimate ? null : result;
}

function platformsOf(valued: readonly Valued[]): Platform[] {
  return [...new Set(valued.map((one) => one.platform))].toSorted();
}

function sumUp(valued: readonly Valued[], of: { currency: 'USD' | 'EUR'; live: number; needs: string }) {
  const money = (pick: (one: Valued) => number) =>
    valued.length === 0
      ? null
      : toMoneyJson({
          amountMinor: BigInt(Math.round(valued.reduce((sum, one) => sum + pick(one), 0) * 100)),
          currency: of.currency,
        });
  const dates = valued.flatMap((one) => one.parts.map((part) => part.observedAt)).toSorted();
  return {
    low: money((one) => one.low),
    high: money((one) => one.high),
    reason: valued.length > 0 ? null : of.live === 0 ? 'no post is live yet' : `no live post has ${of.needs}`,
    posts: valued.length,
    livePosts: of.live,
    asOf: dates.at(-1) ?? null,
  };
}
