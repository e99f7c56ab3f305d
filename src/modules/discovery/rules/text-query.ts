import { everyZone, tokenise, zoneMask } from './tokens.ts';

/** A thing to be found: its words in a row, the last of them whole or only begun, in some zones. */
export interface TextTerm {
  words: string[];
  isPrefix: boolean;
  zones: number;
  /** As it was typed, for "why matched". */
  source: string;
}

export interface TextQuery {
  all: TextTerm[];
  none: TextTerm[];
}

export const termsMax = 400;
const piece = /(-?)([#@]?)(?:"([^"]*)"?|(\S+))/gu;

/**
 * Reads a search text: words (all must be there), "phrases", begun* words, -excluded ones, #hashtags and @handles.
 * Never fails: a lone quote reaches to the end, signs without a word are dropped. Repeats count once.
 */
export function parseText(text: string): TextQuery {
  const query: TextQuery = { all: [], none: [] };
  const seen = new Set<string>();
  for (const [, minus = '', sign = '', quoted, bare = ''] of text.matchAll(piece)) {
    const body = quoted ?? bare;
    const words = tokenise(body);
    if (words.length === 0) continue;
    const isPrefix = quoted === undefined && /\*+$/.test(body);
    const zones = sign === '#' ? zoneMask('hashtags') : sign === '@' ? zoneMask('handle', 'mentions') : everyZone;
    const key = `${minus}${zones}${isPrefix ? '*' : ''}${words.join(' ')}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const term = { words, isPrefix, zones, source: `${sign}${quoted === undefined ? bare : `"${quoted}"`}` };
    (minus === '-' ? query.none : query.all).push(term);
  }
  return query;
}
