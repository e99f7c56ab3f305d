import type { Platform } from '#kernel/platform.ts';

const hosts: readonly (readonly [RegExp, Platform])[] = [
  [/(^|\.)instagram\.com$/, 'instagram'],
  [/(^|\.)tiktok\.com$/, 'tiktok'],
  [/(^|\.)(youtube\.com|youtu\.be)$/, 'youtube'],
  [/(^|\.)(pinterest\.[a-z.]{2,6}|pin\.it)$/, 'pinterest'],
];

/** The platform of a post by its host; any other site is a blog. `key` as urlKey makes it. */
export function platformOfKey(key: string): Platform {
  const host = key.split('/')[0] ?? '';
  return hosts.find(([pattern]) => pattern.test(host))?.[1] ?? 'blog';
}

/** The account that stands in the address of a post, folded; null where addresses do not tell it. */
export function handleInKey(key: string): string | null {
  const [host = '', first = ''] = key.split('/');
  if (/(^|\.)(tiktok|youtube)\.com$/.test(host) && first.startsWith('@')) return first.slice(1).toLowerCase();
  return null;
}
