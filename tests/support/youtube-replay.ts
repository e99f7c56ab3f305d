import type { ReplayAnswer, ReplayRequest } from './replay-server.ts';

// Shapes after the resource representations at https://developers.google.com/youtube/v3/docs/channels, /playlistItems, /videos and
// /commentThreads, and the error bodies at https://developers.google.com/youtube/v3/docs/errors; the values are invented.

export const channelId = 'UCabcdefghijklmnopqrstuv';
const uploads = 'UUabcdefghijklmnopqrstuv';

export const channel = (statistics: object = {}) => ({
  kind: 'youtube#channel',
  etag: 'e1',
  id: channelId,
  snippet: {
    title: 'Oat & Ember',
    description: 'Sourdough, slowly. Leipzig.',
    customUrl: '@oatandember',
    publishedAt: '2019-04-01T09:00:00Z',
    thumbnails: { default: { url: 'https://yt3.ggpht.com/oat=s88', width: 88, height: 88 } },
    localized: { title: 'Oat & Ember', description: 'Sourdough, slowly. Leipzig.' },
    country: 'DE',
    defaultLanguage: 'de-DE',
  },
  contentDetails: { relatedPlaylists: { likes: '', uploads } },
  // Counts are strings in this API.
  statistics: {
    viewCount: '912345',
    subscriberCount: '12300',
    hiddenSubscriberCount: false,
    videoCount: '120',
    ...statistics,
  },
});

export const video = (id: string, more: { statistics?: object; snippet?: object; rest?: object } = {}) => ({
  kind: 'youtube#video',
  etag: `v-${id}`,
  id,
  snippet: {
    publishedAt: '2026-05-01T10:00:00Z',
    channelId,
    title: `Loaf ${id}`,
    description: 'With #rye from @millhouse. #Ad',
    tags: ['bread'],
    categoryId: '26',
    liveBroadcastContent: 'none',
    defaultAudioLanguage: 'de',
    ...more.snippet,
  },
  contentDetails: {
    duration: 'PT8M12S',
    dimension: '2d',
    definition: 'hd',
    caption: 'false',
    licensedContent: true,
    projection: 'rectangular',
  },
  statistics: { viewCount: '1500', likeCount: '90', favoriteCount: '0', commentCount: '7', ...more.statistics },
  paidProductPlacementDetails: { hasPaidProductPlacement: false },
  ...more.rest,
});

export const thread = (videoId: string, number: number) => ({
  kind: 'youtube#commentThread',
  id: `${videoId}-c${number}`,
  snippet: {
    channelId,
    videoId,
    topLevelComment: {
      kind: 'youtube#comment',
      id: `${videoId}-c${number}`,
      snippet: {
        textDisplay: `Lovely crumb ${number}`,
        textOriginal: `Lovely crumb ${number}`,
        authorDisplayName: `@baker${number}`,
        authorChannelId: { value: `UCcommenter${number}` },
        likeCount: number,
        publishedAt: '2026-05-02T10:00:00Z',
        updatedAt: '2026-05-02T10:00:00Z',
      },
    },
    canReply: true,
    totalReplyCount: 0,
    isPublic: true,
  },
});

export const pageOf = (items: object[], more: object = {}) => ({
  kind: 'youtube#listResponse',
  etag: 'x',
  pageInfo: { totalResults: items.length, resultsPerPage: 50 },
  items,
  ...more,
});

export const googleError = (code: number, reason: string, message: string): ReplayAnswer => ({
  status: code,
  body: { error: { code, message, errors: [{ message, domain: 'youtube.quota', reason }] } },
});

/** A channel of `pages` pages of uploads with 50 videos each, the newest five with two comments. */
export function replayChannel(pages = 2) {
  return ({ path, query, headers }: ReplayRequest): ReplayAnswer => {
    if (headers['x-goog-api-key'] !== 'AIza-good')
      return {
        status: 400,
        body: {
          error: {
            code: 400,
            message: 'API key not valid. Please pass a valid API key.',
            errors: [
              { message: 'API key not valid. Please pass a valid API key.', domain: 'global', reason: 'badRequest' },
            ],
            status: 'INVALID_ARGUMENT',
            details: [
              {
                '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
                reason: 'API_KEY_INVALID',
                domain: 'googleapis.com',
              },
            ],
          },
        },
      };
    switch (path) {
      case '/youtube/v3/channels':
        return { body: pageOf(query.get('forHandle') === '@nobody' ? [] : [channel()]) };
      case '/youtube/v3/playlistItems': {
        const at = Number(query.get('pageToken') ?? '0');
        const items = Array.from({ length: 50 }, (_, index) => ({
          kind: 'youtube#playlistItem',
          contentDetails: { videoId: `v${at * 50 + index}`, videoPublishedAt: '2026-05-01T10:00:00Z' },
        }));
        return { body: pageOf(items, at + 1 < pages ? { nextPageToken: String(at + 1) } : {}) };
      }
      case '/youtube/v3/videos':
        return { body: pageOf((query.get('id') ?? '').split(',').map((id) => video(id))) };
      case '/youtube/v3/commentThreads': {
        const id = query.get('videoId') ?? '';
        return { body: pageOf([thread(id, 0), thread(id, 1)]) };
      }
      default:
        return { status: 404, body: 'not found' };
    }
  };
}
