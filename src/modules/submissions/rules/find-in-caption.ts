import type { PostExpectation } from '../api.ts';

const wordEdge = '(?![\\p{L}\\p{N}_])';
const wordStart = '(?<![\\p{L}\\p{N}_])';
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** True when the caption has the hashtag, as one and not as the beginning of a longer one. `#` and case do not matter in what is asked. */
export function hasHashtag(caption: string, tag: string): boolean {
  return has(caption, `#${escaped(bare(tag, '#'))}${wordEdge}`);
}

/** True when the caption mentions the account. A dot at the end closes a sentence; within a name it is part of it. */
export function hasMention(caption: string, account: string): boolean {
  return has(caption, `@${escaped(bare(account, '@'))}(?!\\.?[\\p{L}\\p{N}_])`);
}

/** True when the caption has the code as a word of its own. */
export function hasCode(caption: string, code: string): boolean {
  return has(caption, `${wordStart}${escaped(code.normalize('NFC').trim())}${wordEdge}`);
}

/** True when the caption has the address, with or without scheme and www, as a whole. */
export function hasLink(caption: string, link: string): boolean {
  const plain = link
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/^www\./i, '')
    .replace(/[/?#]+$/, '');
  return (
    plain !== '' &&
    has(caption, `(?<![\\p{L}\\p{N}-]|(?<!www)\\.)${escaped(plain)}(?![\\p{L}\\p{N}_-]|/[\\p{L}\\p{N}])`)
  );
}

function has(caption: string, pattern: string): boolean {
  return new RegExp(pattern, 'iu').test(caption.normalize('NFC'));
}

function bare(text: string, sign: '#' | '@'): string {
  const plain = text.normalize('NFC').trim();
  return plain.startsWith(sign) ? plain.slice(1) : plain;
}

export type ListedThing = 'links' | 'codes' | 'hashtags' | 'mentions';

export interface Listed {
  found: string[];
  missing: string[];
}

/** Which of the expected things the caption has. Of links one is enough: a post carries the creator's own, or the short form of it. */
export function findListed(caption: string, expected: PostExpectation): Record<ListedThing, Listed> {
  const split = (all: readonly string[], test: (caption: string, one: string) => boolean): Listed => ({
    found: all.filter((one) => test(caption, one)),
    missing: all.filter((one) => !test(caption, one)),
  });
  const links = split(expected.links, hasLink);
  return {
    links: links.found.length > 0 ? { found: links.found, missing: [] } : links,
    codes: split(expected.codes, hasCode),
    hashtags: split(expected.hashtags, hasHashtag),
    mentions: split(expected.mentions, hasMention),
  };
}

/** What counts of several expectations: their lists together and the narrowest window. */
export function joinExpectations(parts: readonly (PostExpectation | null)[]): PostExpectation {
  const known = parts.filter((part) => part !== null);
  const joined = (pick: (part: PostExpectation) => readonly string[]) => {
    const seen = new Map<string, string>();
    for (const one of known.flatMap(pick)) if (!seen.has(one.toLowerCase())) seen.set(one.toLowerCase(), one);
    return [...seen.values()];
  };
  const days = (pick: (part: PostExpectation) => string | null) => known.flatMap((part) => pick(part) ?? []).toSorted();
  return {
    // The creator's own link stands over the plain one of the brief.
    links: known.toReversed().find((part) => part.links.length > 0)?.links ?? [],
    codes: joined((part) => part.codes),
    hashtags: joined((part) => part.hashtags),
    mentions: joined((part) => part.mentions),
    liveFrom: days((part) => part.liveFrom).at(-1) ?? null,
    liveUntil: days((part) => part.liveUntil)[0] ?? null,
  };
}
