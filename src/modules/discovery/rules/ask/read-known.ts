import { editDistance, slipsAllowed } from '../near-miss.ts';
import { foldText } from '../tokens.ts';
import { joiners } from './lexicon.ts';
import type { Place } from './reading.ts';
import { stemOf } from './words.ts';

const wordsOfValueMax = 4;

export interface KnownValue {
  value: string;
  to: number;
  remark?: string;
}

/** The value, of those known, that stands at `at`: longest first, exact, or by its stem when `byStem`. */
export function valueAt(
  words: Place['words'],
  at: number,
  values: readonly string[],
  how: { byStem?: boolean } = {},
): KnownValue | null {
  const first = words[at];
  if (first?.kind === 'quoted') {
    const value = values.find((one) => foldText(one) === first.key);
    return value === undefined ? null : { value, to: at + 1 };
  }
  const longest = Math.min(wordsOfValueMax, words.length - at);
  for (let count = longest; count > 0; count -= 1) {
    const part = words.slice(at, at + count);
    if (part.some((word) => word.kind !== 'word' && word.kind !== 'number' && word.key !== '&')) continue;
    const said = foldedValue(part.map((word) => word.key).join(' '));
    const value = values.find((one) => foldedValue(foldText(one)) === said);
    if (value !== undefined) return { value, to: at + count };
  }
  if (how.byStem !== true || first?.kind !== 'word') return null;
  const stem = stemOf(first.key);
  const value = stem.length < 3 ? undefined : values.find((one) => !/\s/.test(one) && stemOf(foldText(one)) === stem);
  return value === undefined ? null : { value, to: at + 1 };
}

function foldedValue(text: string): string {
  return text
    .replace(/[-_/]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The nearest of the known values within a slip of the finger; null when several are as near. */
export function nearestAt(words: Place['words'], at: number, values: Iterable<string>): KnownValue | null {
  const word = words[at];
  if (word?.kind !== 'word' || word.key.length < 5) return null;
  const most = slipsAllowed(word.key);
  let best: { value: string; distance: number } | null = null;
  let isTied = false;
  for (const value of values) {
    const distance = editDistance(word.key, foldText(value), most);
    if (distance > most || foldText(value)[0] !== word.key[0]) continue;
    if (best === null || distance < best.distance) {
      best = { value, distance };
      isTied = false;
    } else if (distance === best.distance) isTied = true;
  }
  if (best === null || isTied) return null;
  return { value: best.value, to: at + 1, remark: `“${word.text}” is read as ${best.value}.` };
}

export interface ValueList {
  values: string[];
  to: number;
  remarks: string[];
}

/** Values with "or", "and" or commas between, each found by `one`; null when the first is none. */
export function listAt(
  at: number,
  words: Place['words'],
  one: (at: number) => { values: string[]; to: number; remark?: string } | null,
): ValueList | null {
  const first = one(at);
  if (first === null) return null;
  const list: ValueList = {
    values: [...first.values],
    to: first.to,
    remarks: first.remark === undefined ? [] : [first.remark],
  };
  for (let guard = 0; guard < words.length; guard += 1) {
    let next = list.to;
    while (next < words.length && words[next]?.kind !== 'quoted' && joiners.has(words[next]?.key ?? '')) next += 1;
    if (next === list.to) break;
    const found = one(next);
    if (found === null) break;
    list.values.push(...found.values);
    if (found.remark !== undefined) list.remarks.push(found.remark);
    list.to = found.to;
  }
  return { ...list, values: [...new Set(list.values)] };
}
