import { z } from 'zod';
import type { Fetched } from '#infra/fetch/safe-fetch.ts';
import { dayIn } from '#kernel/time.ts';
import type { PostRow } from '#modules/creators/api.ts';
import {
  type Connector,
  type ConnectorAccess,
  ConnectorFault,
  type ConnectorStep,
  emptyStep,
} from '#modules/creators/index.ts';
import { callApi, type Reach, readJson, tagsOf } from '../call-api.ts';
import { audienceKey, type Counted, distributionsOf } from '../shares.ts';
import { tiktokAbout } from './about.ts';
import {
  businessSchema,
  type TiktokUser,
  type TiktokVideo,
  tokenSchema,
  userInfoSchema,
  videoListSchema,
} from './payloads.ts';
import { readLabels, readsLabels } from './read-labels.ts';
import { codeOf, throwFault } from './throw-fault.ts';

const base = 'https://open.tiktokapis.com/v2';
const businessBase = 'https://business-api.tiktok.com/open_api/v1.3';
const name = 'TikTok';
const pagesMax = 5;
const pageRows = 20;
const minuteMs = 60_000;
const basicFields = ['open_id', 'avatar_url', 'display_name'];
const profileFields = ['username', 'bio_description', 'profile_deep_link', 'is_verified'];
const statsFields = ['follower_count', 'following_count', 'likes_count', 'video_count'];
const videoFields =
  'id,create_time,share_url,title,video_description,duration,like_count,comment_count,share_count,view_count';

const cursorSchema = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('videos'), handle: z.string(), cursor: z.number().nullable(), pagesLeft: z.number() }),
  z.object({ stage: z.literal('business'), handle: z.string() }),
  z.object({ stage: z.literal('labels'), handle: z.string() }),
]);
type Cursor = z.infer<typeof cursorSchema>;

interface At {
  reach: Reach;
  access: ConnectorAccess;
}

/** Reads the account that signed in by TikTok's Display API, and its audience by the Business API where there is a token for it. */
export function createTiktok(reach: Reach): Connector {
  return {
    platform: 'tiktok',
    source: 'TikTok API',
    budget: null,
    about: tiktokAbout,
    check: async (access) => {
      const { user } = await readUser({ reach, access });
      return { account: user.display_name ?? user.username };
    },
    step: async (access, task) => {
      const at = { reach, access };
      const cursor = cursorSchema.safeParse(task.cursor);
      if (!cursor.success) return readOwn(at);
      switch (cursor.data.stage) {
        case 'videos':
          return readVideos(at, cursor.data);
        case 'labels':
          return { ...(await readLabels(at, cursor.data.handle)), cursor: afterLabels(at, cursor.data.handle) };
        case 'business':
          return readBusiness(at, cursor.data.handle);
      }
    },
  };
}

/** Asks for all fields, then for fewer where the account did not allow them. */
async function readUser(at: At): Promise<{ user: TiktokUser; missing: { field: string; reason: string }[] }> {
  const attempts = [
    { fields: [...basicFields, ...profileFields, ...statsFields], lacks: [] },
    { fields: [...basicFields, ...statsFields], lacks: ['user.info.profile'] },
    { fields: [...basicFields, ...profileFields], lacks: ['user.info.stats'] },
    { fields: basicFields, lacks: ['user.info.profile', 'user.info.stats'] },
  ];
  for (const { fields, lacks } of attempts) {
    const answer = await call(at, { path: `user/info/?fields=${fields.join(',')}` });
    if (codeOf(answer) === 'scope_not_authorized' && fields.length > basicFields.length) continue;
    if (answer.status !== 200 || (codeOf(answer) ?? 'ok') !== 'ok') throwFault(answer, at.access.now);
    const user = readJson(name, answer, userInfoSchema).data?.user;
    if (user == null) throw new ConnectorFault('malformed', 'TikTok sent no account.');
    return { user, missing: lacks.map((scope) => ({ field: scope, reason: 'The account did not allow it' })) };
  }
  throw new ConnectorFault('credentials', 'The account allowed no scope that is needed.');
}

