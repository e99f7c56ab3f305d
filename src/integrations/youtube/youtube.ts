import { z } from 'zod';
import {
  type Connector,
  type ConnectorAccess,
  ConnectorFault,
  type ConnectorStep,
  type ConnectorTask,
  emptyStep,
  nextMidnight,
} from '#modules/creators/index.ts';
import { callApi, type Reach, readJson } from '../call-api.ts';
import { youtubeAbout } from './about.ts';
import { channelsSchema, commentThreadsSchema, playlistItemsSchema, videosSchema } from './payloads.ts';
import { throwFault } from './read-answer.ts';
import { commentOf, creatorOfChannel, postOfVideo } from './to-rows.ts';

const base = 'https://www.googleapis.com/youtube/v3';
const name = 'YouTube';
/** Quota days begin at midnight Pacific time; every list call used here costs one unit (https://developers.google.com/youtube/v3/determine_quota_cost). */
const timeZone = 'America/Los_Angeles';
const unitsPerDay = 10_000;
const pageRows = 50;
const uploadPagesMax = 2;
const videosWithComments = 5;
const commentRows = 100;
const channelParts = 'snippet,statistics,contentDetails';

/** Where a reading stands: after the channel come its uploads, page by page, then the comments of the newest videos, one by one. */
const cursorSchema = z.discriminatedUnion('stage', [
  z.object({
    stage: z.literal('uploads'),
    handle: z.string(),
    playlist: z.string(),
    pageToken: z.string().nullable(),
    pagesLeft: z.number(),
    videos: z.array(z.string()),
  }),
  z.object({ stage: z.literal('comments'), handle: z.string(), videos: z.array(z.string()) }),
]);
type Cursor = z.infer<typeof cursorSchema>;

/** Reads channels, their uploads, videos and comments by the YouTube Data API v3. */
export function createYoutube(reach: Reach): Connector {
  return {
    platform: 'youtube',
    source: 'YouTube Data API v3',
    budget: { unitsPerDay, timeZone, unit: 'units' },
    about: youtubeAbout,
    check: async (access) => {
      // A channel that is there as long as YouTube is: its own. Costs one unit.
      await list(reach, access, 'channels', { part: 'id', forHandle: '@YouTube', maxResults: '1' });
      return { account: null };
    },
    step: async (access, task) => {
      const cursor = cursorSchema.safeParse(task.cursor);
      if (!cursor.success) return readChannel(reach, access, task);
      switch (cursor.data.stage) {
        case 'uploads':
          return readUploads(reach, access, cursor.data);
        case 'comments':
          return readComments(reach, access, cursor.data);
      }
    },
  };
}

async function readChannel(reach: Reach, access: ConnectorAccess, task: ConnectorTask): Promise<ConnectorStep> {
  const id = channelIdOf(task);
  const by = id === null ? { forHandle: `@${task.target}` } : { id };
  const answer = await list(reach, access, 'channels', { part: channelParts, ...by, maxResults: '1' });
  const [channel] = readJson(name, answer, channelsSchema).items;
  if (channel === undefined)
    throw new ConnectorFault('gone', `YouTube knows no channel ${id ?? `@${task.target}`} (any more).`);
  const { row, missing } = creatorOfChannel(channel, { handle: task.target, now: access.now });
  const playlist = channel.contentDetails?.relatedPlaylists?.uploads ?? null;
  const picture = channel.snippet?.thumbnails?.high?.url ?? channel.snippet?.thumbnails?.default?.url;
  const next: Cursor | null =
    playlist === null || playlist === ''
      ? null
      : { stage: 'uploads', handle: task.target, playlist, pageToken: null, pagesLeft: uploadPagesMax, videos: [] };
  return {
    ...emptyStep,
    creators: [row],
    pictures: picture === undefined ? [] : [{ handle: task.target, url: picture }],
    missing: next === null ? [...missing, { field: 'posts', reason: 'The channel has no list of uploads' }] : missing,
    cursor: next,
  };
}

/** A channel's id is kept through changes of its handle; addresses of the old kind hold it themselves. */
function channelIdOf(task: ConnectorTask): string | null {
  if (task.externalId !== null && /^UC[\w-]{22}$/.test(task.externalId)) return task.externalId;
  return /\/channel\/(UC[\w-]{22})/.exec(task.url ?? '')?.[1] ?? null;
}

