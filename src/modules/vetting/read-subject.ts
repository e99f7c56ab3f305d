import type { Tx } from '#infra/db/database.ts';
import type { Person, Post, Profile } from '#modules/creators/api.ts';
import {
  bandFor,
  type FollowerSample,
  listPostsOf,
  newestAudienceSamples,
  priceBandYear,
  readMetricHistory,
} from '#modules/creators/index.ts';
import { readCommentFacts } from './comments/read-facts.ts';
import { judgeAudiences } from './followers/judge-audiences.ts';
import { pastMetrics, readPasts, seriesOf } from './growth/read-past.ts';
import { readSponsoredWords } from './partnerships/queries.ts';
import { readPictureChecks } from './pictures/check-pictures.ts';
import { readFits, readTopics } from './quality/read-quality.ts';
import { readBrandProfile } from './queries/brand-profile.ts';
import type { PeerReader } from './read-peers.ts';
import type { FollowerAccount, StatedAudience, StatedFigure, VettedPost, VettingSubject } from './rules/subject.ts';
import { readSafety } from './safety/read-safety.ts';

/** The newest posts a report looks at. */
const postsMax = 300;
const sampledAccountsMax = 20_000;

/** Profiles whose history is read by one statement: 25 of them with two years of days stay below its bound. */
const historyAtOnce = 25;

export interface Target {
  person: Person;
  profile: Profile;
}

/** The subjects of many profiles, in their order, by a few statements for all of them together. */
export async function readSubjects(
  tx: Tx,
  workspaceId: string,
  of: { targets: readonly Target[]; peers: PeerReader; now: Date },
): Promise<VettingSubject[]> {
  const profileIds = of.targets.map((target) => target.profile.id);
  const posts = await listPostsOf(tx, workspaceId, { profileIds, limitEach: postsMax });
  const histories = await readHistories(tx, workspaceId, profileIds);
  const samples = await newestAudienceSamples(tx, workspaceId, profileIds);
  const brand = await readBrandProfile(tx, workspaceId);
  const postIds = [...posts.values()].flatMap((some) => some.map((post) => post.id));
  const sponsoredWords = await readSponsoredWords(tx, workspaceId, postIds);
  const pasts = await readPasts(
    tx,
    workspaceId,
    profileIds.map((profileId) => ({
      profileId,
      history: histories.get(profileId) ?? [],
      hasOlderPosts: (posts.get(profileId)?.length ?? 0) >= postsMax,
    })),
  );
  const comments = await readCommentFacts(tx, workspaceId, { profileIds, now: of.now });
  const topics = await readTopics(
    tx,
    workspaceId,
    of.targets.map(({ person, profile }) => ({
      personId: person.id,
      profileId: profile.id,
      posts: posts.get(profile.id) ?? [],
    })),
  );
  const personIds = of.targets.map((target) => target.person.id);
  const pictures = await readPictureChecks(tx, workspaceId, personIds);
  const fits = await readFits(tx, workspaceId, { brand, personIds });
  const safety = await readSafety(tx, workspaceId, {
    targets: of.targets.map(({ person, profile }) => ({
      personId: person.id,
      profileId: profile.id,
      bio: profile.bio,
      posts: posts.get(profile.id) ?? [],
    })),
    now: of.now,
  });
  const subjects: VettingSubject[] = [];
  for (const { person, profile } of of.targets) {
    const own = samples.get(profile.id) ?? {};
    const sample = own.followers;
    const followers = seriesOf(histories.get(profile.id) ?? [], 'followers');
    subjects.push({
      ...figuresOf(person, profile),
      comments: comments.get(profile.id) ?? null,
      posts: (posts.get(profile.id) ?? []).map(toPost),
      followerSeries: followers.points,
      seriesSource: followers.source,
      past: pasts.get(profile.id) ?? null,
      audience: judgeAudiences(own, profile.platform),
      followerSample: sample === undefined ? null : toSample(sample),
      peers: await of.peers.read(tx, workspaceId, {
        profileId: profile.id,
        platform: profile.platform,
        followers: profile.followers,
        niches: person.niches,
      }),
      brand: brand.version === 0 ? null : brand,
      sponsoredWords,
      safety: safety.get(profile.id) ?? null,
      topics: topics.get(profile.id) ?? null,
      fit: fits.get(person.id) ?? null,
      picture: pictures.get(profile.id) ?? null,
    });
  }
  return subjects;
}

