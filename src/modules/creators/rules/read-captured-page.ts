import type { Platform } from '#kernel/platform.ts';
import type { CapturedPage } from '../api.ts';
import { parseHandle } from './parse-handle.ts';
import { parseCount } from './parse-number.ts';

export interface ReadPage {
  platform: Platform;
  handle: string;
  displayName: string | null;
  bio: string | null;
  website: string | null;
  followers: number | null;
  following: number | null;
  postCount: number | null;
  isVerified: boolean | null;
  pictureUrl: string | null;
  /** Which part of the page says each field. */
  from: Record<string, string>;
}

type Count = 'followers' | 'following' | 'postCount';

// Words beside counts in the languages the platforms' pages come in most.
const countWords: Record<Count, string> = {
  followers:
    'followers?|subscribers?|abonnent(?:en|innen)?|follower(?:innen)?|abonn\u00e9s?|seguidor(?:es|as)?|iscritti|volgers|obserwuj\u0105cych|takip\u00e7i|seguaci|suscriptores|inscritos',
  following: 'following|gefolgt|abonnements|suivi\\(?e?\\)?s?|seguidos|seguindo|profili seguiti|volgend',
  postCount:
    'posts?|videos?|pins?|beitr\u00e4ge|publications?|publicaciones|publica\u00e7\u00f5es|vid\u00e9os?|berichten',
};
const numberText = '(\\d[\\d.,\\u00a0\\u202f ]{0,14}\\d|\\d)\\s?(k|m|b|mio\\.?|mln|tsd\\.?|mil)?';
const patterns = Object.fromEntries(
  Object.entries(countWords).map(([field, words]) => [
    field,
    new RegExp(`${numberText}\\+?[\\u00a0 ]?(?:${words})(?![\\p{L}])`, 'iu'),
  ]),
) as Record<Count, RegExp>;

// TikTok names the parts of its profile page for its own tests.
const marksOf: Record<string, Count> = { 'followers-count': 'followers', 'following-count': 'following' };

/**
 * What a page one looks at says of a profile, by what the platforms document or show: JSON-LD of schema.org, Open Graph and other meta tags
 * (https://ogp.me), TikTok's marks, then the visible text. Null when the page is no profile. A count the page does not show is unknown.
 */
export function readCapturedPage(page: CapturedPage): ReadPage | null {
  const parsed = addressOf(page);
  if (parsed === null) return null;
  const meta = new Map(page.meta.map(([name, content]) => [name.toLowerCase(), content.trim()]));
  const marks = new Map(page.marks.map(([name, text]) => [name, text.trim()]));
  const read: ReadPage = { ...parsed, ...blank, from: {} };
  fromData(read, page.data);
  fromMarks(read, marks);
  fromMeta(read, meta);
  fromText(read, page.text.slice(0, 4000), 'visible text');
  if (read.displayName === null) put(read, 'displayName', nameOfTitle(page.title), 'title of the page');
  return read;
}

const blank = {
  displayName: null,
  bio: null,
  website: null,
  followers: null,
  following: null,
  postCount: null,
  isVerified: null,
  pictureUrl: null,
};

function addressOf(page: CapturedPage): { platform: Platform; handle: string } | null {
  for (const address of [page.url, page.canonical]) {
    if (!/^https?:\/\//i.test(address)) continue;
    const url = URL.parse(address);
    // A page of a blog is the blog's: the creator is the site, not the article.
    const isPlatform = url !== null && parseHandle(address, 'instagram').ok;
    const parsed = parseHandle(isPlatform ? address : (url?.origin ?? ''), isPlatform ? 'instagram' : 'blog');
    if (parsed.ok) return { platform: parsed.value.platform, handle: parsed.value.handle };
    // On a platform, but not at a profile.
    if (!isPlatform && !parsed.ok) return null;
  }
  return null;
}

function put<Field extends keyof typeof blank>(
  read: ReadPage,
  field: Field,
  value: ReadPage[Field],
  from: string,
): void {
  if (read[field] !== null || value === null || value === '') return;
  read[field] = value;
  read.from[field] = from;
}

function fromData(read: ReadPage, blocks: string[]): void {
  for (const block of blocks) {
    let value: unknown;
    try {
      value = JSON.parse(block);
    } catch {
      continue;
    }
    for (const thing of thingsIn(value, 0)) fromThing(read, thing);
  }
}

type Thing = Record<string, unknown>;
const depthMax = 6;
const thingsMax = 200;

function thingsIn(value: unknown, depth: number): Thing[] {
  if (depth > depthMax || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one) => thingsIn(one, depth + 1)).slice(0, thingsMax);
  const thing = value as Thing;
  const inner = [thing['@graph'], thing.mainEntity, thing.author].flatMap((one) => thingsIn(one, depth + 1));
  return [thing, ...inner].slice(0, thingsMax);
}

