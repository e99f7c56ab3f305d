import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';

/** How posts speak of a brand: any of these. Names in lower case, without @ and #. */
export interface BrandTerms {
  id: string;
  handles: readonly string[];
  hashtags: readonly string[];
  /** A regular expression of PostgreSQL made of escaped words, on captions; null when there are none. */
  pattern: string | null;
}

export type PaymentOfPost = 'paid' | 'organic' | 'unknown';

export interface BrandAsk {
  brands: readonly BrandTerms[];
  /** Calendar days, both inclusive, in the time zone; null is any time, undated posts among them. */
  period: { from: string; to: string; timeZone: string } | null;
  platform?: Platform | undefined;
  country?: string | undefined;
  payment?: PaymentOfPost | undefined;
  personIds?: readonly string[] | undefined;
}

/** Hashtags that anybody understands as advertisement; "collab" or "sp" are not among them. */
const disclosureTags = [
  'ad',
  'ads',
  'advert',
  'advertisement',
  'advertising',
  'sponsored',
  'paidpartnership',
  'paid_partnership',
  'anzeige',
  'werbung',
  'publicidad',
  'publicite',
  'publicité',
  'pubblicità',
  'reklame',
  'reklam',
  'reclame',
];

/** False for who objected to being kept: they are in no figure and no list. */
export const isShown = sql`not exists (select from person_fact objection where objection.workspace_id = person.workspace_id
  and objection.person_id = person.id and objection.name = 'suppressed' and objection.value = 'true'::jsonb)`;

const paidTag = sql`exists (select from unnest(post.hashtags) as tag where tag = any(${disclosureTags}::text[]))`;

/**
 * The posts that name a brand, once a brand: by account, hashtag or words of the caption. Posts of the brand's own accounts are not among them. Each of
 * the three ways has an index or is asked for only when there are words.
 */
function namedPosts(workspaceId: string, ask: BrandAsk): RawBuilder<unknown> {
  const terms = JSON.stringify(ask.brands);
  const isWordy = ask.brands.some((brand) => brand.pattern !== null);
  const byWords = isWordy
    ? sql`union select b.id, p.id from brand b join post p on p.workspace_id = ${workspaceId} and p.caption ~* b.pattern where b.pattern is not null`
    : sql``;
  const conditions = [
    isShown,
    ask.period === null ? sql`true` : within(ask.period),
    ask.platform === undefined ? sql`true` : sql`profile.platform = ${ask.platform}`,
    ask.country === undefined ? sql`true` : sql`person.country = ${ask.country}`,
    ask.personIds === undefined ? sql`true` : sql`person.id = any(${ask.personIds}::text[])`,
  ];
  const all = sql`
    with brand as (
      select id, handles, hashtags, pattern from jsonb_to_recordset(${terms}::jsonb) as b (id text, handles text[], hashtags text[], pattern text)
    ), found as (
      select b.id as brand_id, p.id as post_id from brand b join post p on p.workspace_id = ${workspaceId} and p.mentions <> '{}' and p.mentions && b.handles
      union select b.id, p.id from brand b join post p on p.workspace_id = ${workspaceId} and p.hashtags <> '{}' and p.hashtags && b.hashtags
      ${byWords}
    )
    select found.brand_id, post.id, post.profile_id, post.posted_at, post.url, post.caption, post.hashtags, post.likes, post.comments, post.views,
      profile.person_id, profile.platform, profile.handle, m.followers,
      case when post.is_paid_label then 'paid' when ${paidTag} then 'paid' when post.is_paid_label = false then 'organic' else 'unknown' end as payment,
      case when post.is_paid_label then 'paid partnership label of the platform'
        when ${paidTag} then (select '#' || min(tag) from unnest(post.hashtags) as tag where tag = any(${disclosureTags}::text[])) end as payment_sign
    from found join brand on brand.id = found.brand_id
    join post on post.workspace_id = ${workspaceId} and post.id = found.post_id
    join profile on profile.workspace_id = post.workspace_id and profile.id = post.profile_id
    join person on person.workspace_id = profile.workspace_id and person.id = profile.person_id
    left join profile_metric m on m.workspace_id = profile.workspace_id and m.profile_id = profile.id
    where not (profile.handle_key = any(brand.handles)) and ${sql.join(conditions, sql` and `)}`;
  return ask.payment === undefined ? all : sql`select * from (${all}) every where payment = ${ask.payment}`;
}

function within(period: { from: string; to: string; timeZone: string }): RawBuilder<unknown> {
  return sql`post.posted_at >= ${period.from}::date::timestamp at time zone ${period.timeZone}
    and post.posted_at < (${period.to}::date + 1)::timestamp at time zone ${period.timeZone}`;
}