async function readOwn(at: At): Promise<ConnectorStep> {
  const { user, missing } = await readUser(at);
  const handle = user.username ?? at.access.settings.handle ?? null;
  if (handle === null)
    throw new ConnectorFault(
      'credentials',
      'TikTok does not tell the handle without the scope user.info.profile. Allow it, or enter the handle in the connection.',
    );
  const figures = { followers: user.follower_count, following: user.following_count, postCount: user.video_count };
  const hasFigures = Object.values(figures).some((value) => value !== null);
  const next: Cursor = { stage: 'videos', handle, cursor: null, pagesLeft: pagesMax };
  return {
    ...emptyStep,
    creators: [
      {
        profiles: [
          {
            platform: 'tiktok',
            handle,
            externalId: user.open_id,
            displayName: user.display_name || null,
            bio: user.bio_description,
            isVerified: user.is_verified,
            ...figures,
            history: hasFigures ? [{ day: dayIn('UTC', at.access.now), ...figures }] : [],
          },
        ],
      },
    ],
    pictures: user.avatar_url === null ? [] : [{ handle, url: user.avatar_url }],
    missing: [
      ...missing,
      ...(user.follower_count === null ? [{ field: 'followers', reason: 'TikTok did not send it' }] : []),
      { field: 'saves', reason: 'TikTok does not give them here' },
    ],
    cursor: next,
  };
}

async function readVideos(at: At, cursor: Extract<Cursor, { stage: 'videos' }>): Promise<ConnectorStep> {
  const body = { max_count: pageRows, ...(cursor.cursor === null ? {} : { cursor: cursor.cursor }) };
  const answer = await call(at, { path: `video/list/?fields=${videoFields}`, body });
  if (codeOf(answer) === 'scope_not_authorized') {
    const missing = [{ field: 'posts', reason: 'The account did not allow video.list' }];
    return { ...emptyStep, missing, cursor: afterVideos(at, cursor.handle) };
  }
  if (answer.status !== 200 || (codeOf(answer) ?? 'ok') !== 'ok') throwFault(answer, at.access.now);
  const page = readJson(name, answer, videoListSchema).data;
  const pagesLeft = cursor.pagesLeft - 1;
  const nextCursor = page?.cursor ?? null;
  // TikTok may send an empty page and more behind it; the number of pages bounds that.
  const hasMore = page?.has_more === true && nextCursor !== null && nextCursor !== cursor.cursor && pagesLeft > 0;
  return {
    ...emptyStep,
    posts: (page?.videos ?? []).map((video) => postOf(video, cursor.handle)),
    cursor: hasMore ? { ...cursor, cursor: nextCursor, pagesLeft } : afterVideos(at, cursor.handle),
  };
}

function afterVideos(at: At, handle: string): Cursor | null {
  return readsLabels(at.access) ? { stage: 'labels', handle } : afterLabels(at, handle);
}

function afterLabels({ access }: At, handle: string): Cursor | null {
  const { businessToken } = access.credentials;
  return businessToken === undefined || access.settings.businessId === undefined ? null : { stage: 'business', handle };
}

function postOf(video: TiktokVideo, handle: string): PostRow {
  const caption = video.video_description || video.title || null;
  return {
    platform: 'tiktok',
    handle,
    externalId: video.id,
    url: video.share_url,
    postedAt: video.create_time === null ? null : new Date(video.create_time * 1000).toISOString(),
    format: 'video',
    caption,
    ...tagsOf(caption),
    durationS: video.duration,
    likes: video.like_count,
    comments: video.comment_count,
    shares: video.share_count,
    views: video.view_count,
  };
}

