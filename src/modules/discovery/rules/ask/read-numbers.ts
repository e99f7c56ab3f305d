import { fieldNames } from './lexicon.ts';
import { boundsFilter, readBounds } from './read-bounds.ts';
import { filterStep, keyAt, notOf, phraseAt, type Reader, type Step, skip } from './reading.ts';

const betweenFieldAndNumber = new Set(['of', 'is', 'are', 'was', 'rate', 'by', ':', '=', 'count', 'that']);
const betweenNumberAndField = new Set(['of', 'in', 'on', 'average', 'avg', 'an', 'the', 'monthly', 'total']);

/** "5 to 30k followers", "engagement rate over 3 %", "at least 1000 views per video". */
export const readNumber: Reader = ({ words, at, isNot }) => {
  const named = phraseAt(words, at, fieldNames);
  if (named !== null) {
    const bounds = readBounds(words, skip(words, named.to, betweenFieldAndNumber));
    if (bounds === null) return null;
    // "likes under 3 % engagement": the number belongs to the field after it.
    const other = phraseAt(words, bounds.to, fieldNames);
    if (other !== null && other.phrase.field !== named.phrase.field && named.phrase.words.length === 1) return null;
    return stepOf(named.phrase.field, bounds, isNot);
  }
  const bounds = readBounds(words, at);
  if (bounds === null) return null;
  const after =
    phraseAt(words, bounds.to, fieldNames) ??
    phraseAt(words, skip(words, bounds.to, betweenNumberAndField), fieldNames);
  if (after === null) return null;
  const { field } = after.phrase;
  const step = stepOf(field, bounds, isNot);
  return step === null ? null : { ...step, to: after.to };
};

function stepOf(field: string, bounds: NonNullable<ReturnType<typeof readBounds>>, isNot: boolean): Step | null {
  const made = boundsFilter(field, bounds, isNot);
  if (made === null) return null;
  return filterStep(bounds.to, made.filter, made.remark === undefined ? {} : { remark: made.remark });
}

/** A number of nothing: said, never guessed. */
export const readLostNumber: Reader = ({ words, at }) => {
  const bounds = readBounds(words, at);
  if (bounds === null) return null;
  const what = bounds.isPercent ? 'per cent of what' : 'how many of what';
  return {
    to: bounds.to,
    unclear: `It does not say ${what}. Write for example “5k to 30k followers” or “engagement over 3 %”.`,
  };
};

const growthVerbs = new Set(['grew', 'grown', 'growing', 'grow', 'grows', 'growth', 'gained']);
const shrinkVerbs = new Set(['shrinking', 'shrank', 'losing', 'lost', 'declining']);
const monthsIn: Record<string, number> = { month: 1, quarter: 3 };
const spanWords = new Set([
  'in',
  'over',
  'within',
  'during',
  'the',
  'last',
  'past',
  'followers',
  'follower',
  'a',
  'per',
  'of',
]);

/** "grew 10 % in 3 months", "growth of at least 5 % over 6 months", "growing". */
export const readGrowth: Reader = ({ words, at, isNot }) => {
  const kind = ({ likes: 'likesGrowth', views: 'viewsGrowth' } as const)[keyAt(words, at)] ?? 'growth';
  const start = kind === 'growth' ? (['follower', 'followers'].includes(keyAt(words, at)) ? at + 1 : at) : at + 1;
  const verb = keyAt(words, start);
  const isShrinking = shrinkVerbs.has(verb);
  if (!growthVerbs.has(verb) && !isShrinking) return null;
  const bounds = readBounds(words, skip(words, start + 1, new Set(['by', 'of', 'is', 'followers', 'rate', ':'])));
  const span = monthsAt(words, bounds?.to ?? start + 1);
  if (span !== null && (span.months < 1 || span.months > 6))
    return { to: span.to, unclear: 'Growth is known over 1 to 6 months. Choose one of these.' };
  const months = span?.months ?? 3;
  const to = span?.to ?? bounds?.to ?? skip(words, start + 1, new Set(['followers', 'subscribers']));
  const field = `${kind}${months}m`;
  const unsaid = span === null ? ' No time is given: 3 months are taken.' : '';
  if (bounds === null) {
    const filter = { field, op: isShrinking ? ('lt' as const) : ('gt' as const), value: 0, ...notOf(isNot) };
    return filterStep(to, filter, { remark: `“${verb}” is read as any change in that direction.${unsaid}` });
  }
  if (isShrinking) return { to, unclear: 'Say a loss as growth below zero, such as “growth under 0 % in 3 months”.' };
  const exactly = bounds.low !== undefined && bounds.low === bounds.high;
  const made = boundsFilter(field, exactly ? { low: bounds.low ?? 0, isPercent: bounds.isPercent, to } : bounds, isNot);
  if (made === null) return null;
  const remark = `${made.remark ?? ''}${exactly ? ' It is read as that much or more.' : ''}${unsaid}`.trim();
  return filterStep(to, made.filter, remark === '' ? {} : { remark });
};

function monthsAt(words: Parameters<Reader>[0]['words'], from: number): { months: number; to: number } | null {
  const at = skip(words, from, spanWords);
  const word = words[at];
  if (word === undefined) return null;
  const [unit, unitAt, count] =
    word.kind === 'number'
      ? [keyAt(words, at + 1), at + 2, word.value]
      : word.key === 'half' && keyAt(words, skip(words, at + 1, new Set(['a']))) === 'year'
        ? ['month', skip(words, at + 1, new Set(['a'])) + 1, 6]
        : [word.key, at + 1, 1];
  if (/^months?$/.test(unit)) return { months: count, to: unitAt };
  if (/^quarters?$/.test(unit)) return { months: count * (monthsIn.quarter ?? 3), to: unitAt };
  if (/^years?$/.test(unit)) return { months: count * 12, to: unitAt };
  return null;
}
