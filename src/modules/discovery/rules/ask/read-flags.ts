import { dealWords, flagPhrases, negations, relationPhrases, rivalWords } from './lexicon.ts';
import { listAt, valueAt } from './read-known.ts';
import { filterStep, follows, keyAt, type Place, phraseAt, type Reader, type Step, skip } from './reading.ts';
import { sortPhrases } from './sort-words.ts';

/** "verified", "has e-mail", "no sponsored posts". */
export const readFlag: Reader = ({ words, at, isNot }) => {
  const found = phraseAt(words, at, flagPhrases);
  if (found === null) return null;
  const { field, value } = found.phrase;
  return filterStep(found.to, { field, op: 'is', value: value !== isNot });
};

/** "never contacted", "worked with us". */
export const readRelation: Reader = ({ words, at, isNot }) => {
  const found = phraseAt(words, skip(words, at, new Set(['been', 'yet'])), relationPhrases);
  if (found === null) return null;
  const field = `fact.${found.phrase.fact}`;
  return filterStep(found.to, isNot ? { field, op: 'known', value: false } : { field, op: 'is', value: true });
};

const listPrepositions = new Set(['in', 'on', 'from', 'of', 'my', 'our', 'your', 'the', 'any', 'a', 'already']);

/** "not in my lists", "on the list Autumn bakers". */
export const readList: Reader = ({ words, at, known, isNot }) => {
  if (!['in', 'on', 'from', 'already'].includes(keyAt(words, at))) return null;
  const start = skip(words, at, listPrepositions);
  const isAny = words.slice(at, start).some((word) => ['any', 'my', 'our'].includes(word.key));
  const key = keyAt(words, start);
  if (key === 'lists' || (key === 'list' && isAny && namedList(words, start + 1, known) === null)) {
    if (known.lists.length === 0)
      return { to: start + 1, unclear: 'There is no list yet, so nobody is left out by it.' };
    const values = known.lists.map((list) => list.id);
    return filterStep(start + 1, { field: 'list', op: 'in', values, ...(isNot ? { not: true } : {}) });
  }
  const named = key === 'list' ? namedList(words, start + 1, known) : namedList(words, start, known);
  if (named === null) {
    if (key !== 'list') return null;
    return { to: start + 1, unclear: 'No open list has that name.' };
  }
  const to = ['list', 'shortlist'].includes(keyAt(words, named.to)) ? named.to + 1 : named.to;
  return filterStep(to, { field: 'list', op: 'in', values: [named.id], ...(isNot ? { not: true } : {}) });
};

function namedList(words: Place['words'], at: number, known: Place['known']): { id: string; to: number } | null {
  const names = known.lists.map((list) => list.name);
  const found = valueAt(words, at, names);
  const list = known.lists.find((one) => one.name === found?.value);
  return found === null || list === undefined ? null : { id: list.id, to: found.to };
}

/** "no competitor deals", "no rival oat brand", "no deals with Oatly", "sponsored by Oatly". */
export const readSponsor: Reader = (place) => {
  const { words, at } = place;
  if (rivalWords.has(keyAt(words, at))) return rivals(place);
  const by = follows(words, at, ['sponsored', 'by']) ?? follows(words, at, ['paid', 'by']) ?? afterDeal(words, at);
  if (by === null) return null;
  const isRival = rivalWords.has(keyAt(words, skip(words, by, new Set(['a', 'any', 'the']))));
  if (isRival) return rivals({ ...place, at: skip(words, by, new Set(['a', 'any', 'the'])) });
  const named = listAt(by, words, (from) => {
    const sponsor = valueAt(words, from, place.known.sponsors);
    return sponsor === null ? null : { values: [sponsor.value], to: sponsor.to };
  });
  if (named === null)
    return { to: by, unclear: 'No creator here has a paid post of a brand of that name, so it is not asked for.' };
  return filterStep(named.to, {
    field: 'sponsor',
    op: 'in',
    values: named.values,
    ...(place.isNot ? { not: true } : {}),
  });
};

function afterDeal(words: Place['words'], at: number): number | null {
  const isDeal = [
    'deal',
    'deals',
    'partnership',
    'partnerships',
    'collabs',
    'collaborations',
    'sponsorships',
    'ads',
  ].includes(keyAt(words, at));
  return isDeal && ['with', 'for'].includes(keyAt(words, at + 1)) ? at + 2 : null;
}

function rivals({ words, at, known, isNot }: Place): Step {
  let to = at + 1;
  const end = Math.min(words.length, at + 4);
  // "rival oat brand": up to two words between the rival and what it does.
  for (let i = at + 1; i < end; i += 1) if (dealWords.has(keyAt(words, i))) to = i + 1;
  const named = valueAt(words, to, known.sponsors);
  if (named !== null)
    return filterStep(named.to, { field: 'sponsor', op: 'in', values: [named.value], ...(isNot ? { not: true } : {}) });
  to = skip(words, to, dealWords);
  const values = known.rivals.filter((brand) =>
    known.sponsors.some((sponsor) => sponsor.toLowerCase() === brand.toLowerCase()),
  );
  if (known.rivals.length === 0)
    return { to, unclear: 'Which brands are rivals is not known. Name them: “no deals with” and the brand.' };
  if (values.length === 0) return { to, unclear: 'No creator here has a paid post of a brand you named as a rival.' };
  return filterStep(to, { field: 'sponsor', op: 'in', values, ...(isNot ? { not: true } : {}) });
}

/** "largest first", "sorted by engagement". */
export const readSort: Reader = ({ words, at }) => {
  const found = phraseAt(words, at, sortPhrases);
  if (found === null) return null;
  const { field, direction } = found.phrase;
  return { to: found.to, draft: { filters: [], sort: { field, direction } } };
};

/** "median": all averages are read as medians. */
export const readCalculation: Reader = ({ words, at }) =>
  keyAt(words, at) === 'medians' || follows(words, at, ['by', 'median']) !== null
    ? { to: at + (keyAt(words, at) === 'medians' ? 1 : 2), draft: { filters: [], calculation: 'median' } }
    : null;

const likeness: readonly { words: string[]; what: 'similarTo' | 'audienceLike' }[] = [
  { words: ['audience', 'like', 'that', 'of'], what: 'audienceLike' },
  { words: ['audience', 'similar', 'to'], what: 'audienceLike' },
  { words: ['audience', 'like'], what: 'audienceLike' },
  { words: ['similar', 'to'], what: 'similarTo' },
  { words: ['lookalikes', 'of'], what: 'similarTo' },
  { words: ['look-alikes', 'of'], what: 'similarTo' },
  { words: ['lookalike', 'of'], what: 'similarTo' },
  { words: ['like'], what: 'similarTo' },
];

/** "similar to @nell", "audience like @nell". */
export const readLikeness: Reader = ({ words, at, known }) => {
  const found = phraseAt(words, at, likeness);
  const word = found === null ? undefined : words[found.to];
  if (found === null || word?.kind !== 'handle') return null;
  const id = known.personOfHandle.get(word.key);
  if (id === undefined) return { to: found.to + 1, unclear: `No creator here has the handle @${word.text}.` };
  return { to: found.to + 1, draft: { filters: [], [found.phrase.what]: id } };
};

export function isNegation(words: Place['words'], at: number): boolean {
  return negations.has(keyAt(words, at));
}