async function readHistories(tx: Tx, workspaceId: string, profileIds: readonly string[]) {
  const points = [];
  for (let from = 0; from < profileIds.length; from += historyAtOnce) {
    const some = profileIds.slice(from, from + historyAtOnce);
    points.push(...(await readMetricHistory(tx, workspaceId, { profileIds: some, metrics: pastMetrics })));
  }
  return Map.groupBy(points, (point) => point.profileId);
}

function figuresOf(person: Person, profile: Profile) {
  const followers = figure(profile, 'followers');
  const lastPost = provenanceOf(profile, 'lastPostAt');
  return {
    profile: {
      platform: profile.platform,
      handle: profile.handle,
      bio: profile.bio,
      category: profile.category,
      isPrivate: profile.isPrivate,
    },
    niches: person.niches,
    languages: person.languages,
    statedAudience: statedAudienceOf(profile),
    followers: followers !== null && followers.value > 0 ? followers : null,
    following: figure(profile, 'following'),
    postCount: figure(profile, 'postCount'),
    avgLikes: figure(profile, 'avgLikes'),
    avgComments: figure(profile, 'avgComments'),
    avgViews: figure(profile, 'avgViews'),
    engagementRate: figure(profile, 'engagementRate'),
    priceBand: priceBandOf(profile),
    lastPostAt:
      profile.lastPostAt === null ? null : { at: profile.lastPostAt, source: lastPost?.source ?? profile.source },
  };
}

function priceBandOf(profile: Profile): NonNullable<VettingSubject['priceBand']> | null {
  const band = bandFor(profile.platform, profile.followers);
  if (band === null) return null;
  return {
    format: band.format,
    low: band.low,
    high: band.high,
    source: 'Word on the Block',
    year: Number(priceBandYear),
  };
}

function statedAudienceOf({ audience }: Profile): StatedAudience | null {
  if (audience === null) return null;
  const { distributions, n, source, at } = audience;
  return { countries: distributions.country ?? {}, languages: distributions.language ?? {}, n, source, at };
}

type FigureName = 'followers' | 'following' | 'postCount' | 'avgLikes' | 'avgComments' | 'avgViews' | 'engagementRate';

function figure(profile: Profile, name: FigureName): StatedFigure | null {
  const value = profile[name];
  if (value === null || !Number.isFinite(value) || value < 0) return null;
  const provenance = provenanceOf(profile, name);
  return { value, source: provenance?.source ?? profile.source, at: provenance?.at ?? null };
}

function provenanceOf(profile: Profile, field: string) {
  return profile.provenance[field] ?? profile.provenance['*'] ?? null;
}

/** A stored post as the rules read it. */
export function toPost(post: Post): VettedPost {
  const {
    id,
    url,
    postedAt,
    observedAt,
    format,
    caption,
    hashtags,
    mentions,
    likes,
    comments,
    views,
    shares,
    saves,
    reach,
    impressions,
    isPaidLabel,
    source,
  } = post;
  return {
    id,
    url,
    postedAt,
    observedAt,
    format,
    caption,
    hashtags,
    mentions,
    likes,
    comments,
    views,
    shares,
    saves,
    reach,
    impressions,
    isPaidLabel,
    source,
  };
}

function toSample(sample: FollowerSample): VettingSubject['followerSample'] {
  const column = (...names: string[]) =>
    names.map((name) => sample.accounts[name]).find((values) => values !== undefined) ?? [];
  const following = column('following', 'followees');
  const posts = column('posts', 'postCount');
  const isPrivate = column('isPrivate', 'private');
  const hasPicture = column('hasPicture', 'has_picture');
  const length = Math.min(
    sampledAccountsMax,
    Math.max(following.length, posts.length, isPrivate.length, hasPicture.length),
  );
  const accounts: FollowerAccount[] = Array.from({ length }, (_, i) => ({
    following: toCount(following[i]),
    posts: toCount(posts[i]),
    isPrivate: toFlag(isPrivate[i]),
    hasPicture: toFlag(hasPicture[i]),
  }));
  return {
    takenAt: sample.takenAt.toISOString(),
    source: sample.source,
    method: sample.method,
    size: sample.size,
    accounts,
  };
}

const toCount = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null);
const toFlag = (value: unknown) =>
  value === true || value === 1 ? true : value === false || value === 0 ? false : null;
