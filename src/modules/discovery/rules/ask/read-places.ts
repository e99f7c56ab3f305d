import { peopleNouns, placePrepositions, platformWords } from './lexicon.ts';
import { countriesNeedingPreposition, countryWords, demonyms, isAlsoLanguage } from './place-names.ts';
import { readBounds } from './read-bounds.ts';
import { listAt, nearestAt, valueAt } from './read-known.ts';
import { type Draft, filterStep, follows, keyAt, notOf, type Place, type Reader, type Step, skip } from './reading.ts';

const wordsOfCountryMax = 4;
const kmPerMile = 1.609344;
const nearKm = 50;

interface Spot {
  values: string[];
  to: number;
  remark?: string;
}

/** A country by its English name or what people say for it. `isSure`: after a preposition, where a name can be nothing else. */
export function countryAt(place: Pick<Place, 'words' | 'known'>, at: number, isSure: boolean): Spot | null {
  const { words, known } = place;
  for (let count = Math.min(wordsOfCountryMax, words.length - at); count > 0; count -= 1) {
    const part = words.slice(at, at + count);
    if (part.some((word) => word.kind !== 'word')) continue;
    const said = part.map((word) => word.key).join(' ');
    if (!isSure && countriesNeedingPreposition.has(said)) continue;
    const own = countryWords[said] ?? countryWords[said.replace(/^the /, '')];
    if (own !== undefined)
      return {
        values: [...own],
        to: at + count,
        ...(own.length > 1 ? { remark: `“${said}” is read as ${own.join(', ')}.` } : {}),
      };
    const code =
      said.length > 2 ? (known.countries.get(said) ?? known.countries.get(said.replace(/^the /, ''))) : undefined;
    if (code !== undefined) return { values: [code], to: at + count };
    // Two capitals after "in" or "from" are a code: "in DE".
    const text = part[0]?.text ?? '';
    const short =
      isSure && count === 1 && /^[A-Z]{2}$/.test(text) ? known.countries.get(text.toLowerCase()) : undefined;
    if (short !== undefined) return { values: [short], to: at + 1 };
    if (count === 1 && text === 'US') return { values: ['US'], to: at + 1 };
  }
  return null;
}

/** "in Germany", "from Leipzig or Halle", "based in the UK", "in Leipzg". */
export const readPlace: Reader = (place) => {
  const { words, at } = place;
  const start = skip(words, skip(words, at, placePrepositions), new Set(['the', 'either']));
  const isSure =
    start > at && ['in', 'from', 'at', 'within'].some((word) => words.slice(at, start).some((one) => one.key === word));
  for (const field of ['country', 'city'] as const) {
    const found = field === 'country' ? countryList(place, start, isSure) : cityList(place, start, isSure);
    if (found === null) continue;
    const missed = isSure ? missedAfter(place, found.to) : {};
    const filter = { field, op: 'in' as const, values: found.values, ...notOf(place.isNot) };
    return filterStep(missed.missed?.to ?? found.to, filter, { ...said(found.remarks), ...missed });
  }
  if (!isSure) return null;
  return nearMiss(place, start);
};

function said(remarks: readonly string[]): { remark?: string } {
  return remarks.length === 0 ? {} : { remark: remarks.join(' ') };
}

/** "Leipzig or Halle", where nobody is in Halle: said, not searched as a word. */
function missedAfter({ words, known }: Place, at: number): Pick<Draft, 'missed'> {
  const word = words[at + 1];
  if (!['or', '/', ','].includes(keyAt(words, at)) || word?.kind !== 'word' || !/^\p{Lu}\p{Ll}/u.test(word.text))
    return {};
  const isOther =
    demonyms[word.key] !== undefined ||
    platformWords[word.key] !== undefined ||
    valueAt(words, at + 1, [...known.niches, ...known.categories, ...known.tiers], { byStem: true }) !== null;
  if (isOther) return {};
  return { missed: { from: at + 1, to: at + 2, message: `No creator here is in a place called “${word.text}”.` } };
}

function countryList(place: Place, at: number, isSure: boolean) {
  return listAt(at, place.words, (from) => countryAt(place, skip(place.words, from, new Set(['in', 'from'])), isSure));
}

function cityList(place: Place, at: number, isSure: boolean) {
  const one = (from: number): Spot | null => {
    const start = skip(place.words, from, new Set(['in', 'from']));
    const isNamed = isSure || /^\p{Lu}/u.test(place.words[start]?.text ?? '');
    const city = isNamed ? valueAt(place.words, start, place.known.cities) : null;
    return city === null ? null : { values: [city.value], to: city.to };
  };
  return listAt(at, place.words, one);
}

/** A name that is nearly one, or a name nobody here has: said. */
function nearMiss(place: Place, at: number): Step | null {
  const { words, known } = place;
  const word = words[at];
  if (word?.kind !== 'word') return null;
  const country = nearestAt(
    words,
    at,
    [...known.countries.keys()].filter((name) => name.length > 3),
  );
  const code = country === null ? undefined : known.countries.get(country.value);
  if (country !== null && code !== undefined)
    return filterStep(
      country.to,
      { field: 'country', op: 'in', values: [code], ...notOf(place.isNot) },
      said([country.remark ?? '']),
    );
  const city = nearestAt(words, at, known.cities);
  if (city !== null) {
    const more = listAt(city.to, words, () => null);
    return filterStep(
      more?.to ?? city.to,
      { field: 'city', op: 'in', values: [city.value], ...notOf(place.isNot) },
      said([city.remark ?? '']),
    );
  }
  const isName = /^\p{Lu}/u.test(word.text) && at > 0;
  return isName ? { to: at + 1, unclear: `No creator here is in a place called “${word.text}”.` } : null;
}

