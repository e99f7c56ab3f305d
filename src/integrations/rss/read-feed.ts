import { parseFeed } from 'feedsmith';
import { instantOf } from '../call-api.ts';
import { plainText } from './read-html.ts';

export interface FeedPost {
  id: string;
  url: string | null;
  title: string | null;
  text: string | null;
  postedAt: string | null;
  tags: string[];
  /** Number of comments where the feed tells it (slash:comments); null where it does not, which is not 0. */
  comments: number | null;
}

export interface ReadFeed {
  title: string | null;
  description: string | null;
  language: string | null;
  posts: FeedPost[];
  /** The next older part of a paged feed (RFC 5005). */
  next: string | null;
}

type Parsed = ReturnType<typeof parseFeed>;
type Rss = Extract<Parsed, { format: 'rss' }>['feed'];
type Atom = Extract<Parsed, { format: 'atom' }>['feed'];
type Json = Extract<Parsed, { format: 'json' }>['feed'];
type Rdf = Extract<Parsed, { format: 'rdf' }>['feed'];

const postsMax = 500;

/** Reads RSS 0.9 to 2.0, RDF, Atom and JSON Feed; null when the text is none of them. Entries without an id and address are left out. */
export function readFeed(text: string, feedUrl: string): ReadFeed | null {
  let parsed: Parsed;
  try {
    parsed = parseFeed(text);
  } catch {
    return null;
  }
  const feed = fromParsed(parsed, feedUrl);
  return { ...feed, posts: feed.posts.slice(0, postsMax) };
}

function fromParsed(parsed: Parsed, feedUrl: string): ReadFeed {
  switch (parsed.format) {
    case 'rss':
      return fromRss(parsed.feed, feedUrl);
    case 'rdf':
      return fromRdf(parsed.feed, feedUrl);
    case 'atom':
      return fromAtom(parsed.feed, feedUrl);
    case 'json':
      return fromJson(parsed.feed, feedUrl);
  }
}

function fromRss(feed: Rss, feedUrl: string): ReadFeed {
  return {
    title: feed.title ?? null,
    description: feed.description ?? null,
    language: languageOf(feed.language),
    next: absolute(feed.atom?.links?.find((link) => link.rel === 'next')?.href, feedUrl),
    posts: posts(
      (feed.items ?? []).map((item) => ({
        id: item.guid?.value,
        link: item.link,
        title: item.title,
        text: item.content?.encoded ?? item.description,
        date: item.pubDate ?? item.dc?.dates?.[0],
        tags: item.categories?.map((category) => category.name),
        comments: item.slash?.comments,
      })),
      feedUrl,
    ),
  };
}

function fromRdf(feed: Rdf, feedUrl: string): ReadFeed {
  return {
    title: feed.title ?? null,
    description: feed.description ?? null,
    language: null,
    next: null,
    posts: posts(
      (feed.items ?? []).map((item) => ({
        id: item.rdf?.about,
        link: item.link,
        title: item.title,
        text: item.content?.encoded ?? item.description,
        date: item.dc?.dates?.[0],
        tags: item.dc?.subjects,
        comments: item.slash?.comments,
      })),
      feedUrl,
    ),
  };
}

function fromAtom(feed: Atom, feedUrl: string): ReadFeed {
  return {
    title: feed.title?.value ?? null,
    description: feed.subtitle?.value ?? null,
    language: null,
    next: absolute(feed.links?.find((link) => link.rel === 'next')?.href, feedUrl),
    posts: posts(
      (feed.entries ?? []).map((entry) => ({
        id: entry.id,
        link: (entry.links?.find((link) => link.rel === undefined || link.rel === 'alternate') ?? entry.links?.[0])
          ?.href,
        title: entry.title?.value,
        text: entry.content?.value ?? entry.summary?.value,
        date: entry.published ?? entry.updated,
        tags: entry.categories?.map((category) => category.label ?? category.term),
        comments: entry.slash?.comments,
      })),
      feedUrl,
    ),
  };
}

function fromJson(feed: Json, feedUrl: string): ReadFeed {
  return {
    title: feed.title ?? null,
    description: feed.description ?? null,
    language: languageOf(feed.language),
    next: absolute(feed.next_url, feedUrl),
    posts: posts(
      (feed.items ?? []).map((item) => ({
        id: item.id,
        link: item.url,
        title: item.title,
        text: item.content_text ?? item.content_html ?? item.summary,
        date: item.date_published ?? item.date_modified,
        tags: item.tags,
        comments: undefined,
      })),
      feedUrl,
    ),
  };
}

interface Entry {
  id: string | undefined;
  link: string | undefined;
  title: string | undefined;
  text: string | undefined;
  date: unknown;
  tags: (string | undefined)[] | undefined;
  comments: number | undefined;
}

function posts(entries: Entry[], feedUrl: string): FeedPost[] {
  return entries.flatMap((entry) => {
    const url = absolute(entry.link, feedUrl);
    const id = entry.id?.trim() || url;
    if (id === null || id === undefined) return [];
    return [
      {
        id: id.slice(0, 300),
        url,
        title: entry.title === undefined ? null : plainText(entry.title) || null,
        text: entry.text === undefined ? null : plainText(entry.text) || null,
        postedAt: instantOf(typeof entry.date === 'string' ? entry.date : null),
        tags: (entry.tags ?? []).flatMap((tag) =>
          tag === undefined || tag.trim() === '' ? [] : [tag.trim().toLowerCase()],
        ),
        comments:
          entry.comments !== undefined && Number.isInteger(entry.comments) && entry.comments >= 0
            ? entry.comments
            : null,
      },
    ];
  });
}

function absolute(link: string | undefined, feedUrl: string): string | null {
  if (link === undefined || link.trim() === '') return null;
  const url = URL.parse(link.trim(), feedUrl);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}

function languageOf(text: string | undefined): string | null {
  return /^([a-z]{2,3})\b/i.exec(text ?? '')?.[1]?.toLowerCase() ?? null;
}