/** A Person or Organization of schema.org, or the page that is about one. */
function fromThing(read: ReadPage, thing: Thing): void {
  const type = [thing['@type']].flat().join(' ');
  if (!/Person|Organization|ProfilePage|Blog\b|WebSite/.test(type)) return;
  const from = `JSON-LD ${type}`;
  for (const counter of [thing.interactionStatistic, thing.agentInteractionStatistic].flat()) {
    if (typeof counter !== 'object' || counter === null) continue;
    const { interactionType, userInteractionCount } = counter as Thing;
    const kind = JSON.stringify(interactionType ?? '');
    const count = readCount(String(userInteractionCount ?? ''));
    if (/FollowAction|SubscribeAction/.test(kind)) put(read, 'followers', count, from);
    if (/WriteAction|CreateAction/.test(kind)) put(read, 'postCount', count, from);
  }
  const name = text(thing.name) ?? text(thing.alternateName);
  put(read, 'displayName', name, from);
  put(read, 'bio', text(thing.description), from);
  const image =
    text(thing.image) ??
    text((thing.image as Thing | null | undefined)?.url) ??
    text((thing.image as Thing | null | undefined)?.contentUrl);
  put(read, 'pictureUrl', addressIn(image), from);
}

function fromMarks(read: ReadPage, marks: Map<string, string>): void {
  const from = (name: string) => `"${name}" of the page`;
  for (const [name, field] of Object.entries(marksOf)) put(read, field, readCount(marks.get(name) ?? ''), from(name));
  put(read, 'bio', marks.get('user-bio') ?? null, from('user-bio'));
  put(read, 'displayName', marks.get('user-subtitle') ?? null, from('user-subtitle'));
  put(read, 'website', addressIn(marks.get('user-link') ?? null), from('user-link'));
}

function fromMeta(read: ReadPage, meta: Map<string, string>): void {
  const pinterest: [string, Count][] = [
    ['pinterestapp:followers', 'followers'],
    ['pinterestapp:following', 'following'],
    ['pinterestapp:pins', 'postCount'],
  ];
  for (const [name, field] of pinterest) put(read, field, readCount(meta.get(name) ?? ''), name);
  for (const name of ['og:description', 'description', 'twitter:description'])
    fromText(read, meta.get(name) ?? '', name);
  const description = meta.get('description') ?? meta.get('og:description') ?? null;
  put(read, 'bio', bioOf(description, read.platform), meta.has('description') ? 'description' : 'og:description');
  const title = read.platform === 'blog' ? (meta.get('og:site_name') ?? meta.get('og:title')) : meta.get('og:title');
  put(read, 'displayName', nameOfTitle(title ?? ''), 'og:title');
  put(read, 'pictureUrl', addressIn(meta.get('og:image') ?? meta.get('twitter:image') ?? null), 'og:image');
}

function fromText(read: ReadPage, given: string, from: string): void {
  for (const field of ['followers', 'following', 'postCount'] as const) {
    const match = patterns[field].exec(given);
    if (match !== null) put(read, field, readCount(`${match[1]}${match[2] ?? ''}`), from);
  }
}

/** Instagram and TikTok put counts and an invitation before or around the bio; what is left inside quotes is the bio. */
function bioOf(description: string | null, platform: Platform): string | null {
  if (description === null) return null;
  const quoted = /[:\u2013-]\s*["\u201c](.+)["\u201d]\s*$/s.exec(description)?.[1];
  if (platform === 'instagram' || platform === 'tiktok') return quoted?.trim() ?? null;
  return patterns.followers.test(description) ? null : description;
}

/** "Nell (@nell) \u2022 Instagram photos and videos", "Nell - YouTube": the name before what the platform adds. */
function nameOfTitle(title: string): string | null {
  const clean = title
    .replace(/\s*[\u2022|\u00b7\u2013-]\s*(Instagram|TikTok|YouTube|Pinterest)\b.*$/i, '')
    .replace(/\s*\((?:@[^()]{1,100}|\d+)\)\s*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return clean === '' || /^(Instagram|TikTok|YouTube|Pinterest)$/i.test(clean) ? null : clean.slice(0, 300);
}

function readCount(given: string): number | null {
  const trimmed = given.replace(/[\u00a0\u202f]/g, ' ').trim();
  if (trimmed === '') return null;
  const words = trimmed.replace(/\s?(mio\.?|mln)$/i, 'M').replace(/\s?(tsd\.?|mil)$/i, 'K');
  const parsed = parseCount(words);
  return parsed.ok && parsed.value !== null ? Math.round(parsed.value) : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function addressIn(value: string | null): string | null {
  if (value === null) return null;
  const url = URL.parse(value) ?? URL.parse(`https://${value}`);
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname.includes('.') ? url.href : null;
}
