import { newId } from '#kernel/id.ts';
import type { Platform } from '#kernel/platform.ts';
import { dayMs } from '#kernel/time.ts';
import { type NicheWords, nicheWords } from './niche-words.ts';
import type { SampleParameters } from './parameters.ts';
import { atShare, normalShare, type Random } from './random.ts';
import { firstNames, type Place, places, surnames } from './words.ts';

export interface SampleProfile {
  id: string;
  platform: Platform;
  handle: string;
  bio: string;
  followers: number;
  following: number | null;
  postCount: number;
  /** Median likes a post, and the scatter of single posts around it in ln. */
  medianLikes: number;
  postSd: number;
  gapDays: number;
  /** Followers by week, oldest first, the last is now. */
  weekly: number[];
  /** Week of a jump that no post explains; null for most. */
  jumpWeek: number | null;
}

export interface SampleCreator {
  id: string;
  name: string;
  niche: string;
  words: NicheWords;
  place: Place;
  email: string | null;
  profiles: SampleProfile[];
}

export const historyWeeks = 40;
const secondProfileShare = 0.22;
const emailShare = 0.55;
const jumpShare = 0.03;
/** Split of main platforms: a choice, since the data fitted to are of one platform. */
const mainPlatforms = [
  ['instagram', 70],
  ['tiktok', 20],
  ['youtube', 10],
] as const satisfies readonly (readonly [Platform, number])[];

/** Draws creators whose sizes, following, post counts and engagement follow the fitted distributions. */
export function drawCreators(
  count: number,
  draw: { random: Random; parameters: SampleParameters; nowMs: number },
): SampleCreator[] {
  const taken = new Set<string>();
  return Array.from({ length: count }, () => drawCreator(draw, taken));
}

interface Draw {
  random: Random;
  parameters: SampleParameters;
  nowMs: number;
}

function drawCreator(draw: Draw, taken: Set<string>): SampleCreator {
  const { random, parameters, nowMs } = draw;
  const { niche: fitted, followers } = random.weighted(
    parameters.accounts.niches.map((row) => [row, row.share] as const),
  );
  const niche = fitted === 'other' ? 'lifestyle' : fitted;
  const words = nicheWords[niche];
  if (words === undefined) throw new Error(`No words for the niche ${niche}`);
  const name = freeName(random, taken);
  const place = random.weighted(places.map((row) => [row, row.weight] as const));
  const main = drawProfile(draw, { name, words, platform: random.weighted(mainPlatforms), followers, scale: 1 });
  const profiles = [main];
  if (random.chance(secondProfileShare)) {
    const platform = random.pick(
      (['instagram', 'tiktok', 'youtube', 'pinterest'] as const).filter((other) => other !== main.platform),
    );
    profiles.push(drawProfile(draw, { name, words, platform, followers, scale: 0.4 }));
  }
  const [first = '', last = ''] = name.toLowerCase().split(' ');
  return {
    id: newId('person', nowMs, random.unit),
    name,
    niche,
    words,
    place,
    // The reserved domain `.example` can receive no mail.
    email: random.chance(emailShare) ? `${first}@${last}.example` : null,
    profiles,
  };
}

function freeName(random: Random, taken: Set<string>): string {
  for (;;) {
    const name = `${random.pick(firstNames)} ${random.pick(surnames)}`;
    if (!taken.has(name)) {
      taken.add(name);
      return name;
    }
  }
}

interface ProfileDraw {
  name: string;
  words: NicheWords;
  platform: Platform;
  followers: readonly number[];
  scale: number;
}

function drawProfile(draw: Draw, what: ProfileDraw): SampleProfile {
  const { random, parameters, nowMs } = draw;
  const { accounts, engagement, posts } = parameters;
  // A Gaussian copula keeps the fitted rank correlations between size, posts and following.
  const z = random.normal();
  const tied = (correlation: number) =>
    normalShare(correlation * z + Math.sqrt(1 - correlation ** 2) * random.normal());
  const followers = Math.round(Math.max(1000, atShare(what.followers, normalShare(z), 1000) * what.scale));
  const rate = Math.exp(
    engagement.slope * Math.log(followers) + engagement.intercept + engagement.creatorSd * random.normal(),
  );
  const { weekly, jumpWeek } = drawGrowth(draw, followers);
  const [first = '', last = ''] = what.name.toLowerCase().split(' ');
  return {
    id: newId('profile', nowMs, random.unit),
    platform: what.platform,
    // First and last name together are unique in the sample, so the handle is.
    handle: `${first}${random.pick(['', '.', '_'])}${last}_sample`,
    bio: `${random.pick(what.words.bio)}. Sample creator, invented.`,
    followers,
    following:
      what.platform === 'youtube'
        ? null
        : Math.round(atShare(accounts.following, tied(accounts.followersWithFollowing), 0)),
    postCount: Math.round(atShare(accounts.postCount, tied(accounts.followersWithPostCount), 20)),
    medianLikes: Math.max(3, Math.min(followers * 0.4, followers * rate)),
    postSd: atShare(engagement.postSd, random.unit(), 0.08),
    gapDays: atShare(posts.gapDays, random.unit(), 0.2),
    weekly,
    jumpWeek,
  };
}

