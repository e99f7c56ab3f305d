import { wilsonBounds } from '#kernel/wilson.ts';

export interface SentParcel {
  personId: string;
  enrolmentId: string;
  units: number;
  /** Cost of goods; null when not known. */
  goodsMinor: bigint | null;
  /** Postage; null when not known. */
  shippingMinor: bigint | null;
  hasLeft: boolean;
  deliveredAt: Date | null;
  isReturned: boolean;
  isLost: boolean;
  /** When a post was expected by; null before delivery. */
  expectedBy: Date | null;
}

export interface CreatorPosts {
  /** Live posts of the creator on this campaign. */
  posts: number;
}

/** Fewer creators than this make no rate: the interval would span most of the scale. */
export const rateCreatorsMin = 5;

export interface ReportFigures {
  posted: number;
  stillInWindow: number;
  postRate: { rate: number | null; low: number | null; high: number | null; posted: number; n: number };
  goods: Sum;
  shipping: Sum;
  costPerPost: { minor: bigint | null; posts: number; missing: string | null };
  waste: { units: number; unitsShipped: number; cost: Sum; parcels: SentParcel[] };
}

export interface Sum {
  minor: bigint | null;
  n: number;
  /** Parcels of which it is not known. */
  unknown: number;
}

/**
 * Figures of a seeding campaign. The post rate counts creators whose parcel was delivered and whose window has ended, so that early posters do
 * not flatter it; its interval is Wilson's. Waste: pieces that left for creators whose window ended without a post, and pieces lost on the way.
 */
export function reportFigures(
  parcels: readonly SentParcel[],
  posts: ReadonlyMap<string, CreatorPosts>,
  now: Date,
): ReportFigures {
  const left = parcels.filter((parcel) => parcel.hasLeft);
  const postsOf = (parcel: SentParcel) => posts.get(parcel.enrolmentId)?.posts ?? 0;
  const delivered = Map.groupBy(
    left.filter((parcel) => parcel.deliveredAt !== null && !parcel.isReturned),
    (parcel) => parcel.enrolmentId,
  );
  const creators = [...delivered.values()].map((own) => ({
    hasPosted: own.some((parcel) => postsOf(parcel) > 0),
    // The window of the first parcel counts: further ones are further gifts.
    isOver: own.some((parcel) => isOver(parcel, now)),
  }));
  const settled = creators.filter((creator) => creator.isOver);
  const hits = settled.filter((creator) => creator.hasPosted).length;
  const interval = settled.length >= rateCreatorsMin ? wilsonBounds(hits, settled.length) : null;
  const goods = sumOf(left, (parcel) => parcel.goodsMinor);
  const shipping = sumOf(left, (parcel) => parcel.shippingMinor);
  const livePosts = [...new Set(left.map((parcel) => parcel.enrolmentId))].reduce(
    (sum, enrolmentId) => sum + (posts.get(enrolmentId)?.posts ?? 0),
    0,
  );
  const wasted = left.filter(
    (parcel) => parcel.isLost || (!parcel.isReturned && postsOf(parcel) === 0 && isOver(parcel, now)),
  );
  return {
    posted: creators.filter((creator) => creator.hasPosted).length,
    stillInWindow: creators.filter((creator) => !creator.hasPosted && !creator.isOver).length,
    postRate: {
      rate: interval === null ? null : hits / settled.length,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      posted: hits,
      n: settled.length,
    },
    goods,
    shipping,
    costPerPost: costPerPost(goods, shipping, livePosts),
    waste: {
      units: unitsOf(wasted),
      unitsShipped: unitsOf(left),
      cost: sumOf(wasted, (parcel) => parcel.goodsMinor),
      parcels: wasted,
    },
  };
}

function costPerPost(goods: Sum, shipping: Sum, posts: number): ReportFigures['costPerPost'] {
  if (posts === 0) return { minor: null, posts, missing: 'No live post yet' };
  if (goods.minor === null)
    return {
      minor: null,
      posts,
      missing: `Cost of goods is not known for ${goods.unknown} of ${goods.n + goods.unknown} parcels`,
    };
  if (shipping.minor === null)
    return {
      minor: null,
      posts,
      missing: `Postage is not known for ${shipping.unknown} of ${shipping.n + shipping.unknown} parcels`,
    };
  // Rounded to the nearest minor unit, half up.
  const total = goods.minor + shipping.minor;
  return { minor: (total * 2n + BigInt(posts)) / (BigInt(posts) * 2n), posts, missing: null };
}

function isOver(parcel: SentParcel, now: Date): boolean {
  return parcel.expectedBy !== null && parcel.expectedBy.getTime() < now.getTime();
}

/** Null as soon as one is not known: a sum of the known ones would look like all. */
function sumOf(parcels: readonly SentParcel[], of: (parcel: SentParcel) => bigint | null): Sum {
  let minor = 0n;
  let unknown = 0;
  for (const parcel of parcels) {
    const value = of(parcel);
    if (value === null) unknown += 1;
    else minor += value;
  }
  return { minor: unknown > 0 || parcels.length === 0 ? null : minor, n: parcels.length - unknown, unknown };
}

function unitsOf(parcels: readonly SentParcel[]): number {
  return parcels.reduce((sum, parcel) => sum + parcel.units, 0);
}