/** "within 50 km of Leipzig", "near Leipzig", "30 miles around Cork". */
export const readNear: Reader = ({ words, at, isNot }) => {
  const isPosted = follows(words, at, ['posted']) ?? follows(words, at, ['posting']);
  const field = isPosted === null ? 'home' : 'postPlace';
  const start = skip(
    words,
    isPosted ?? at,
    new Set(['based', 'living', 'located', 'within', 'in', 'a', 'radius', 'of', 'up', 'to']),
  );
  const bounds = readBounds(words, start);
  const unit = bounds === null ? '' : keyAt(words, bounds.to);
  const isMiles = /^(mi|mile|miles)$/.test(unit);
  if (bounds !== null && (isMiles || /^(km|kms|kilometers|kilometres|kilometer|kilometre)$/.test(unit))) {
    const from = skip(words, bounds.to + 1, new Set(['of', 'around', 'from', 'near', 'the', 'radius']));
    const place = townAt(words, from);
    const typed = bounds.high ?? bounds.low ?? nearKm;
    const km = isMiles ? Math.round(typed * kmPerMile * 10) / 10 : typed;
    if (place === null) return { to: bounds.to + 1, unclear: 'It does not say of which town.' };
    return filterStep(place.to, { field, op: 'near', place: place.name, km, ...notOf(isNot) });
  }
  const marker =
    follows(words, start, ['close', 'to']) ??
    (['near', 'around', 'nearby'].includes(keyAt(words, start)) ? start + 1 : null);
  const place = marker === null ? null : townAt(words, marker);
  if (place === null || !/^\p{Lu}/u.test(place.name)) return null;
  return filterStep(
    place.to,
    { field, op: 'near', place: place.name, km: nearKm, ...notOf(isNot) },
    { remark: `“${words[start]?.text}” is read as within ${nearKm} km.` },
  );
};

/** A town's name: what is quoted, or words with a capital, or one word. */
function townAt(words: Place['words'], at: number): { name: string; to: number } | null {
  const first = words[at];
  if (first?.kind === 'quoted') return { name: first.text, to: at + 1 };
  if (first?.kind !== 'word') return null;
  let to = at + 1;
  while (
    to < words.length &&
    words[to]?.kind === 'word' &&
    /^\p{Lu}/u.test(first.text) &&
    /^\p{Lu}/u.test(words[to]?.text ?? '')
  )
    to += 1;
  return {
    name: words
      .slice(at, to)
      .map((word) => word.text)
      .join(' '),
    to,
  };
}

/** "German creators", "Irish or British bakers": where somebody is from. */
export const readPeople: Reader = ({ words, at, isNot }) => {
  const found = listAt(at, words, (from) => {
    const code = demonyms[keyAt(words, from)];
    return code === undefined ? null : { values: [code], to: from + 1 };
  });
  if (found === null) return null;
  const name = words[at]?.text ?? '';
  const isUnclear = isAlsoLanguage.has(keyAt(words, at));
  const remark = isUnclear
    ? { remark: `“${name}” is read as where they are. For the language write “speak ${name}”.` }
    : {};
  const to = peopleNouns.has(keyAt(words, found.to)) ? found.to + 1 : found.to;
  return filterStep(to, { field: 'country', op: 'in', values: found.values, ...notOf(isNot) }, remark);
};

const speaking = new Set([
  'speak',
  'speaks',
  'speaking',
  'spoken',
  'language',
  'languages',
  'writes',
  'write',
  'posts',
  'posting',
  'post',
  'content',
]);

export function languageAt(place: Pick<Place, 'words' | 'known'>, at: number): Spot | null {
  const word = place.words[at];
  const code = word?.kind === 'word' && word.key.length > 2 ? place.known.languages.get(word.key) : undefined;
  return code === undefined ? null : { values: [code], to: at + 1 };
}

/** "who speak German", "German-speaking", "in German", "posts in French or Dutch". */
export const readLanguage: Reader = (place) => {
  const { words, at, known, isNot } = place;
  const compound = /^(\p{L}+)-(speaking|language|speakers?)$/u.exec(keyAt(words, at))?.[1];
  const ofCompound = compound === undefined ? undefined : known.languages.get(compound);
  if (ofCompound !== undefined)
    return filterStep(at + 1, { field: 'language', op: 'in', values: [ofCompound], ...notOf(isNot) });
  const own = languageAt(place, at);
  if (own !== null && ['speaking', 'speakers', 'speaker', 'language'].includes(keyAt(words, own.to)))
    return filterStep(own.to + 1, { field: 'language', op: 'in', values: own.values, ...notOf(isNot) });
  const verb = speaking.has(keyAt(words, at)) ? at + 1 : at;
  const isIn = keyAt(words, verb) === 'in';
  if (verb === at && !isIn) return null;
  if (['posts', 'posting', 'post', 'content', 'write', 'writes'].includes(keyAt(words, at)) && !isIn) return null;
  const start = skip(words, verb, new Set(['in', ':', 'is', 'only']));
  const found = listAt(start, words, (from) => languageAt(place, from));
  return found === null
    ? null
    : filterStep(found.to, { field: 'language', op: 'in', values: found.values, ...notOf(isNot) });
};
