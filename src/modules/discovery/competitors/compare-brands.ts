import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { addDays, dayIn, daysBetween } from '#kernel/time.ts';
import {
  type BrandAsk,
  type BrandComparison,
  type BrandTerms,
  countUndated,
  type MentionSums,
  readBrandComparison,
  readPostBasis,
  readReturning,
} from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { BrandFigures, compareBrands, WatchedBrand } from '../api.ts';
import { discoveryError } from '../errors.ts';
import { toBrand } from './change-brands.ts';
import { type BrandRow, selectBrand, selectBrands } from './queries/brands.ts';
import { patternOf } from './rules/brand-terms.ts';
import { disclosedShare } from './rules/disclosed-share.ts';

const daysBack = 365;
const daysMax = 3660;
/** Posts a median needs. */
const ratedPostsMin = 10;

export function termsOf(brand: BrandRow): BrandTerms {
  const { id, handles, hashtags } = brand;
  return { id, handles, hashtags, pattern: patternOf(brand.keywords) };
}

/** A watched brand. Error: not_found. */
export async function requireBrand(tx: Tx, workspaceId: string, brandId: string): Promise<BrandRow> {
  const brand = await selectBrand(tx, workspaceId, brandId);
  if (brand === null) throw notFound('brand');
  return brand;
}

export type Period = NonNullable<BrandAsk['period']>;

/** The period asked for in the workspace's own days, or the last 365. Error: brand_period. */
export async function periodOf(
  infra: Infra,
  tx: Tx,
  asked: { workspaceId: string; from?: string | undefined; to?: string | undefined },
): Promise<Period> {
  const { timeZone } = await getWorkspace(tx, asked.workspaceId);
  const to = asked.to ?? dayIn(timeZone, infra.clock.now());
  const from = asked.from ?? addDays(to, 1 - daysBack);
  if (from > to)
    throw discoveryError('brand_period', `The period ends (${to}) before it begins (${from}).`, [
      { field: 'to', message: 'is before the first day' },
    ]);
  if (daysBetween(from, to) > daysMax)
    throw discoveryError('brand_period', 'The period is longer than ten years.', [
      { field: 'from', message: 'is too early' },
    ]);
  return { from, to, timeZone };
}

/** Brands side by side in the order asked for. Error: not_found, brand_period. */
export async function putBrandsSideBySide(infra: Infra, call: Call<typeof compareBrands>) {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const all = await selectBrands(tx, workspaceId);
    const brands = [...new Set(input.brandIds)].map((id) => {
      const brand = all.find((row) => row.id === id);
      if (brand === undefined) throw notFound('brand');
      return brand;
    });
    const period = await periodOf(infra, tx, { workspaceId, from: input.from, to: input.to });
    const length = daysBetween(period.from, period.to) + 1;
    const ask = { brands: brands.map(termsOf), platform: input.platform, country: input.country };
    const before = { ...period, from: addDays(period.from, -length), to: addDays(period.from, -1) };
    const compared = await readBrandComparison(tx, workspaceId, { ...ask, period });
    const returning = await readReturning(tx, workspaceId, {
      before: { ...ask, period: before },
      now: { ...ask, period },
    });
    const undated = await countUndated(tx, workspaceId, ask);
    const basis = await readPostBasis(tx, workspaceId, { ...ask, period });
    const back = new Map(returning.map((row) => [row.brand_id, row]));
    return {
      from: period.from,
      to: period.to,
      basis,
      rows: brands.map((row) => {
        const again = back.get(row.id);
        return toFigures(toBrand(row), compared, {
          undated: undated.get(row.id) ?? 0,
          returning: again === undefined ? null : { before: Number(again.before), again: Number(again.again) },
        });
      }),
    };
  });
}

const toNumber = (value: bigint | null) => (value === null ? null : Number(value));

/** The sums as the API shows them; zeros where no post names the brand. */
export function toMentions(sums: MentionSums | undefined) {
  return {
    posts: Number(sums?.posts ?? 0n),
    paid: Number(sums?.paid ?? 0n),
    organic: Number(sums?.organic ?? 0n),
    unknown: Number(sums?.unknown ?? 0n),
    engagements: toNumber(sums?.engagements ?? null),
    engagementPosts: Number(sums?.engagement_posts ?? 0n),
    views: toNumber(sums?.views ?? null),
    viewPosts: Number(sums?.view_posts ?? 0n),
    firstAt: sums?.first_at?.toISOString() ?? null,
    lastAt: sums?.last_at?.toISOString() ?? null,
  };
}

function toFigures(
  brand: WatchedBrand,
  compared: BrandComparison,
  more: Pick<BrandFigures, 'undated' | 'returning'>,
): BrandFigures {
  const { totals } = compared;
  const sums = totals.find((row) => row.brand_id === brand.id);
  const rate = compared.rates.find((row) => row.brand_id === brand.id);
  // A post that names two brands is a post of both, so the shares rest on mentions.
  const posts = totals.reduce((sum, row) => sum + Number(row.posts), 0);
  const engagements = totals.reduce((sum, row) => sum + Number(row.engagements ?? 0n), 0);
  const own = sums?.engagements ?? null;
  return {
    brand,
    ...toMentions(sums),
    ...more,
    creators: Number(sums?.creators ?? 0n),
    reach: toNumber(sums?.reach ?? null),
    reachProfiles: Number(sums?.reach_profiles ?? 0n),
    medianEngagementRate:
      rate === undefined || rate.n < BigInt(ratedPostsMin)
        ? null
        : { value: rate.median, low: rate.low, high: rate.high, n: Number(rate.n) },
    disclosed: disclosedShare(Number(sums?.paid ?? 0n), Number(sums?.posts ?? 0n)),
    shareOfPosts: posts === 0 ? null : Number(sums?.posts ?? 0n) / posts,
    shareOfEngagements: engagements === 0 || own === null ? null : Number(own) / engagements,
    months: compared.months
      .filter((row) => row.brand_id === brand.id)
      .map(({ month, posts: inMonth }) => ({ month, posts: Number(inMonth) })),
    hashtags: compared.hashtags
      .filter((row) => row.brand_id === brand.id && !brand.hashtags.includes(row.hashtag))
      .map(({ hashtag, posts: with_ }) => ({ hashtag, posts: Number(with_) })),
  };
}