const mentionSums = sql`count(*) as posts, count(*) filter (where payment = 'paid') as paid, count(*) filter (where payment = 'organic') as organic,
  count(*) filter (where payment = 'unknown') as unknown, sum(likes + comments)::bigint as engagements, count(likes + comments) as engagement_posts,
  sum(views)::bigint as views, count(views) as view_posts, min(posted_at) as first_at, max(posted_at) as last_at`;

export interface MentionSums {
  posts: bigint;
  paid: bigint;
  organic: bigint;
  unknown: bigint;
  /** Likes and comments of the posts where both are known. */
  engagements: bigint | null;
  engagement_posts: bigint;
  views: bigint | null;
  view_posts: bigint;
  first_at: Date | null;
  last_at: Date | null;
}

export interface BrandTotals extends MentionSums {
  brand_id: string;
  creators: bigint;
  reach: bigint | null;
  reach_profiles: bigint;
}

export interface MedianRow {
  n: bigint;
  median: number;
  /** Ends of the 95 % interval, by order statistics. */
  low: number | null;
  high: number | null;
}

/** All that a comparison of brands shows, from one reading of the posts. Brands without a post have no row. */
export interface BrandComparison {
  totals: BrandTotals[];
  rates: (MedianRow & { brand_id: string })[];
  months: { brand_id: string; month: string; posts: bigint }[];
  hashtags: { brand_id: string; hashtag: string; posts: bigint }[];
}

const hashtagsTold = 8;

export async function readBrandComparison(
  tx: Tx,
  workspaceId: string,
  ask: BrandAsk & { period: NonNullable<BrandAsk['period']> },
): Promise<BrandComparison> {
  await sql`drop table if exists creators_named_post`.execute(tx);
  await sql`create temp table creators_named_post on commit drop as ${namedPosts(workspaceId, ask)}`.execute(tx);
  const totals = await sql<BrandTotals>`
    select brand_id, ${mentionSums}, count(distinct person_id) as creators, max(reach)::bigint as reach, max(reach_profiles) as reach_profiles
    from creators_named_post join (
      select brand_id, sum(followers) as reach, count(followers) as reach_profiles
      from (select distinct brand_id, profile_id, followers from creators_named_post) profile group by brand_id
    ) profiles using (brand_id) group by brand_id order by brand_id`.execute(tx);
  const rates = await sql<MedianRow & { brand_id: string }>`
    select brand_id, ${medianOf(sql`rate`)} from (
      select brand_id, rate, ${rankOf(sql`brand_id`, sql`rate`)}
      from (select brand_id, (likes + comments) / followers::float8 as rate from creators_named_post where followers > 0) rated where rate is not null
    ) ranked group by brand_id, n order by brand_id`.execute(tx);
  const months = await sql<{ brand_id: string; month: string; posts: bigint }>`
    select brand_id, to_char(posted_at at time zone ${ask.period.timeZone}, 'YYYY-MM') as month, count(*) as posts
    from creators_named_post group by 1, 2 order by 1, 2`.execute(tx);
  const hashtags = await sql<{ brand_id: string; hashtag: string; posts: bigint }>`
    select brand_id, hashtag, posts from (
      select brand_id, tag as hashtag, count(distinct id) as posts, row_number() over (partition by brand_id order by count(distinct id) desc, tag) as place
      from creators_named_post cross join lateral unnest(hashtags) as tag group by brand_id, tag
    ) counted where place <= ${hashtagsTold} order by brand_id, posts desc, hashtag`.execute(tx);
  return { totals: totals.rows, rates: rates.rows, months: months.rows, hashtags: hashtags.rows };
}

/** For use inside an aggregate over rows ranked by `rankOf`: n, median and the ends of its interval. */
export function medianOf(value: RawBuilder<unknown>): RawBuilder<unknown> {
  // The places of the order statistics between which the median lies in 95 of 100 samples (normal approximation of the binomial).
  return sql`n, percentile_cont(0.5) within group (order by ${value}) as median,
    max(${value}) filter (where place = floor((n - 1.96 * sqrt(n)) / 2)::bigint) as low,
    max(${value}) filter (where place = ceil(1 + (n + 1.96 * sqrt(n)) / 2)::bigint) as high`;
}

export function rankOf(by: RawBuilder<unknown>, value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`row_number() over (partition by ${by} order by ${value}) as place, count(*) over (partition by ${by}) as n`;
}

