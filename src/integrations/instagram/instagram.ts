import { z } from 'zod';
import {
  type Connector,
  ConnectorFault,
  type ConnectorStep,
  type ConnectorTask,
  emptyStep,
} from '#modules/creators/index.ts';
import { type Reach, readJson } from '../call-api.ts';
import { audienceKey, type Counted, distributionsOf } from '../shares.ts';
import { instagramAbout } from './about.ts';
import { type At, get, name, ownId } from './graph.ts';
import {
  discoverySchema,
  hashtagSchema,
  insightsSchema,
  type Media,
  mediaPageSchema,
  mediaSchema,
  type User,
  userSchema,
} from './payloads.ts';
import { readLabels, readsLabels } from './read-labels.ts';
import { readStories, storyCursorSchema } from './read-stories.ts';
import { creatorOfUser, creatorWithAudience, type MediaInsights, postOfMedia, sightingOf } from './to-rows.ts';

const pagesMax = 2;
const pageRows = 50;
const insightsMax = 20;
const hashtagLimit = { namesMax: 30, days: 7 };
const userFields = 'id,username,name,biography,website,followers_count,follows_count,media_count,profile_picture_url';
const mediaFields = 'id,caption,media_type,media_product_type,permalink,timestamp,like_count,comments_count';
// A hashtag's media say nothing of their author, nor of the product.
const hashtagFields = 'id,caption,media_type,permalink,timestamp,like_count,comments_count';

const cursorSchema = z.discriminatedUnion('stage', [
  z.object({
    stage: z.literal('media'),
    after: z.string(),
    pagesLeft: z.number(),
    known: z.array(z.tuple([z.string(), z.string()])).default([]),
  }),
  z.object({
    stage: z.literal('labels'),
    handle: z.string(),
    known: z.array(z.tuple([z.string(), z.string()])),
  }),
  z.object({ stage: z.literal('insights'), handle: z.string(), media: z.array(z.string()) }),
  z.object({ stage: z.literal('audience'), handle: z.string() }),
  z.object({ stage: z.literal('hashtag'), id: z.string(), after: z.string(), pagesLeft: z.number() }),
]);
type Cursor = z.infer<typeof cursorSchema>;

/** Reads business accounts, the own account with its insights, and hashtags by the Instagram Graph API. */
export function createInstagram(reach: Reach): Connector {
  return {
    platform: 'instagram',
    source: 'Instagram Graph API',
    budget: null,
    about: instagramAbout,
    check: async (access) => {
      const answer = await get({ reach, access }, ownId(access), { fields: 'id,username' });
      const { username } = readJson(name, answer, userSchema);
      return { account: username === null ? null : `@${username}` };
    },
    step: async (access, task) => {
      const at = { reach, access };
      const parsed = cursorSchema.safeParse(task.cursor);
      const cursor = parsed.success ? parsed.data : null;
      if (cursor?.stage === 'insights') return readInsights(at, cursor);
      if (cursor?.stage === 'audience') return readAudience(at, cursor.handle);
      if (cursor?.stage === 'labels') return readLabels(at, cursor);
      switch (task.kind) {
        case 'profile':
          return readAccount(at, task, cursor?.stage === 'media' ? cursor : null);
        case 'own':
          return readOwn(at);
        case 'hashtag':
          return readHashtag(at, task.target, cursor?.stage === 'hashtag' ? cursor : null);
        case 'stories': {
          const place = storyCursorSchema.safeParse(task.cursor);
          return readStories(at, place.success ? place.data : null);
        }
      }
    },
  };
}

async function readAccount(
  at: At,
  task: ConnectorTask,
  cursor: Extract<Cursor, { stage: 'media' }> | null,
): Promise<ConnectorStep> {
  if (!/^[a-z0-9._]{1,30}$/.test(task.target))
    throw new ConnectorFault('gone', `@${task.target} is no handle of Instagram.`);
  const page = cursor === null ? '' : `.after(${cursor.after})`;
  const fields = `business_discovery.username(${task.target}){${userFields.replace('id,', 'ig_id,id,')},media.limit(${pageRows})${page}{${mediaFields}}}`;
  const answer = await get(at, ownId(at.access), { fields });
  const user = readJson(name, answer, discoverySchema).business_discovery;
  const media = user.media?.data ?? [];
  const after = user.media?.paging?.cursors?.after ?? null;
  const pagesLeft = (cursor?.pagesLeft ?? pagesMax) - 1;
  const hasMore = after !== null && after !== cursor?.after && media.length === pageRows && pagesLeft > 0;
  const known = [
    ...(cursor?.known ?? []),
    ...media.flatMap((one): [string, string][] => (one.permalink === null ? [] : [[one.id, one.permalink]])),
  ];
  const handle = user.username ?? task.target;
  const next: Cursor | null = hasMore
    ? { stage: 'media', after, pagesLeft, known }
    : readsLabels(at)
      ? { stage: 'labels', handle, known }
      : null;
  return {
    ...emptyStep,
    creators: cursor === null ? [creatorOfUser(user, { handle: task.target, now: at.access.now })] : [],
    posts: media.map((one) => postOfMedia(one, handle)),
    pictures: cursor === null ? pictureOf(user, task.target) : [],
    missing: [
      ...missingOf(user),
      ...hiddenLikes(media),
      { field: 'views', reason: 'Instagram gives views to the account itself only' },
    ],
    cursor: next,
  };
}

function pictureOf(user: User, handle: string) {
  return user.profile_picture_url === null ? [] : [{ handle: user.username ?? handle, url: user.profile_picture_url }];
}