async function readBusiness(at: At, handle: string): Promise<ConnectorStep> {
  const { access, reach } = at;
  const fields = JSON.stringify(['username', 'followers_count', 'audience_countries', 'audience_genders']);
  const answer = await callApi(reach, {
    name,
    url: `${businessBase}/business/get/?${new URLSearchParams({ business_id: access.settings.businessId ?? '', fields })}`,
    headers: { 'access-token': access.credentials.businessToken ?? '' },
    signal: access.signal,
    now: access.now,
  });
  const { code, message, data } = readJson(name, answer, businessSchema);
  // The Business API answers 200 with a code of its own: 40100 and 40105 speak of the token, 40016 of too many calls, 5xxxx of its own trouble.
  if (code === 40_016 || code === 40_100)
    throw new ConnectorFault(
      'rate_limited',
      'The Business API of TikTok asks to go slower.',
      new Date(access.now.getTime() + minuteMs),
    );
  if (code >= 50_000) throw new ConnectorFault('unavailable', 'The Business API of TikTok has trouble.');
  if (code !== 0 || data == null) {
    const reason = `The Business API of TikTok says: ${(message ?? String(code)).slice(0, 200)}`;
    return { ...emptyStep, missing: [{ field: 'audience', reason }] };
  }
  const counted: Counted[] = [
    countedOf('country', data.audience_countries ?? []),
    countedOf('gender', data.audience_genders ?? []),
  ];
  const distributions = distributionsOf(counted);
  if (distributions === null)
    return { ...emptyStep, missing: [{ field: 'audience', reason: 'TikTok tells it from 100 followers on' }] };
  // The sample is not told: TikTok gives percentages only.
  const audience = { origin: 'imported' as const, distributions };
  return { ...emptyStep, creators: [{ profiles: [{ platform: 'tiktok', handle, audience }] }] };
}

/** The percentages are of the whole audience already; "Others" among them belongs to nobody we tell. */
function countedOf(dimension: 'country' | 'gender', parts: Record<string, unknown>[]): Counted {
  const counts: Record<string, number> = {};
  let sum = 0;
  for (const part of parts) {
    const { [dimension]: value, percentage } = part;
    if (typeof percentage !== 'number') continue;
    sum += percentage;
    const key = typeof value === 'string' ? audienceKey(dimension, value) : null;
    if (key !== null) counts[key] = (counts[key] ?? 0) + percentage;
  }
  return { dimension, counts, whole: Math.max(1, sum) };
}

/** One request as the account; an expired token is renewed once, and kept before it is used. */
async function call(at: At, request: { path: string; body?: object }): Promise<Fetched> {
  const { access } = at;
  const answer = await send(at, request, access.credentials.accessToken ?? '');
  if (codeOf(answer) !== 'access_token_invalid' || access.credentials.refreshToken === undefined) return answer;
  const renewed = await renew(at, access.credentials.refreshToken);
  Object.assign(access.credentials, renewed);
  await access.renew({ ...access.credentials });
  return send(at, request, renewed.accessToken);
}

async function renew(
  { reach, access }: At,
  refreshToken: string,
): Promise<{ accessToken: string; refreshToken: string }> {
  const { clientSecret } = access.credentials;
  const { clientKey } = access.settings;
  if (clientSecret === undefined || clientKey === undefined)
    throw new ConnectorFault(
      'credentials',
      'The token has expired. Enter a new one, or client key and secret so that it can be renewed.',
    );
  const answer = await callApi(reach, {
    name,
    url: `${base}/oauth/token/`,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      client_key: clientKey,
      client_secret: clientSecret,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    }).toString(),
    signal: access.signal,
    now: access.now,
  });
  const token = readJson(name, answer, tokenSchema);
  if (token.access_token === null)
    throw new ConnectorFault(
      'credentials',
      `TikTok does not renew the token. It says: ${token.error_description ?? token.error ?? answer.status}`,
    );
  return { accessToken: token.access_token, refreshToken: token.refresh_token ?? refreshToken };
}

function send({ reach, access }: At, request: { path: string; body?: object }, token: string): Promise<Fetched> {
  const isPost = request.body !== undefined;
  return callApi(reach, {
    name,
    url: `${base}/${request.path}`,
    method: isPost ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, ...(isPost ? { 'content-type': 'application/json' } : {}) },
    ...(isPost ? { body: JSON.stringify(request.body) } : {}),
    signal: access.signal,
    now: access.now,
  });
}
