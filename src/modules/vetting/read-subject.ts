import type { Tx } from '#infra/db/database.ts';
import type { Person, Post, Profile } from '#modules/creators/api.ts';
import { type FollowerSample, listPostsOf, newestFollowerSamples, readMetricHistory } from '#modules/creators/index.ts';
import { readBrandProfile } from './queries/brand-profile.ts';
import type { PeerReader } from './read-peers.ts';
import type { FollowerAccount, SeriesPoint, StatedFigure, VettedPost, VettingSubject } from './rules/subject.ts';

/** The newest posts a report looks at. */
const postsMax = 300;
const sampledAccountsMax = 20_000;

/** Profiles whose history is read by one statement: 25 of them with two years of days stay below its bound. */
const historyAtOnce = 25;

export interface Target {
  person: Person;
  profile: Profile;
}

/** Gathers all that the rules need of one profile. */
export async function readSubject(
  tx: Tx,
  workspaceId: string,
  of: Target & { peers: PeerReader },
): Promise<VettingSubject> {
  const [subject] = await readSubjects(tx, workspaceId, { targets: [of], peers: of.peers });
  if (subject === undefined) throw new Error('One target gives one subject');
  return subject;
}

/** The subjects of many profiles, in their order, by a few statements for all of them together. */
export async function readSubjects(
  tx: Tx,
  workspaceId: string,
  of: { targets: readonly Target[]; peers: PeerReader },
): Promise<VettingSubject[]> {
  const profileIds = of.targets.map((target) => target.profile.id);
  const posts = await listPostsOf(tx, workspaceId, { profileIds, limitEach: postsMax });
  const histories = await readHistories(tx, workspaceId, profileIds);
  const samples = await newestFollowerSamples(tx, workspaceId, profileIds);
  const brand = await readBrandProfile(tx, workspaceId);
  const subjects: VettingSubject[] = [];
  for (const { person, profile } of of.targets) {
    const sample = samples.get(profile.id);
    subjects.push({
      ...figuresOf(person, profile),
      posts: (posts.get(profile.id) ?? []).map(toPost),
      ...toSeries(histories.get(profile.id) ?? []),
      followerSample: sample === undefined ? null : toSample(sample),
      peers: await of.peers.read(tx, workspaceId, {
        profileId: profile.id,
        platform: profile.platform,
        followers: profile.followers,
        niches: person.niches,
      }),
      brand: brand.version === 0 ? null : brand,
    });
  }
  return subjects;
}

async function readHistories(tx: Tx, workspaceId: string, profileIds: readonly string[]) {
  const points = [];
  for (let from = 0; from < profileIds.length; from += historyAtOnce) {
    const some = profileIds.slice(from, from + historyAtOnce);
    points.push(...(await readMetricHistory(tx, workspaceId, { profileIds: some, metrics: ['followers'] })));
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
    followers: followers !== null && followers.value > 0 ? followers : null,
    following: figure(profile, 'following'),
    postCount: figure(profile, 'postCount'),
    avgLikes: figure(profile, 'avgLikes'),
    avgComments: figure(profile, 'avgComments'),
    avgViews: figure(profile, 'avgViews'),
    engagementRate: figure(profile, 'engagementRate'),
    lastPostAt:
      profile.lastPostAt === null ? null : { at: profile.lastPostAt, source: lastPost?.source ?? profile.source },
  };
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

function toPost(post: Post): VettedPost {
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
    isPaidLabel,
    source,
  };
}

/** One value a day: of two sources on one day the one observed last. */
function toSeries(history: readonly { day: string; value: number; source: string; observedAt: string }[]): {
  followerSeries: SeriesPoint[];
  seriesSource: string;
} {
  const byDay = new Map<string, { value: number; observedAt: string }>();
  for (const point of history) {
    const kept = byDay.get(point.day);
    if (kept === undefined || point.observedAt >= kept.observedAt) byDay.set(point.day, point);
  }
  return {
    followerSeries: [...byDay].map(([day, { value }]) => ({ day, value })),
    seriesSource: [...new Set(history.map((point) => point.source))].sort().slice(0, 5).join(', '),
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
