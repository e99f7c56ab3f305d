import type { MoneyJson } from '#kernel/money.ts';
import type { ValuedRow, ValueSection } from '../api.ts';
import { hasSettled } from './clean-posts.ts';
import { postsForScore, postsInWindow } from './reference.ts';
import { median, medianInterval } from './statistics.ts';
import type { VettedPost, VettingSubject } from './subject.ts';
import { cpmBands, interactionSource, interactionValues, reachFormulas } from './value-bands.ts';
import { plural } from './words.ts';

interface Range {
  low: number;
  high: number;
}

/** Reach, impressions, price, value and cost of one post: what the owner was shown by the platform, and apart from it what published formulas say. */
export function estimateValue(subject: VettingSubject, posts: readonly VettedPost[]): ValueSection {
  const newest = posts.filter(hasSettled).slice(0, postsInWindow);
  const reach = estimateReach(subject, newest);
  const impressions = estimateImpressions(subject, newest, reach.range);
  const price = estimatePrice(subject);
  return {
    firstParty: [
      measured('reach', 'Reach of a post', newest, (post) => post.reach ?? null),
      measured('impressions', 'Impressions of a post', newest, (post) => post.impressions ?? null),
    ],
    estimated: [
      reach.row,
      impressions.row,
      price.row,
      costPerThousand(price.range, impressions.range, subject),
      valueByImpressions(subject, impressions.range),
      valueByInteractions(subject, newest),
    ],
  };
}

function measured(
  name: string,
  title: string,
  posts: readonly VettedPost[],
  read: (post: VettedPost) => number | null,
): ValuedRow {
  const found = posts.flatMap((post) => {
    const value = read(post);
    return value === null || value < 0 ? [] : [{ post, value }];
  });
  const values = found.map((one) => one.value);
  const middle = median(values);
  const interval = medianInterval(values);
  return {
    unit: 'count',
    name: `measured_${name}`,
    title,
    low: interval?.low ?? middle,
    high: interval?.high ?? middle,
    formula: `median of the newest ${postsInWindow} settled posts with this figure; the range is its 95 % interval`,
    source: [...new Set(found.map((one) => one.post.source))].sort().join(', '),
    year: null,
    n: found.length,
    sample: plural(found.length, 'post'),
    asOf: newestOf(found.map((one) => one.post.observedAt)),
    needs: found.length === 0 ? 'figures only the account sees: connect it, or import its insights' : null,
  };
}

function estimateReach(subject: VettingSubject, posts: readonly VettedPost[]): { row: ValuedRow; range: Range | null } {
  const { platform } = subject.profile;
  const formula = reachFormulas[platform];
  const row = { unit: 'count', name: 'estimated_reach', title: 'Reach of a post' } as const;
  if (formula === undefined) {
    const needs = 'a platform for which a formula is published: Instagram, TikTok or YouTube';
    return { row: { ...row, ...nothing(needs) }, range: null };
  }
  const basis = formula.of === 'followers' ? subject.followers : medianViews(posts);
  if (basis === null) {
    const needs = formula.of === 'followers' ? 'followers' : `views of at least ${postsForScore} posts`;
    return { row: { ...row, ...nothing(needs), formula: formula.formula, source: formula.source }, range: null };
  }
  const range = { low: Math.round(basis.value * formula.low), high: Math.round(basis.value * formula.high) };
  const n = 'n' in basis ? Number(basis.n) : 1;
  return {
    row: {
      ...row,
      ...range,
      formula: formula.formula,
      source: `${formula.source}, on ${basis.source}`,
      year: formula.year,
      n,
      sample: formula.of === 'followers' ? '1 profile' : plural(n, 'post'),
      asOf: basis.at,
      needs: null,
    },
    range,
  };
}

/** Videos state their views; a picture is seen at least once by everybody it reaches. */
function estimateImpressions(
  subject: VettingSubject,
  posts: readonly VettedPost[],
  reach: Range | null,
): { row: ValuedRow; range: Range | null } {
  const row = { unit: 'count', name: 'estimated_impressions', title: 'Impressions of a post' } as const;
  const views = subject.profile.platform === 'instagram' ? null : medianViews(posts);
  if (views !== null) {
    const range = { low: Math.round(views.value), high: Math.round(views.value) };
    const about = { formula: 'median views of the newest posts', source: views.source, year: null, n: views.n };
    return { row: { ...row, ...range, ...about, sample: plural(views.n, 'post'), asOf: views.at, needs: null }, range };
  }
  if (reach === null) return { row: { ...row, ...nothing('an estimate of the reach') }, range: null };
  const formula = 'as the reach: everybody reached sees it at least once';
  const about = { formula, source: 'the estimate of the reach', year: null, n: 1, sample: '1 profile' };
  return { row: { ...row, ...reach, ...about, asOf: subject.followers?.at ?? null, needs: null }, range: reach };
}