/** Weekly counts back from today's, each step seven daily log changes of one fitted pace and some noise. */
function drawGrowth({ random, parameters }: Draw, followers: number): { weekly: number[]; jumpWeek: number | null } {
  const quantiles = parameters.growth.dailyLog;
  const pace = quantiles[random.whole(0, quantiles.length - 1)] ?? 0;
  const jumpWeek = random.chance(jumpShare) ? random.whole(6, historyWeeks - 4) : null;
  const weekly = [followers];
  for (let week = historyWeeks - 1; week > 0; week -= 1) {
    const after = weekly[0] ?? followers;
    const jump = week === jumpWeek ? 0.14 + 0.12 * random.unit() : 0;
    weekly.unshift(Math.max(100, Math.round(after / Math.exp(7 * pace * 0.6 + 0.002 * random.normal() + jump))));
  }
  return { weekly, jumpWeek };
}

export interface SamplePost {
  id: string;
  profileId: string;
  externalId: string;
  postedAt: Date;
  format: 'image' | 'carousel' | 'video';
  caption: string;
  hashtags: string[];
  mentions: string[];
  likes: number;
  comments: number;
  views: number | null;
  isPaidLabel: boolean;
}

/** Ratio of comments to likes and of views to likes: a choice, the fitted set has likes only. */
const commentsPerLike = 0.03;
const viewsPerLike = 9;

/** Recent posts of a profile, newest first, at its own pace and scatter. */
export function drawPosts(
  profile: SampleProfile,
  of: { creator: SampleCreator; count: number; brands: readonly { handle: string }[] },
  draw: Draw,
): SamplePost[] {
  const { random, nowMs } = draw;
  let atMs = nowMs - random.unit() * profile.gapDays * dayMs;
  return Array.from({ length: of.count }, () => {
    const post = drawPost(profile, of, { ...draw, nowMs: atMs });
    atMs -= profile.gapDays * dayMs * (0.3 + 1.4 * random.unit());
    return post;
  });
}

function drawPost(
  profile: SampleProfile,
  of: { creator: SampleCreator; brands: readonly { handle: string }[] },
  draw: Draw,
): SamplePost {
  const { random, parameters, nowMs } = draw;
  const isVideo = profile.platform === 'tiktok' || profile.platform === 'youtube' || random.chance(0.35);
  const brand = random.chance(parameters.posts.labelled * 3) ? random.pick(of.brands) : null;
  // Two in three say so plainly; the rest is what a careful marketer has to find.
  const isLabelled = brand !== null && random.chance(0.67);
  const likes = Math.max(
    0,
    Math.round(profile.medianLikes * Math.exp(profile.postSd * random.normal()) * (brand === null ? 1 : 0.86)),
  );
  const hashtags = drawTags(of.creator.words, draw);
  const id = newId('post', Math.round(nowMs), random.unit);
  return {
    id,
    profileId: profile.id,
    externalId: `sample-${id.slice(4)}`,
    postedAt: new Date(nowMs),
    format: isVideo ? 'video' : random.chance(Math.max(0.15, parameters.posts.carousel)) ? 'carousel' : 'image',
    caption: drawCaption(of.creator.words, { brand, isLabelled, hashtags, random }),
    hashtags: isLabelled ? ['ad', ...hashtags] : hashtags,
    mentions: brand === null ? [] : [brand.handle],
    likes,
    comments: Math.round(likes * commentsPerLike * Math.exp(0.6 * random.normal())),
    views: isVideo ? Math.round(likes * viewsPerLike * Math.exp(0.4 * random.normal())) : null,
    isPaidLabel: isLabelled && random.chance(0.5),
  };
}

function drawTags(words: NicheWords, { random, parameters }: Draw): string[] {
  const count = Math.min(words.tags.length, Math.round(atShare(parameters.posts.hashtags, random.unit(), 0)));
  const first = random.whole(0, words.tags.length - 1);
  return Array.from({ length: count }, (_, at) => words.tags[(first + at) % words.tags.length] ?? '');
}

interface CaptionDraw {
  brand: { handle: string } | null;
  isLabelled: boolean;
  hashtags: string[];
  random: Random;
}

const openings = [
  'Made',
  'Today:',
  'A note on',
  'Trying',
  'Back to',
  'Small win:',
  'Honest review of',
  'Week four of',
] as const;
const closings = [
  'What would you change?',
  'More in the stories.',
  'Save it for later.',
  'It took longer than planned.',
  'Tell me yours.',
  'Worth the wait.',
] as const;

function drawCaption(words: NicheWords, { brand, isLabelled, hashtags, random }: CaptionDraw): string {
  const parts = [`${random.pick(openings)} ${random.pick(words.things)} ${random.pick(words.moments)}.`];
  if (brand !== null) parts.push(isLabelled ? `With @${brand.handle}.` : `Thank you @${brand.handle}, link in bio.`);
  parts.push(random.pick(closings));
  const tags = hashtags.map((tag) => `#${tag}`).join(' ');
  return `${isLabelled ? '#ad ' : ''}${parts.join(' ')}${tags === '' ? '' : ` ${tags}`}`;
}
