import type { Filter } from '../../api.ts';
import { type Comparison, comparisons, comparisonsAfter, isFraction, numberWords } from './lexicon.ts';
import { notOf, phraseAt } from './reading.ts';
import { exact, type Word } from './words.ts';

/** What a number or two ask for. Values as typed: 3 of "3 %". */
export interface Bounds {
  low?: number;
  high?: number;
  isLowOpen?: boolean;
  isHighOpen?: boolean;
  isPercent: boolean;
  remark?: string;
  to: number;
}

interface Amount {
  value: number;
  hasScale: boolean;
  isPercent: boolean;
  isUnsure: boolean;
  text: string;
  to: number;
}

const dashes = new Set(['-', '–', '—']);
const percents = new Set(['%', 'percent', 'pct']);
const widthOfAbout = 0.2;
/** A signs of money may stand before either number; they are read by the price. */
const moneySigns = new Set(['€', '$', '£', '¥', '₹']);

/** "5 to 30k", "between 5k and 30k", "at least 3 %", "10k+", "under 50k", "around 20k". Null where no number stands. */
export function readBounds(words: readonly Word[], from: number): Bounds | null {
  const before = phraseAt(words, from, comparisons);
  const isSpan = ['between', 'from'].includes(words[from]?.key ?? '');
  const start = before?.to ?? (isSpan ? from + 1 : from);
  const first = amountAt(words, start);
  if (first === null) return null;
  const second = secondAmount(words, first.to, { isBetween: words[from]?.key === 'between' });
  if (second !== null && (before === null || before.phrase.means === 'about')) return spanOf(first, second);
  if (isSpan) return null;
  if (before !== null) return oneSided(before.phrase.means, first);
  if (words[first.to]?.key === '+') return { ...oneSided('gte', first), to: first.to + 1 };
  const after = phraseAt(words, first.to, comparisonsAfter);
  if (after !== null) return { ...oneSided(after.phrase.means, first), to: after.to };
  return { low: first.value, high: first.value, isPercent: first.isPercent, to: first.to, ...remarkOf([first]) };
}

function amountAt(words: readonly Word[], from: number): Amount | null {
  const at = moneySigns.has(words[from]?.key ?? '') ? from + 1 : from;
  const word = words[at];
  if (word?.kind !== 'number' || !Number.isFinite(word.value)) return null;
  let to = at + 1;
  let { value, hasScale } = word;
  const scale = numberWords[words[to]?.key ?? ''];
  if (scale !== undefined && !hasScale) {
    value = exact(value * scale);
    hasScale = true;
    to += 1;
  }
  const isPercent = percents.has(words[to]?.key ?? '');
  if (isPercent) to += 1;
  if (moneySigns.has(words[to]?.key ?? '')) to += 1;
  return { value, hasScale, isPercent, isUnsure: word.isUnsure, text: word.text, to };
}

function secondAmount(words: readonly Word[], at: number, how: { isBetween: boolean }): Amount | null {
  const key = words[at]?.key ?? '';
  if (key !== 'to' && !dashes.has(key) && !(how.isBetween && key === 'and')) return null;
  return amountAt(words, at + 1);
}

function spanOf(first: Amount, second: Amount): Bounds {
  // "5 to 30k": the k is meant for both when the first would else be far below.
  const isShared = second.hasScale && !first.hasScale && first.value < 1000 && second.value >= 1000;
  const times = second.value >= 1e6 ? 1e6 : 1e3;
  const value = isShared ? first.value * times : first.value;
  const [low, high] = value <= second.value ? [value, second.value] : [second.value, value];
  const isPercent = first.isPercent || second.isPercent;
  return { low, high, isPercent, to: second.to, ...remarkOf([first, second]) };
}

function oneSided(means: Comparison, amount: Amount): Bounds {
  const { value, isPercent, to } = amount;
  const base = { isPercent, to, ...remarkOf([amount]) };
  switch (means) {
    case 'gte':
      return { ...base, low: value };
    case 'gt':
      return { ...base, low: value, isLowOpen: true };
    case 'lte':
      return { ...base, high: value };
    case 'lt':
      return { ...base, high: value, isHighOpen: true };
    case 'about': {
      const [low, high] = [exact(value * (1 - widthOfAbout)), exact(value * (1 + widthOfAbout))];
      return { ...base, low, high, remark: `“around” is read as 20 % to either side: ${low} to ${high}.` };
    }
  }
}

function remarkOf(amounts: readonly Amount[]): { remark?: string } {
  const unsure = amounts.find((amount) => amount.isUnsure);
  return unsure === undefined
    ? {}
    : { remark: `${unsure.text} is read as ${unsure.value}, the point between thousands.` };
}

/** The filter of bounds on a field; per cent become fractions where the field is one. Null when the unit does not fit. */
export function boundsFilter(
  field: string,
  bounds: Bounds,
  isNot: boolean,
): { filter: Filter; remark?: string } | null {
  if (bounds.isPercent && !isFraction(field)) return null;
  const scale = isFraction(field) ? 100 : 1;
  const low = bounds.low === undefined ? undefined : exact(bounds.low / scale);
  const high = bounds.high === undefined ? undefined : exact(bounds.high / scale);
  const remark = bounds.remark ?? (scale === 100 && !bounds.isPercent ? 'The number is read as per cent.' : undefined);
  const said = remark === undefined ? {} : { remark };
  const not = notOf(isNot);
  if (low !== undefined && high !== undefined)
    return { filter: { field, op: 'range', min: low, max: high, ...not }, ...said };
  if (low !== undefined) return { filter: { field, op: bounds.isLowOpen ? 'gt' : 'gte', value: low, ...not }, ...said };
  if (high !== undefined)
    return { filter: { field, op: bounds.isHighOpen ? 'lt' : 'lte', value: high, ...not }, ...said };
  return null;
}
