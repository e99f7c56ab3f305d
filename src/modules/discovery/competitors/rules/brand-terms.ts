import type { ErrorDetail } from '#kernel/errors.ts';

export interface Terms {
  handles: string[];
  hashtags: string[];
  keywords: string[];
}

/** The terms in the one form that posts keep them in, each once, and what is wrong with any of them. */
export function readTerms(given: {
  handles: readonly string[];
  hashtags: readonly string[];
  keywords: readonly string[];
}): { terms: Terms; faults: ErrorDetail[] } {
  const faults: ErrorDetail[] = [];
  const read = (field: keyof Terms, clean: (text: string) => string | null) => [
    ...new Set(
      given[field].flatMap((text, at) => {
        const term = clean(text);
        if (term === null) faults.push({ field: `${field}.${at}`, message: faultOf[field](text) });
        return term ?? [];
      }),
    ),
  ];
  const terms = {
    handles: read('handles', handleOf),
    hashtags: read('hashtags', hashtagOf),
    keywords: read('keywords', keywordOf),
  };
  if (faults.length === 0 && terms.handles.length + terms.hashtags.length + terms.keywords.length === 0)
    faults.push({
      field: 'handles',
      message: 'Give at least one account, hashtag or word by which posts name the brand',
    });
  return { terms, faults };
}

const faultOf: Record<keyof Terms, (text: string) => string> = {
  handles: (text) => `"${text}" is not a handle; write it like @brand`,
  hashtags: (text) => `"${text}" is not a hashtag; letters, digits and _ only, like #brand`,
  keywords: (text) => `"${text}" holds no letter or digit, or only one`,
};

function handleOf(text: string): string | null {
  const bare = text
    .normalize('NFKC')
    .trim()
    .replace(/^https?:\/\/[^/]+\/(?:@)?/i, '')
    .replace(/[/?#].*$/, '')
    .replace(/^@+/, '')
    .toLowerCase();
  return /^[\p{L}\p{N}_](?:[\p{L}\p{N}._-]{0,98}[\p{L}\p{N}_])?$/u.test(bare) ? bare : null;
}

function hashtagOf(text: string): string | null {
  const bare = text.normalize('NFKC').trim().replace(/^#+/, '').toLowerCase();
  return /^[\p{L}\p{N}_]{1,100}$/u.test(bare) ? bare : null;
}

function keywordOf(text: string): string | null {
  const bare = text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
  return [...bare.matchAll(/[\p{L}\p{N}]/gu)].length >= 2 ? bare : null;
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** A regular expression of PostgreSQL that finds any of the words as whole words; every sign of them stands for itself. Null without words. */
export function patternOf(keywords: readonly string[]): string | null {
  if (keywords.length === 0) return null;
  const escaped = keywords.map((keyword) => {
    const words = keyword
      .split(' ')
      .map((word) => word.replace(/[^\p{L}\p{N}_]/gu, (sign) => `\\${sign}`))
      .join('\\s+');
    // Scripts without spaces have no borders of words.
    const begins = /^[\p{L}\p{N}_]/u.test(keyword) && !unspaced.test(keyword) ? '\\m' : '';
    const ends = /[\p{L}\p{N}_]$/u.test(keyword) && !unspaced.test(keyword) ? '\\M' : '';
    return `${begins}${words}${ends}`;
  });
  return `(?:${escaped.join('|')})`;
}
