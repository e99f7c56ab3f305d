import type { Platform } from '#kernel/platform.ts';
import { parseHandle } from './parse-handle.ts';

export type PastedEntry = { line: number; text: string } & (
  | { ok: true; platform: Platform; handle: string; key: string; url: string }
  | { ok: false; message: string }
);

const words: Record<string, Platform> = {
  instagram: 'instagram',
  insta: 'instagram',
  ig: 'instagram',
  tiktok: 'tiktok',
  tt: 'tiktok',
  youtube: 'youtube',
  yt: 'youtube',
  pinterest: 'pinterest',
  pin: 'pinterest',
  blog: 'blog',
  website: 'blog',
  web: 'blog',
};

/**
 * Reads what people paste: handles and addresses, one a line or several with commas, semicolons, tabs or spaces between. A line may name its
 * platform ("ig: @name", "@name (TikTok)"), number its entries, or bear a name beside a handle with @ or an address, which is passed over.
 */
export function readPasted(text: string, platform: Platform): PastedEntry[] {
  return text.split(/\r\n|\r|\n|\u2028|\u2029/).flatMap((line, at) => readLine(line, { line: at + 1, platform }));
}

function readLine(text: string, at: { line: number; platform: Platform }): PastedEntry[] {
  const tokens = text
    .normalize('NFKC')
    // Bullets and numbers of lists.
    .replace(/^\s*(?:[-*\u2022\u2013]+|\d{1,4}[.)])\s+/, '')
    .split(/[\s,;|]+/)
    .map(bare)
    .filter((token) => token !== '');
  const named = tokens.map(wordOf).filter((word) => word !== null);
  const rest = tokens.filter((token) => wordOf(token) === null);
  const handles = rest.length > 0 ? rest : tokens;
  // The word counts for the line only when it is beside something else.
  const platform = rest.length > 0 ? (named[0] ?? at.platform) : at.platform;
  const marked = handles.filter((token) => isAddress(token) || /^@./.test(token));
  return (marked.length > 0 ? marked : handles).map((token) => readToken(token, { line: at.line, platform }));
}

/** Without quotes, brackets and the marks of a sentence around it; the slash of an address stays. */
function bare(token: string): string {
  return token
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]+/g, '')
    .replace(/^[\s"'`<([{\u201c\u201e\u2018\u00ab]+/, '')
    .replace(/[\s"'`>)\]}:!?\u201d\u2019\u00bb]+$/, '')
    .replace(/\.+$/, '');
}

function wordOf(token: string): Platform | null {
  const word = token.toLowerCase().replace(/:$/, '');
  return Object.hasOwn(words, word) ? (words[word] ?? null) : null;
}

function isAddress(token: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(token) || /^[^@\s/]+\.[a-z]{2,}\/./i.test(token) || /^www\./i.test(token);
}

function readToken(text: string, at: { line: number; platform: Platform }): PastedEntry {
  // An address of no platform is a site of its own.
  const platform = isAddress(text) && parseHandle(text, at.platform).ok === false ? 'blog' : at.platform;
  const parsed = parseHandle(text, platform);
  const shown = parsed.ok ? parsed : parseHandle(text, at.platform);
  if (!shown.ok) return { line: at.line, text, ok: false, message: shown.message };
  return { line: at.line, text, ok: true, ...shown.value };
}
