import { findSourceByHost } from './find-source.ts';

const hostCharsMax = 100;

/** Host of the page a visitor came from; null when the browser did not tell or told no web address. Paths are not kept. */
export function readReferrerHost(referrer: string): string | null {
  if (referrer === '') return null;
  const match = /^(?:https?|android-app):\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(referrer);
  const host = match?.[1]?.toLowerCase().replace(/^www\./, '');
  return host === undefined || host === '' ? null : host.slice(0, hostCharsMax);
}

export type ReferrerMedium = 'search' | 'social' | 'email' | 'paid' | 'chatbot' | 'internal' | 'unknown';

export interface Referrer {
  medium: ReferrerMedium;
  /** Name of the site; null when it is none the table knows. */
  source: string | null;
  /** What was searched for, when the address still says it. */
  term: string | null;
}

// Where search engines write what was searched for, the usual first.
const termKeys = [
  'q',
  'query',
  'p',
  'text',
  'wd',
  'word',
  'kw',
  'rdata',
  'searchfor',
  'search',
  'searchTerm',
  'keywords',
  'keyword',
  'k',
  'encquery',
  'qs',
  'term',
];
const termCharsMax = 200;

/** What kind of place a visitor came from, by the address of the referring page. `ownHosts` are the shop's and the links' own. */
export function readReferrer(referrer: string, ownHosts: readonly string[] = []): Referrer {
  const host = readReferrerHost(referrer);
  if (host === null) return { medium: 'unknown', source: null, term: null };
  if (ownHosts.includes(host)) return { medium: 'internal', source: null, term: null };
  const url = URL.parse(referrer);
  const source = findSourceByHost(host, url?.pathname ?? '/');
  if (source === null) return { medium: 'unknown', source: null, term: null };
  switch (source.kind) {
    case 'search':
    case 'shopping':
      return { medium: 'search', source: source.name, term: url === null ? null : termOf(url) };
    case 'social':
    case 'video':
      return { medium: 'social', source: source.name, term: null };
    case 'email':
      return { medium: 'email', source: source.name, term: null };
    case 'ads':
      return { medium: 'paid', source: source.name, term: null };
    case 'ai':
      return { medium: 'chatbot', source: source.name, term: null };
    case 'referral':
      return { medium: 'unknown', source: source.name, term: null };
  }
}

function termOf(url: URL): string | null {
  for (const key of termKeys) {
    const value = url.searchParams.get(key)?.trim();
    if (value !== undefined && value !== '') return value.slice(0, termCharsMax);
  }
  return null;
}
