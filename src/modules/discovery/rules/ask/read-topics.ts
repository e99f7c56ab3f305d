import { fieldNames, genderWords, idleWords, joiners, peopleNouns, platformWords } from './lexicon.ts';
import { listAt, valueAt } from './read-known.ts';
import { filterStep, keyAt, notOf, phraseAt, type Reader, skip } from './reading.ts';

/** "on TikTok or Instagram", "youtubers". */
export const readPlatform: Reader = ({ words, at, isNot }) => {
  const found = listAt(at, words, (from) => {
    const start = skip(words, from, new Set(['on']));
    const platform = platformWords[keyAt(words, start)];
    return platform === undefined ? null : { values: [platform], to: start + 1 };
  });
  return found === null
    ? null
    : filterStep(found.to, { field: 'platform', op: 'in', values: found.values, ...notOf(isNot) });
};

/** "micro influencers", "nano or micro", "mid-tier". A size is one only where nothing else can be meant by the word. */
export const readTier: Reader = ({ words, at, known, isNot }) => {
  const byKey = new Map(known.tiers.map((tier) => [tier.toLowerCase(), tier]));
  let isMarked = false;
  const found = listAt(at, words, (from) => {
    const key = keyAt(words, from);
    const bare = key.replace(/-(tier|sized?|influencers?|creators?)$/, '');
    const tier = byKey.get(bare);
    if (tier === undefined) return null;
    const after = keyAt(words, from + 1);
    const hasNoun = peopleNouns.has(after) || after === 'tier' || after === 'tiers';
    if (hasNoun || bare !== key) isMarked = true;
    return { values: [tier], to: hasNoun ? from + 2 : from + 1 };
  });
  if (found === null) return null;
  const next = words[found.to];
  const endsHere =
    next === undefined ||
    next.kind === 'sign' ||
    joiners.has(next.key) ||
    idleWords.has(next.key) ||
    next.kind === 'number';
  if (!isMarked && !endsHere && found.values.length === 1 && !isKnownTopic(words, found.to, known)) return null;
  return filterStep(found.to, { field: 'tier', op: 'in', values: found.values, ...notOf(isNot) });
};

function isKnownTopic(
  words: Parameters<Reader>[0]['words'],
  at: number,
  known: Parameters<Reader>[0]['known'],
): boolean {
  return valueAt(words, at, [...known.niches, ...known.categories], { byStem: true }) !== null;
}

/** A niche, or a category when no niche has the name: "bakers", "beauty or fitness". */
export const readNiche: Reader = ({ words, at, known, isNot }) => {
  if (phraseAt(words, at, fieldNames) !== null || idleWords.has(keyAt(words, at))) return null;
  for (const [field, values] of [
    ['niche', known.niches],
    ['category', known.categories],
  ] as const) {
    const found = listAt(at, words, (from) => {
      const value = valueAt(words, from, values, { byStem: true });
      return value === null ? null : { values: [value.value], to: value.to };
    });
    if (found === null) continue;
    const isBoth = found.values.length > 1 && words.slice(at, found.to).some((word) => word.key === 'and');
    const remark =
      isBoth && !isNot
        ? { remark: `“and” between ${field === 'niche' ? 'niches' : 'categories'} is read as one or the other.` }
        : {};
    const to = peopleNouns.has(keyAt(words, found.to)) ? found.to + 1 : found.to;
    return filterStep(to, { field, op: 'in', values: found.values, ...notOf(isNot) }, remark);
  }
  return null;
};

/** Values of the smaller sets, each known to the index: kinds of account, tags after "tagged", formats. */
export const readSmallSets: Reader = ({ words, at, known, isNot }) => {
  const type = valueAt(words, at, known.accountTypes);
  if (type !== null && ['account', 'accounts', 'profile', 'profiles'].includes(keyAt(words, type.to)))
    return filterStep(type.to + 1, { field: 'accountType', op: 'in', values: [type.value], ...notOf(isNot) });
  if (keyAt(words, at) === 'tagged') {
    const start = skip(words, at + 1, new Set(['as', 'with']));
    const found = listAt(start, words, (from) => {
      const value = valueAt(words, from, known.tags);
      return value === null ? null : { values: [value.value], to: value.to };
    });
    if (found !== null) return filterStep(found.to, { field: 'tag', op: 'in', values: found.values, ...notOf(isNot) });
    return { to: start, unclear: 'No creator here has a tag of that name.' };
  }
  return null;
};

/** "female creators", "women": only as they say of themselves. */
export const readGender: Reader = ({ words, at, known, isNot }) => {
  const gender = genderWords[keyAt(words, at)];
  if (gender === undefined) return null;
  const to = peopleNouns.has(keyAt(words, at + 1)) ? at + 2 : at + 1;
  const value = known.genders.find((one) => one.toLowerCase() === gender);
  if (value === undefined) return { to, unclear: 'No creator here has said their gender, and it is never guessed.' };
  return filterStep(
    to,
    { field: 'declaredGender', op: 'in', values: [value], ...notOf(isNot) },
    { remark: 'Gender only as they say themselves.' },
  );
};

/** "#slowmorning", "mentioning @oatly". */
export const readTag: Reader = ({ words, at, isNot }) => {
  const word = words[at];
  if (word?.kind === 'tag') {
    const found = listAt(at, words, (from) =>
      words[from]?.kind === 'tag' ? { values: [words[from]?.text ?? ''], to: from + 1 } : null,
    );
    return found === null
      ? null
      : filterStep(found.to, { field: 'hashtag', op: 'in', values: found.values, ...notOf(isNot) });
  }
  if (!/^(mention|mentions|mentioning|mentioned|tag|tags|tagging)$/.test(keyAt(words, at))) return null;
  const found = listAt(at + 1, words, (from) =>
    words[from]?.kind === 'handle' ? { values: [words[from]?.text ?? ''], to: from + 1 } : null,
  );
  return found === null
    ? null
    : filterStep(found.to, { field: 'mention', op: 'in', values: found.values, ...notOf(isNot) });
};
