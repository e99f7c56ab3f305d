import { mean } from 'simple-statistics';
import { newId } from '#kernel/id.ts';
import { dayMs } from '#kernel/time.ts';
import type { AudienceRow } from '#modules/creators/api.ts';
import { figuresFromPosts, postsSource } from '#modules/creators/index.ts';
import { comments as commentWords } from './comment-words.ts';
import { figureGrowth, personDataRow } from './creator-data-rows.ts';
import type { PostExtras, SamplePerson } from './draw-creator-data.ts';
import { historyWeeks, type SampleCreator, type SamplePost, type SampleProfile } from './draw-creators.ts';
import type { Cell, Stamp } from './insert-rows.ts';
import type { Random } from './random.ts';

type Row = Record<string, Cell>;

const source = 'sample';

/** Source and date of every figure of a row, in the form the creators module keeps. */
function provenance({ at }: Stamp): Record<string, unknown> {
  return { '*': { source, at: at.toISOString() } };
}

export function personRow(creator: SampleCreator, person: SamplePerson, stamp: Stamp): Row {
  return {
    ...personDataRow(person),
    workspace_id: stamp.workspaceId,
    id: creator.id,
    name: creator.name,
    country: creator.place.country,
    city: creator.place.city,
    languages: creator.place.languages,
    emails: creator.email === null ? [] : [creator.email],
    niches: [creator.niche],
    tags: ['sample'],
    provenance: provenance(stamp),
    created_at: stamp.at,
    updated_at: stamp.at,
  };
}

export function profileRow(profile: SampleProfile, creator: SampleCreator, stamp: Stamp): Row {
  return {
    workspace_id: stamp.workspaceId,
    id: profile.id,
    person_id: creator.id,
    platform: profile.platform,
    handle: profile.handle,
    handle_key: profile.handle.toLowerCase(),
    display_name: creator.name,
    bio: profile.bio,
    category: creator.niche,
    account_type: profile.followers > 8000 ? 'creator' : 'personal',
    is_private: false,
    is_verified: profile.followers > 300_000,
    source,
    provenance: provenance(stamp),
    created_at: stamp.at,
    updated_at: stamp.at,
  };
}

/** Current figures: stated ones, and those the creators module derives from posts, by its own rule. */
export function metricRow(
  profile: SampleProfile,
  what: { posts: SamplePost[]; audience: AudienceRow | null; random: Random },
  stamp: Stamp,
): Row {
  const { posts, audience, random } = what;
  const growth = growthOf(profile);
  const hasViews = posts.some((post) => post.views !== null);
  const of = (values: number[]) => ({ mean: values.length === 0 ? null : mean(values), n: values.length });
  const lastPostAt = posts[0]?.postedAt.toISOString() ?? null;
  const derived = figuresFromPosts({
    followers: profile.followers,
    observedAt: stamp.at.toISOString(),
    lastPostAt,
    datedPosts: posts.length,
    likes: of(posts.map((post) => post.likes)),
    comments: of(posts.map((post) => post.comments)),
    views: of(posts.flatMap((post) => (post.views === null ? [] : [post.views]))),
    shares: of([]),
    saves: of([]),
    both: of(posts.map((post) => post.likes + post.comments)),
  });
  const value = (name: string) => derived[name]?.value ?? null;
  const stamps = Object.entries(derived).map(([name, { n, formula }]) => [
    name,
    { source: postsSource, at: stamp.at.toISOString(), n, formula },
  ]);
  return {
    workspace_id: stamp.workspaceId,
    profile_id: profile.id,
    followers: profile.followers,
    following: profile.following,
    post_count: profile.postCount,
    avg_likes: value('avgLikes'),
    avg_comments: value('avgComments'),
    avg_views: value('avgViews'),
    engagement_rate: value('engagementRate'),
    last_post_at: value('lastPostAt'),
    growth,
    likes_growth: figureGrowth(growth, random),
    views_growth: hasViews ? figureGrowth(growth, random) : null,
    audience,
    provenance: { ...provenance(stamp), ...Object.fromEntries(stamps) },
    updated_at: stamp.at,
  };
}

/** Relative change over 1 to 6 months of about 4.35 weeks. */
function growthOf({ weekly, followers }: SampleProfile): Record<string, number> {
  const months = [1, 2, 3, 4, 5, 6].map((month) => {
    const before = weekly[weekly.length - 1 - Math.round(month * 4.35)] ?? followers;
    return [`m${month}`, Number((followers / before - 1).toFixed(6))] as const;
  });
  return Object.fromEntries(months);
}

export function historyRows(profile: SampleProfile, stamp: Stamp): Row[] {
  return profile.weekly.map((followers, week) => {
    const at = new Date(stamp.at.getTime() - (historyWeeks - 1 - week) * 7 * dayMs);
    return {
      workspace_id: stamp.workspaceId,
      profile_id: profile.id,
      day: at.toISOString().slice(0, 10),
      source,
      observed_at: at,
      followers,
    };
  });
}

export function postRow(post: SamplePost, extras: PostExtras | undefined, stamp: Stamp): Row {
  return {
    workspace_id: stamp.workspaceId,
    id: post.id,
    profile_id: post.profileId,
    external_id: post.externalId,
    posted_at: post.postedAt,
    format: post.format,
    caption: extras?.caption ?? post.caption,
    duration_s: extras?.durationS ?? null,
    location: extras?.location ?? null,
    hashtags: post.hashtags,
    mentions: post.mentions,
    likes: post.likes,
    comments: post.comments,
    views: post.views,
    is_paid_label: post.isPaidLabel,
    source,
    observed_at: stamp.at,
  };
}

const kinds = [
  ['warm', 34],
  ['specific', 22],
  ['question', 16],
  ['critical', 4],
  ['empty', 24],
] as const;

/** A handful of comments below a post, in the mix that public comments have: about a quarter nothing but emoji. */
export function commentRows(post: SamplePost, draw: { random: Random; count: number }, stamp: Stamp): Row[] {
  const { random } = draw;
  return Array.from({ length: draw.count }, (_, at) => ({
    workspace_id: stamp.workspaceId,
    id: newId('comment', stamp.at.getTime(), random.unit),
    post_id: post.id,
    external_id: `${post.externalId}-${at}`,
    author_handle: `reader${random.whole(1, 9000)}_sample`,
    text: random.pick(commentWords[random.weighted(kinds)]),
    likes: random.whole(0, 12),
    commented_at: new Date(Math.min(stamp.at.getTime(), post.postedAt.getTime() + random.unit() * 2 * dayMs)),
    source,
  }));
}