function estimatePrice(subject: VettingSubject): {
  row: ValuedRow;
  range: { low: number; high: number | null } | null;
} {
  const band = subject.priceBand ?? null;
  const row = { unit: 'money', name: 'estimated_price', title: 'Price of a post' } as const;
  if (band === null) {
    const needs = 'followers, from 1,000 on, on Instagram, TikTok or YouTube';
    return { row: { ...row, ...nothing(needs) }, range: null };
  }
  return {
    row: {
      ...row,
      low: money(band.low, 'USD'),
      high: band.high === null ? null : money(band.high, 'USD'),
      formula: `published band for ${band.format === 'post' ? 'a post' : 'a video'} at this size; what this creator asks is another matter`,
      source: band.source,
      year: band.year,
      n: 1,
      sample: '1 profile',
      asOf: subject.followers?.at ?? null,
      needs: null,
    },
    range: { low: band.low, high: band.high },
  };
}

function costPerThousand(
  price: { low: number; high: number | null } | null,
  impressions: Range | null,
  subject: VettingSubject,
): ValuedRow {
  const row = { unit: 'money', name: 'estimated_cpm', title: 'Cost of 1,000 impressions' } as const;
  if (price === null || impressions === null || impressions.low <= 0)
    return { ...row, ...nothing('an estimate of price and of impressions') };
  return {
    ...row,
    low: money((1000 * price.low) / impressions.high, 'USD'),
    high: price.high === null ? null : money((1000 * price.high) / impressions.low, 'USD'),
    formula: '1,000 x price / impressions, the cheapest against the most and the dearest against the fewest',
    source: 'the estimates of price and impressions',
    year: null,
    n: 1,
    sample: '1 profile',
    asOf: subject.followers?.at ?? null,
    needs: null,
  };
}

function valueByImpressions(subject: VettingSubject, impressions: Range | null): ValuedRow {
  const row = { unit: 'money', name: 'emv_impressions', title: 'Earned media value, by impressions' } as const;
  const cpm = cpmBands[subject.profile.platform];
  if (cpm === undefined || impressions === null) return { ...row, ...nothing('an estimate of impressions') };
  return {
    ...row,
    low: money((impressions.low / 1000) * cpm.low, 'USD'),
    high: money((impressions.high / 1000) * cpm.high, 'USD'),
    formula: `impressions / 1,000 x ${cpm.low} to ${cpm.high} US dollars`,
    source: cpm.source,
    year: cpm.year,
    n: 1,
    sample: '1 profile',
    asOf: subject.followers?.at ?? null,
    needs: null,
  };
}

function valueByInteractions(subject: VettingSubject, posts: readonly VettedPost[]): ValuedRow {
  const row = { unit: 'money', name: 'emv_interactions', title: 'Earned media value, by interactions' } as const;
  const values = interactionValues[subject.profile.platform];
  const full = posts.filter(
    (post) =>
      post.likes !== null &&
      post.comments !== null &&
      (values?.share === undefined || post.shares !== null) &&
      (values?.perThousandViews === undefined || post.views !== null),
  );
  if (values === undefined || full.length < postsForScore)
    return { ...row, ...nothing(`at least ${postsForScore} posts with every figure the formula takes`) };
  const euros = full.map(
    (post) =>
      (post.likes ?? 0) * values.like +
      (post.comments ?? 0) * values.comment +
      (post.shares ?? 0) * (values.share ?? 0) +
      ((post.views ?? 0) / 1000) * (values.perThousandViews ?? 0),
  );
  const interval = medianInterval(euros);
  const middle = median(euros) ?? 0;
  const parts = [
    `${values.like} a like`,
    `${values.comment} a comment`,
    ...(values.share === undefined ? [] : [`${values.share} a share`]),
    ...(values.perThousandViews === undefined ? [] : [`${values.perThousandViews} for 1,000 views`]),
  ];
  return {
    ...row,
    low: money(interval?.low ?? middle, 'EUR'),
    high: money(interval?.high ?? middle, 'EUR'),
    formula: `median over posts of ${parts.join(', ')}, in euros; the range is its 95 % interval`,
    source: interactionSource,
    year: null,
    n: full.length,
    sample: plural(full.length, 'post'),
    asOf: newestOf(full.map((post) => post.observedAt)),
    needs: null,
  };
}

function medianViews(posts: readonly VettedPost[]) {
  const seen = posts.filter((post) => post.views !== null && post.views > 0);
  const value = median(seen.map((post) => post.views ?? 0));
  if (value === null || seen.length < postsForScore) return null;
  const source = [...new Set(seen.map((post) => post.source))].sort().join(', ');
  return { value, source, at: newestOf(seen.map((post) => post.observedAt)), n: seen.length };
}

/** Estimates in whole cents, rounded once. */
function money(units: number, currency: 'USD' | 'EUR'): MoneyJson {
  return { amountMinor: String(Math.round(units * 100)), currency };
}

function nothing(needs: string) {
  return { low: null, high: null, formula: '', source: '', year: null, n: null, sample: '', asOf: null, needs };
}

function newestOf(instants: readonly string[]): string | null {
  return instants.reduce<string | null>((newest, at) => (newest === null || at > newest ? at : newest), null);
}
