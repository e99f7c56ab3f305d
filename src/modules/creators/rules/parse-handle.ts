import { type Platform, platformNames } from '#kernel/platform.ts';

export interface ParsedHandle {
  platform: Platform;
  /** As the platform shows it, without @. */
  handle: string;
  /** What two spellings of one handle share: unique within a platform. */
  key: string;
  /** Address of the profile, without tracking parameters. */
  url: string;
}

export type HandleResult = { ok: true; value: ParsedHandle } | { ok: false; message: string };

// What each platform allows in a name, a little wider than its sign-up form since old accounts keep old names.
const shapes: Record<Exclude<Platform, 'blog'>, RegExp> = {
  instagram: /^[a-z0-9._]{1,30}$/i,
  tiktok: /^[\p{L}\p{N}._]{1,30}$/u,
  youtube: /^[\p{L}\p{N}._·-]{1,100}$/u,
  pinterest: /^[a-z0-9_.-]{1,60}$/i,
};

const hosts: [RegExp, Platform][] = [
  [/(^|\.)(instagram\.com|instagr\.am)$/, 'instagram'],
  [/(^|\.)tiktok\.com$/, 'tiktok'],
  [/(^|\.)(youtube\.com|youtu\.be)$/, 'youtube'],
  [/(^|\.)(pinterest\.[a-z.]{2,6}|pin\.it)$/, 'pinterest'],
];

// First path segments that are pages of the platform, not names.
const notNames: Record<Exclude<Platform, 'blog'>, Set<string>> = {
  instagram: new Set(['p', 'reel', 'reels', 'tv', 'explore', 'accounts', 'direct']),
  tiktok: new Set(['t', 'tag', 'video', 'music', 'discover', 'foryou', 'search']),
  youtube: new Set(['watch', 'shorts', 'playlist', 'results', 'feed', 'live', 'embed']),
  pinterest: new Set(['pin', 'search', 'ideas', 'today']),
};

const fail = (message: string): HandleResult => ({ ok: false, message });

/** The key of a handle: without @, in lower case and in one Unicode form. */
export function handleKey(handle: string): string {
  return handle.normalize('NFKC').trim().replace(/^@+/, '').toLowerCase();
}

/**
 * Reads "@Handle", "handle", a profile's address (any host of the platform, with tracking parameters) or, on blogs, a site's address.
 * An address names its own platform; a bare handle belongs to the given one.
 */
export function parseHandle(text: string, platform: Platform): HandleResult {
  const clean = text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]+/g, '')
    .trim();
  if (clean === '' || clean === '@') return fail('The handle is empty');
  if (looksLikeAddress(clean, platform)) return parseAddress(clean, platform);
  if (platform === 'blog') return fail(`"${short(text)}" is not the address of a site; write it like example.com`);
  return named(platform, clean.replace(/^@+/, ''), text);
}

function looksLikeAddress(text: string, platform: Platform): boolean {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return true;
  if (
    /^(www\.|m\.)?(instagram|tiktok|youtube|pinterest)\.[a-z.]{2,6}\//i.test(text) ||
    /^(youtu\.be|instagr\.am|pin\.it)\//i.test(text)
  )
    return true;
  return platform === 'blog' && /^[^@\s/]+\.[a-z]{2,}(\/|$)/i.test(text);
}

function parseAddress(text: string, wanted: Platform): HandleResult {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (url === null || !/^https?:$/.test(url.protocol)) return fail(`"${short(text)}" is not an address of a profile`);
  const host = url.hostname.toLowerCase();
  const platform = hosts.find(([pattern]) => pattern.test(host))?.[1];
  if (platform === undefined)
    return wanted === 'blog' ? blog(url) : fail(`"${short(text)}" is not an address on ${platformNames[wanted]}`);
  if (platform === 'blog') return blog(url);
  const segments = url.pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
  return named(platform, nameIn(platform, segments), text);
}

function nameIn(platform: Exclude<Platform, 'blog'>, segments: string[]): string {
  const [first = '', second = ''] = segments;
  if (platform === 'instagram' && (first === 'stories' || first === '_u')) return second;
  if (platform === 'youtube' && ['channel', 'c', 'user'].includes(first)) return second;
  // TikTok marks its names with @; anything else there is a page.
  if (platform === 'tiktok' && !first.startsWith('@')) return '';
  return notNames[platform].has(first.toLowerCase()) ? '' : first.replace(/^@/, '');
}

function named(platform: Platform, name: string, text: string): HandleResult {
  if (platform === 'blog') return fail(`"${short(text)}" is not the address of a site`);
  if (name === '')
    return fail(
      `"${short(text)}" is not the address of a profile on ${platformNames[platform]}; give the profile's own address or its handle`,
    );
  if (!shapes[platform].test(name)) return fail(`"${short(text)}" is not a handle on ${platformNames[platform]}`);
  return { ok: true, value: { platform, handle: name, key: name.toLowerCase(), url: profileUrl(platform, name) } };
}

function blog(url: URL): HandleResult {
  const site = `${url.hostname.replace(/^www\./, '')}${url.pathname.replace(/\/+$/, '')}`.toLowerCase();
  return { ok: true, value: { platform: 'blog', handle: site, key: site, url: `https://${site}` } };
}

/** The public address of a profile. */
export function profileUrl(platform: Platform, handle: string): string {
  const name = encodeURIComponent(handle);
  switch (platform) {
    case 'instagram':
      return `https://www.instagram.com/${name}/`;
    case 'tiktok':
      return `https://www.tiktok.com/@${name}`;
    case 'youtube':
      return /^UC[\w-]{22}$/.test(handle)
        ? `https://www.youtube.com/channel/${name}`
        : `https://www.youtube.com/@${name}`;
    case 'pinterest':
      return `https://www.pinterest.com/${name}/`;
    case 'blog':
      return `https://${handle}`;
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
