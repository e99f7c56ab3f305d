import { z } from 'zod';
import type { Fetched } from '#infra/fetch/safe-fetch.ts';
import type { PostRow } from '#modules/creators/api.ts';
import {
  type Connector,
  type ConnectorAbout,
  type ConnectorAccess,
  ConnectorFault,
  type ConnectorStep,
  type ConnectorTask,
  emptyStep,
} from '#modules/creators/index.ts';
import { callApi, type Reach, tagsOf } from '../call-api.ts';
import { type FeedPost, type ReadFeed, readFeed } from './read-feed.ts';
import { type PageHead, readHead } from './read-html.ts';

/** Where feeds lie when a page names none: the defaults of the common publishing programs. */
const usualPaths = ['feed', 'rss.xml', 'atom.xml', 'feed.xml', 'index.xml', 'feed.json'];
const pagesMax = 3;
const accept =
  'text/html, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';

const cursorSchema = z.object({
  candidates: z.array(z.string()),
  pagesLeft: z.number(),
  head: z.object({
    title: z.string().nullable(),
    description: z.string().nullable(),
    image: z.string().nullable(),
    language: z.string().nullable(),
  }),
});
type Cursor = z.infer<typeof cursorSchema>;

const about: ConnectorAbout = {
  gives: [
    'Blogs by their address: title, description, language, picture',
    'What their RSS, Atom or JSON feed holds: posts with text, date, tags, and comments where the feed counts them',
  ],
  lacks: [
    "Readers: a feed does not tell how many there are; enter a blog's reach by hand or import it",
    'Likes, views and shares',
  ],
  steps: [
    'Switch it on. It needs no account; the blogs you keep are then asked directly, and see the address of this machine',
  ],
  scopes: [],
  cost: 'Free. One or two requests a blog at each refresh.',
  documents: [
    'https://www.rssboard.org/rss-specification',
    'https://www.rfc-editor.org/rfc/rfc4287',
    'https://www.jsonfeed.org/version/1.1/',
  ],
  fields: [],
  kinds: ['profile'],
};

/** Reads blogs by their feeds, found on the page or where they usually lie. */
export function createFeeds(reach: Reach): Connector {
  return {
    platform: 'feeds',
    source: 'feed of the site',
    budget: null,
    about,
    check: async () => ({ account: null }),
    step: (access, task) => {
      const cursor = cursorSchema.safeParse(task.cursor);
      return cursor.success ? readOne(reach, access, { task, cursor: cursor.data }) : readSite(reach, access, task);
    },
  };
}

async function readSite(reach: Reach, access: ConnectorAccess, task: ConnectorTask): Promise<ConnectorStep> {
  const siteUrl = `https://${task.target}`;
  const answer = await get(reach, access, siteUrl);
  if (answer.status === 404 || answer.status === 410)
    throw new ConnectorFault('gone', `${task.target} is not there (any more): it answered ${answer.status}.`);
  if (answer.status === 401 || answer.status === 403)
    throw new ConnectorFault('closed', `${task.target} lets no programs in: it answered ${answer.status}.`);
  const text = answer.body.toString('utf8');
  const feed = readFeed(text, answer.url);
  const head: PageHead =
    feed === null
      ? readHead(text, answer.url)
      : { title: null, description: null, image: null, language: null, feeds: [] };
  const cursor: Cursor = { candidates: [], pagesLeft: pagesMax, head };
  if (feed !== null) return withFeed(feed, { task, cursor, feedUrl: answer.url });
  const base = answer.url.endsWith('/') ? answer.url : `${answer.url}/`;
  const usual = usualPaths.map((path) => new URL(path, base).href);
  const candidates = [...new Set([...head.feeds.slice(0, 3), ...usual])];
  const { title, description, image, language } = head;
  return { ...emptyStep, cursor: { candidates, pagesLeft: pagesMax, head: { title, description, image, language } } };
}

/** Tries the next address; the first that is a feed is the one. */
async function readOne(
  reach: Reach,
  access: ConnectorAccess,
  at: { task: ConnectorTask; cursor: Cursor },
): Promise<ConnectorStep> {
  const { task, cursor } = at;
  const [feedUrl, ...candidates] = cursor.candidates;
  if (feedUrl === undefined) {
    const missing = [{ field: 'posts', reason: 'The site has no feed that could be found' }];
    return { ...emptyStep, ...creatorOf(cursor.head, { task, feed: null }), missing };
  }
  const answer = await get(reach, access, feedUrl);
  const feed = answer.status === 200 ? readFeed(answer.body.toString('utf8'), answer.url) : null;
  if (feed === null) return { ...emptyStep, cursor: { ...cursor, candidates } };
  return withFeed(feed, { task, cursor, feedUrl });
}

function withFeed(feed: ReadFeed, at: { task: ConnectorTask; cursor: Cursor; feedUrl: string }): ConnectorStep {
  const { task, cursor, feedUrl } = at;
  const pagesLeft = cursor.pagesLeft - 1;
  const hasNext = feed.next !== null && feed.next !== feedUrl && pagesLeft > 0;
  return {
    ...emptyStep,
    ...creatorOf(cursor.head, { task, feed }),
    posts: feed.posts.map((post) => postOf(post, task.target)),
    missing: [{ field: 'followers', reason: 'A feed does not tell how many read it' }],
    cursor: hasNext ? { ...cursor, candidates: [feed.next], pagesLeft } : null,
  };
}

function creatorOf(
  head: Cursor['head'],
  of: { task: ConnectorTask; feed: ReadFeed | null },
): Pick<ConnectorStep, 'creators' | 'pictures'> {
  const { task, feed } = of;
  const title = feed?.title ?? head.title;
  const language = feed?.language ?? head.language;
  return {
    creators: [
      {
        ...(language === null ? {} : { languages: [language] }),
        profiles: [
          {
            platform: 'blog',
            handle: task.target,
            displayName: title?.trim().slice(0, 300) || null,
            bio: (feed?.description ?? head.description)?.slice(0, 5000) ?? null,
          },
        ],
      },
    ],
    pictures: head.image === null ? [] : [{ handle: task.target, url: head.image }],
  };
}

function postOf(post: FeedPost, handle: string): PostRow {
  const caption = [post.title, post.text]
    .filter((part) => part)
    .join('\n\n')
    .slice(0, 20_000);
  const { hashtags, mentions } = tagsOf(caption);
  return {
    platform: 'blog',
    handle,
    externalId: post.id,
    url: post.url,
    postedAt: post.postedAt,
    format: 'article',
    caption: caption === '' ? null : caption,
    hashtags: [...new Set([...post.tags.map((tag) => tag.slice(0, 300)), ...hashtags])].slice(0, 200),
    mentions,
    comments: post.comments,
  };
}

function get(reach: Reach, access: ConnectorAccess, url: string): Promise<Fetched> {
  return callApi(reach, { url, name: new URL(url).host, headers: { accept }, signal: access.signal, now: access.now });
}
