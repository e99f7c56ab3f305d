import { foldText } from '../tokens.ts';

export type WordKind = 'word' | 'number' | 'quoted' | 'tag' | 'handle' | 'sign';

/** A word of a question and where it stands. */
export interface Word {
  kind: WordKind;
  /** As typed; of a quoted one what is between the quotes. */
  text: string;
  /** Folded: small letters without accents. */
  key: string;
  /** Of a number. */
  value: number;
  /** A number that could be read in two ways: 10.000. */
  isUnsure: boolean;
  /** A number written with k, m or the like. */
  hasScale: boolean;
  /** Characters before it. */
  at: number;
  /** Characters up to its end. */
  end: number;
}

const pattern =
  /"(?:[^"]|"")*"|“[^”]*”|fact\.[\w.-]*\w|#[\p{L}\p{M}\p{N}_]+|@[\w.]*\w|\d+(?:[.,]\d+)*(?:(?:k|m|mn|mio|bn)(?![\p{L}\p{N}]))?|[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:['’-][\p{L}\p{M}\p{N}]+)*|>=|<=|[≥≤]|[^\s]/giu;
const scales: Record<string, number> = { k: 1e3, m: 1e6, mn: 1e6, mio: 1e6, bn: 1e9 };

/** Words, numbers and signs of a question in their order. */
export function wordsOf(question: string): Word[] {
  return [...question.matchAll(pattern)].map((match) => toWord(match[0], match.index));
}

function toWord(raw: string, at: number): Word {
  const plain = { value: Number.NaN, isUnsure: false, hasScale: false, at, end: at + raw.length };
  const first = raw[0] ?? '';
  if (raw.length > 1 && (first === '"' || first === '“')) {
    const text = raw.slice(1, -1).replaceAll('""', '"');
    return { ...plain, kind: 'quoted', text, key: foldText(text) };
  }
  if (raw.length > 1 && first === '#')
    return { ...plain, kind: 'tag', text: raw.slice(1), key: foldText(raw.slice(1)) };
  if (raw.length > 1 && first === '@')
    return { ...plain, kind: 'handle', text: raw.slice(1), key: foldText(raw.slice(1)) };
  if (/^\d/.test(raw)) return { ...plain, kind: 'number', text: raw, key: raw.toLowerCase(), ...numberOf(raw) };
  const isWord = /^[\p{L}\p{M}]/u.test(raw);
  return { ...plain, kind: isWord ? 'word' : 'sign', text: raw, key: foldText(raw).replaceAll('’', "'") };
}

function numberOf(raw: string): { value: number; isUnsure: boolean; hasScale: boolean } {
  const [, digits = '', scale = ''] = /^([\d.,]+)([a-z]*)$/i.exec(raw) ?? [];
  const times = scales[scale.toLowerCase()] ?? 1;
  const hasScale = scale !== '';
  // Groups of three after a sign are thousands when there are several, or the sign is a comma; one group after a point is unsure.
  const isGrouped = /^[1-9]\d{0,2}([.,]\d{3})+$/.test(digits);
  if (isGrouped && !hasScale) {
    const isUnsure = digits.split('.').length === 2;
    return { value: Number(digits.replace(/[.,]/g, '')), isUnsure, hasScale };
  }
  const value = Number(digits.replace(',', '.').replace(/[,](?=\d)/g, ''));
  return { value: exact(value * times), isUnsure: false, hasScale };
}

/** Without the dust of floating point: 5.8 / 100 is 0.058. */
export function exact(value: number): number {
  return Number(value.toPrecision(12));
}

const endings = ['eries', 'ists', 'ing', 'ers', 'ery', 'ist', 'ies', 'es', 'er', 's', 'y', 'e'];

/** What is left of a word without its ending: baking, bakers and bakery are bak. Short words stay whole. */
export function stemOf(key: string): string {
  for (const ending of endings) {
    const rest = key.slice(0, -ending.length);
    if (!key.endsWith(ending) || rest.length < 3) continue;
    const [last, before] = [rest.at(-1), rest.at(-2)];
    return last === before && last !== 's' && last !== 'l' ? rest.slice(0, -1) : rest;
  }
  return key;
}