/** How many creators named each brand in the period, and how many of them again in the next one. */
export async function readReturning(
  tx: Tx,
  workspaceId: string,
  ask: { before: BrandAsk; now: BrandAsk },
): Promise<{ brand_id: string; before: bigint; again: bigint }[]> {
  const { rows } = await sql<{ brand_id: string; before: bigint; again: bigint }>`
    select earlier.brand_id, count(*) as before, count(later.person_id) as again
    from (select distinct brand_id, person_id from (${namedPosts(workspaceId, ask.before)}) one) earlier
    left join (select distinct brand_id, person_id from (${namedPosts(workspaceId, ask.now)}) other) later using (brand_id, person_id)
    group by earlier.brand_id order by earlier.brand_id`.execute(tx);
  return rows;
}

/** Posts without a date that name each brand. */
export async function countUndated(
  tx: Tx,
  workspaceId: string,
  ask: Omit<BrandAsk, 'period'>,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ brand_id: string; posts: bigint }>`
    select brand_id, count(*) as posts from (${namedPosts(workspaceId, { ...ask, period: null })}) named
    where posted_at is null group by brand_id order by brand_id`.execute(tx);
  return new Map(rows.map((row) => [row.brand_id, Number(row.posts)]));
}

/** What a comparison rests on: posts of the period, their creators, and posts without a date. */
export async function readPostBasis(
  tx: Tx,
  workspaceId: string,
  ask: Pick<BrandAsk, 'platform' | 'country'> & { period: NonNullable<BrandAsk['period']> },
): Promise<{ posts: number; creators: number; undated: number }> {
  const from = sql`from post join profile on profile.workspace_id = post.workspace_id and profile.id = post.profile_id
    join person on person.workspace_id = profile.workspace_id and person.id = profile.person_id
    where post.workspace_id = ${workspaceId} and ${isShown} and (${ask.platform ?? null}::text is null or profile.platform = ${ask.platform ?? null})
      and (${ask.country ?? null}::text is null or person.country = ${ask.country ?? null})`;
  const { rows } = await sql<{ posts: bigint; creators: bigint }>`
    select count(*) as posts, count(distinct person.id) as creators ${from} and ${within(ask.period)}`.execute(tx);
  const { rows: undated } = await sql<{ posts: bigint }>`
    select count(*) as posts ${from} and post.posted_at is null`.execute(tx);
  return {
    posts: Number(rows[0]?.posts ?? 0n),
    creators: Number(rows[0]?.creators ?? 0n),
    undated: Number(undated[0]?.posts ?? 0n),
  };
}

export interface BrandCreatorRow extends MentionSums {
  person_id: string;
  followers: bigint | null;
  total: bigint;
}

export type BrandCreatorSort = 'posts' | 'followers' | 'engagements' | 'views' | 'last';

const orders: Record<BrandCreatorSort, string> = {
  posts: 'posts desc',
  followers: 'followers desc nulls last',
  engagements: 'engagements desc nulls last',
  views: 'views desc nulls last',
  last: 'last_at desc nulls last',
};

/** Who posts about one brand: a page by rank, each row with the number of all. `followers` is of the person's largest profile that named it. */
export async function readBrandCreators(
  tx: Tx,
  workspaceId: string,
  ask: BrandAsk & { sort: BrandCreatorSort; offset: number; limit: number },
): Promise<BrandCreatorRow[]> {
  const { rows } = await sql<BrandCreatorRow>`
    select person_id, ${mentionSums}, max(followers) as followers, count(*) over () as total
    from (${namedPosts(workspaceId, ask)}) named group by person_id
    order by ${sql.raw(orders[ask.sort])}, person_id offset ${ask.offset} limit ${ask.limit}`.execute(tx);
  return rows;
}

export interface BrandPostRow {
  id: string;
  person_id: string;
  platform: Platform;
  handle: string;
  url: string | null;
  posted_at: Date | null;
  caption: string | null;
  payment: PaymentOfPost;
  payment_sign: string | null;
  likes: bigint | null;
  comments: bigint | null;
  views: bigint | null;
}

/** Posts that name one brand, newest first, undated last. */
export async function readBrandPosts(
  tx: Tx,
  workspaceId: string,
  ask: BrandAsk & { offset: number; limit: number },
): Promise<BrandPostRow[]> {
  const { rows } = await sql<BrandPostRow>`
    select id, person_id, platform, handle, url, posted_at, left(caption, 280) as caption, payment, payment_sign, likes, comments, views
    from (${namedPosts(workspaceId, ask)}) named order by posted_at desc nulls last, id desc offset ${ask.offset} limit ${ask.limit}`.execute(
    tx,
  );
  return rows;
}
