import { type ContentMetric, contentMetrics } from '../api.ts';

export type ResultColumn = ContentMetric | 'deliverable' | 'url' | 'handle' | 'date' | 'source' | 'estimate';

// Headers as exports and hand-made sheets write them, letters and digits only.
const synonyms: Record<ResultColumn, readonly string[]> = {
  deliverable: ['deliverable', 'deliverableid'],
  url: [
    'url',
    'link',
    'posturl',
    'postlink',
    'permalink',
    'linktopost',
    'liveurl',
    'contenturl',
    'mediaurl',
    'address',
    'posttiktoklink',
  ],
  handle: [
    'handle',
    'username',
    'creator',
    'influencer',
    'account',
    'accountname',
    'accountusername',
    'profile',
    'profilename',
    'channel',
    'user',
  ],
  date: [
    'date',
    'observed',
    'observedat',
    'observedon',
    'asof',
    'measured',
    'measuredon',
    'updated',
    'reportdate',
    'day',
  ],
  source: ['source', 'datasource'],
  estimate: ['estimate', 'isestimate', 'estimated'],
  reach: ['reach', 'accountsreached', 'reached', 'uniquereach', 'uniqueviewers', 'peoplereached'],
  impressions: ['impressions', 'impr', 'totalimpressions'],
  views: ['views', 'videoviews', 'plays', 'viewcount', 'reelplays', 'totalviews', 'videoplays', 'watches'],
  likes: ['likes', 'likecount', 'reactions', 'totallikes', 'hearts'],
  comments: ['comments', 'commentcount', 'totalcomments', 'commentscount'],
  shares: ['shares', 'sharecount', 'reposts', 'totalshares', 'sends'],
  saves: ['saves', 'savecount', 'saved', 'bookmarks', 'favorites', 'favourites', 'totalsaves', 'pinsaves'],
  engagements: ['engagements', 'totalengagements', 'interactions', 'totalinteractions', 'engagement'],
};

const byKey = new Map(
  Object.entries(synonyms).flatMap(([column, keys]) => keys.map((key) => [key, column as ResultColumn] as const)),
);

export interface ReadHeader {
  /** Where each column that is understood stands. */
  at: Partial<Record<ResultColumn, number>>;
  ignored: string[];
  /** Metrics that have a column. */
  metrics: ContentMetric[];
}

/** Which column of a file is what; the first of two that mean the same counts. */
export function readHeader(cells: readonly string[]): ReadHeader {
  const at: ReadHeader['at'] = {};
  const ignored: string[] = [];
  cells.forEach((cell, index) => {
    const column = byKey.get(
      cell
        .normalize('NFKD')
        .toLowerCase()
        .replace(/[^a-z0-9]/g, ''),
    );
    if (column === undefined || at[column] !== undefined) {
      if (cell.trim() !== '') ignored.push(cell.trim());
    } else at[column] = index;
  });
  return { at, ignored, metrics: contentMetrics.filter((metric) => at[metric] !== undefined) };
}
