import { isAffiliate, isSponsored, namedIn } from './paid-posts.ts';

/** One of the newest posts of a profile. */
export interface ContentPost {
  postedAt: string | null;
  observedAt: string;
  format: string | null;
  caption: string | null;
  hashtags: readonly string[];
  mentions: readonly string[];
  location: string | null;
  latitude: number | null;
  longitude: number | null;
  durationS: number | null;
  likes: number | null;
  comments: number | null;
  views: number | null;
  isPaidLabel: boolean | null;
}

/** A figure with the number of posts it rests on. */
export interface Counted {
  value: number;
  n: number;
}

/** What the posts of a profile say, as stated on `at` (the day they were last seen). Null is not known or too little data. */
export interface ProfileContent {
  at: string;
  /** Posts looked at. */
  posts: number;
  medianLikes: Counted | null;
  medianComments: Counted | null;
  medianViews: Counted | null;
  medianEngagements: Counted | null;
  medianEngagementRate: Counted | null;
  postsPerWeek: Counted | null;
  avgDurationS: Counted | null;
  /** Posts that say they are paid for, of those whose label or caption is known. */
  sponsored: { posts: number; n: number } | null;
  sponsors: string[];
  formats: string[];
  places: { name: string; lat: number | null; lon: number | null }[];
  affiliateAt: string | null;
  /** Posts whose caption is known: without any, whether there are affiliate posts is not known either. */
  captions: number;
}

/** Averages and medians are of so many posts; what posts say of brands, places and cadence is read from so many. */
export const figurePostsMax = 12;
export const contentPostsMax = 36;
const postsMin = 3;
const namesMax = 50;
const dayMs = 86_400_000;

/** Reads at most 36 posts, newest first. Formulas: docs/methods/creator-content.md. */
export function contentFromPosts(
  posts: readonly ContentPost[],
  of: { handle: string; followers: number | null },
): ProfileContent {
  const newest = posts.slice(0, figurePostsMax);
  const both = newest.map((post) =>
    post.likes === null || post.comments === null ? null : post.likes + post.comments,
  );
  const medianEngagements = medianOf(both);
  const { followers } = of;
  const judged = posts.map((post) => isSponsored(post));
  const known = judged.filter((one) => one !== null).length;
  const paid = posts.filter((_, at) => judged[at] === true);
  const affiliate = posts.filter((post) => post.postedAt !== null && isAffiliate(post, of.handle) === true);
  return {
    at:
      posts
        .map((post) => post.observedAt)
        .sort()
        .at(-1) ?? '',
    posts: posts.length,
    medianLikes: medianOf(newest.map((post) => post.likes)),
    medianComments: medianOf(newest.map((post) => post.comments)),
    medianViews: medianOf(newest.map((post) => post.views)),
    medianEngagements,
    medianEngagementRate:
      medianEngagements === null || followers === null || followers <= 0
        ? null
        : { value: rounded(medianEngagements.value / followers, 1e8), n: medianEngagements.n },
    postsPerWeek: cadenceOf(posts),
    avgDurationS: meanOf(posts.map((post) => post.durationS)),
    sponsored: known < postsMin ? null : { posts: paid.length, n: known },
    sponsors: byCount(paid.flatMap((post) => namedIn(post, of.handle))),
    formats: byCount(posts.flatMap((post) => post.format ?? [])),
    places: placesOf(posts),
    affiliateAt: affiliate.reduce<string | null>(
      (latest, post) => (latest === null || (post.postedAt ?? '') > latest ? post.postedAt : latest),
      null,
    ),
    captions: posts.filter((post) => post.caption !== null).length,
  };
}

/** The middle one, of an even number the mean of the two in the middle; null below three. */
export function medianOf(values: readonly (number | null)[]): Counted | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const n = known.length;
  if (n < postsMin) return null;
  const middle = Math.floor(n / 2);
  const upper = known[middle] ?? 0;
  return { value: n % 2 === 1 ? upper : ((known[middle - 1] ?? 0) + upper) / 2, n };
}

function meanOf(values: readonly (number | null)[]): Counted | null {
  const known = values.filter((value) => value !== null);
  if (known.length < postsMin) return null;
  return { value: rounded(known.reduce((sum, value) => sum + value, 0) / known.length, 100), n: known.length };
}

/** Gaps between the posts by the weeks they span; a span below a day says nothing of a week. */
function cadenceOf(posts: readonly ContentPost[]): Counted | null {
  const times = posts.flatMap((post) => (post.postedAt === null ? [] : [Date.parse(post.postedAt)]));
  if (times.length < postsMin) return null;
  const spanMs = Math.max(...times) - Math.min(...times);
  if (spanMs < dayMs) return null;
  return { value: rounded((times.length - 1) / (spanMs / (7 * dayMs)), 100), n: times.length };
}

/** Each once, the most frequent first, ties by name. */
function byCount(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const order = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return order.slice(0, namesMax).map(([name]) => name);
}

function placesOf(posts: readonly ContentPost[]): ProfileContent['places'] {
  const byName = new Map<string, ProfileContent['places'][number]>();
  for (const { location, latitude, longitude } of posts) {
    const name = location?.trim() ?? '';
    if (name === '' && (latitude === null || longitude === null)) continue;
    const isPlaced = latitude !== null && longitude !== null;
    const shown = name === '' ? `${latitude}, ${longitude}` : name;
    const before = byName.get(shown);
    if (before === undefined || (before.lat === null && isPlaced))
      byName.set(shown, { name: shown, lat: isPlaced ? latitude : null, lon: isPlaced ? longitude : null });
  }
  return [...byName.values()].slice(0, namesMax);
}

function rounded(value: number, per: number): number {
  return Math.round(value * per) / per;
}