async function readUploads(
  reach: Reach,
  access: ConnectorAccess,
  cursor: Extract<Cursor, { stage: 'uploads' }>,
): Promise<ConnectorStep> {
  const { playlist, pageToken, handle } = cursor;
  const page = await uploadsPage(reach, access, { playlist, pageToken });
  const ids = page.items.flatMap((item) => item.contentDetails?.videoId ?? []);
  const videos = ids.length === 0 ? [] : await readVideos(reach, access, ids);
  const read = videos.map((video) => postOfVideo(video, handle));
  const known = [
    ...cursor.videos,
    ...videos.filter((video) => video.statistics?.commentCount !== 0).map((video) => video.id),
  ];
  const newest = known.slice(0, videosWithComments);
  const pagesLeft = cursor.pagesLeft - 1;
  const more = page.nextPageToken !== null && page.nextPageToken !== pageToken && pagesLeft > 0;
  const next: Cursor | null = more
    ? { ...cursor, pageToken: page.nextPageToken, pagesLeft, videos: newest }
    : newest.length > 0
      ? { stage: 'comments', handle, videos: newest }
      : null;
  return {
    ...emptyStep,
    posts: read.map((one) => one.row),
    missing: [...new Map(read.flatMap((one) => one.missing).map((one) => [one.field, one])).values()],
    cursor: next,
  };
}

async function uploadsPage(reach: Reach, access: ConnectorAccess, of: { playlist: string; pageToken: string | null }) {
  try {
    const answer = await list(reach, access, 'playlistItems', {
      part: 'contentDetails',
      playlistId: of.playlist,
      maxResults: String(pageRows),
      ...(of.pageToken === null ? {} : { pageToken: of.pageToken }),
    });
    return readJson(name, answer, playlistItemsSchema);
  } catch (error) {
    // A channel that never uploaded has a list that does not exist.
    if (error instanceof ConnectorFault && error.kind === 'gone') return { items: [], nextPageToken: null };
    throw error;
  }
}

async function readVideos(reach: Reach, access: ConnectorAccess, ids: string[]) {
  const part = 'snippet,statistics,contentDetails,paidProductPlacementDetails';
  const answer = await list(reach, access, 'videos', { part, id: ids.join(','), maxResults: String(pageRows) });
  return readJson(name, answer, videosSchema).items;
}

async function readComments(
  reach: Reach,
  access: ConnectorAccess,
  cursor: Extract<Cursor, { stage: 'comments' }>,
): Promise<ConnectorStep> {
  const [videoId, ...rest] = cursor.videos;
  const next = rest.length === 0 ? null : { ...cursor, videos: rest };
  if (videoId === undefined) return { ...emptyStep, cursor: next };
  try {
    const answer = await list(reach, access, 'commentThreads', {
      part: 'snippet',
      videoId,
      maxResults: String(commentRows),
      order: 'time',
      textFormat: 'plainText',
    });
    const threads = readJson(name, answer, commentThreadsSchema).items;
    const comments = threads.flatMap(({ snippet }) =>
      snippet?.topLevelComment == null ? [] : (commentOf(snippet.topLevelComment, videoId) ?? []),
    );
    return { ...emptyStep, comments, cursor: next };
  } catch (error) {
    if (!(error instanceof ConnectorFault) || (error.kind !== 'closed' && error.kind !== 'gone')) throw error;
    const reason = 'Comments are off, or the video is gone';
    return { ...emptyStep, missing: [{ field: `comments of ${videoId}`, reason }], cursor: next };
  }
}

async function list(reach: Reach, access: ConnectorAccess, resource: string, params: Record<string, string>) {
  const answer = await callApi(reach, {
    name,
    // The key goes in a header, where no log of addresses shows it.
    url: `${base}/${resource}?${new URLSearchParams(params)}`,
    headers: { 'x-goog-api-key': access.credentials.apiKey ?? '' },
    signal: access.signal,
    now: access.now,
    beforeTry: () => access.spend(1),
  });
  if (answer.status !== 200) throwFault(answer, nextMidnight(timeZone, access.now));
  return answer;
}