function missingOf(user: User) {
  const named = { followers: user.followers_count, following: user.follows_count, postCount: user.media_count };
  return Object.entries(named).flatMap(([field, value]) =>
    value === null ? [{ field, reason: 'Instagram did not send it' }] : [],
  );
}

function hiddenLikes(media: readonly Media[]) {
  return media.some((one) => one.like_count === null) ? [{ field: 'likes', reason: 'Hidden at some posts' }] : [];
}

async function readOwn(at: At): Promise<ConnectorStep> {
  const fields = `${userFields},media.limit(${pageRows}){${mediaFields}}`;
  const user = readJson(name, await get(at, ownId(at.access), { fields }), userSchema);
  if (user.username === null) throw new ConnectorFault('malformed', 'Instagram did not send the name of the account.');
  const media = user.media?.data ?? [];
  const handle = user.username;
  const next: Cursor =
    media.length > 0
      ? { stage: 'insights', handle, media: media.slice(0, insightsMax).map((one) => one.id) }
      : { stage: 'audience', handle };
  return {
    ...emptyStep,
    creators: [creatorOfUser(user, { handle, now: at.access.now })],
    posts: media.map((one) => postOfMedia(one, handle)),
    pictures: pictureOf(user, handle),
    missing: missingOf(user),
    cursor: next,
  };
}

/** Insights of one post a step. An empty set is unknown, not 0; what a format does not have is asked for no further. */
async function readInsights(at: At, cursor: Extract<Cursor, { stage: 'insights' }>): Promise<ConnectorStep> {
  const [id, ...rest] = cursor.media;
  const { handle } = cursor;
  const next: Cursor = rest.length === 0 ? { stage: 'audience', handle } : { ...cursor, media: rest };
  if (id === undefined) return { ...emptyStep, cursor: next };
  try {
    const answer = await get(at, `${id}/insights`, { metric: 'reach,views,shares,saved' });
    const { data } = readJson(name, answer, insightsSchema);
    const metricOf = (metric: string) => {
      const found = data.find((one) => one.name === metric);
      const value = found?.total_value?.value ?? found?.values?.[0]?.value ?? null;
      return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null;
    };
    const insights: MediaInsights = {
      reach: metricOf('reach'),
      views: metricOf('views'),
      shares: metricOf('shares'),
      saves: metricOf('saved'),
    };
    const isEmpty = Object.values(insights).every((value) => value === null);
    const missing = isEmpty ? [{ field: 'insights', reason: 'Not there yet for some posts, or too few saw them' }] : [];
    const row = postOfMedia(mediaSchema.parse({ id }), handle, insights);
    return { ...emptyStep, posts: isEmpty ? [] : [row], missing, cursor: next };
  } catch (error) {
    if (!(error instanceof ConnectorFault) || error.kind !== 'malformed') throw error;
    const reason = 'Some posts have none, such as those from before the account became a business';
    return { ...emptyStep, missing: [{ field: 'insights', reason }], cursor: next };
  }
}

async function readAudience(at: At, handle: string): Promise<ConnectorStep> {
  const counted: Counted[] = [];
  let n = 0;
  for (const dimension of ['country', 'age', 'gender'] as const) {
    const answer = await get(at, `${ownId(at.access)}/insights`, {
      metric: 'follower_demographics',
      period: 'lifetime',
      metric_type: 'total_value',
      breakdown: dimension,
    });
    const results = readJson(name, answer, insightsSchema).data[0]?.total_value?.breakdowns?.[0]?.results ?? [];
    const counts: Record<string, number> = {};
    for (const {
      dimension_values: [value],
      value: count,
    } of results) {
      const key = value === undefined || count === null ? null : audienceKey(dimension, value);
      if (key !== null && count !== null) counts[key] = (counts[key] ?? 0) + count;
    }
    const whole = results.reduce((all, { value }) => all + (value ?? 0), 0);
    counted.push({ dimension, counts, whole });
    n = Math.max(n, whole);
  }
  const distributions = distributionsOf(counted);
  if (distributions === null)
    return { ...emptyStep, missing: [{ field: 'audience', reason: 'Instagram tells it from 100 followers on' }] };
  return { ...emptyStep, creators: [creatorWithAudience(handle, { distributions, n })] };
}

async function readHashtag(
  at: At,
  hashtag: string,
  cursor: Extract<Cursor, { stage: 'hashtag' }> | null,
): Promise<ConnectorStep> {
  const user_id = ownId(at.access);
  if (cursor === null) await at.access.spendName(hashtag, hashtagLimit);
  const id = cursor?.id ?? (await hashtagId(at, { user_id, q: hashtag }));
  const answer = await get(at, `${id}/top_media`, {
    user_id,
    fields: hashtagFields,
    limit: String(pageRows),
    ...(cursor === null ? {} : { after: cursor.after }),
  });
  const page = readJson(name, answer, mediaPageSchema);
  const after = page.paging?.cursors?.after ?? null;
  const pagesLeft = (cursor?.pagesLeft ?? pagesMax) - 1;
  const hasMore = after !== null && after !== cursor?.after && page.data.length > 0 && pagesLeft > 0;
  return {
    ...emptyStep,
    hashtagPosts: page.data.map(sightingOf),
    missing: [{ field: 'creator', reason: 'Instagram does not say who posted under a hashtag' }],
    cursor: hasMore ? { stage: 'hashtag', id, after, pagesLeft } : null,
  };
}

async function hashtagId(at: At, params: Record<string, string>): Promise<string> {
  const [found] = readJson(name, await get(at, 'ig_hashtag_search', params), hashtagSchema).data;
  if (found === undefined) throw new ConnectorFault('gone', `Instagram knows no hashtag #${params.q}.`);
  return found.id;
}
