import type { Filter } from '../../api.ts';
import { ageBuckets, audienceFields, audienceNouns, followerNouns, genderWords, mostly } from './lexicon.ts';
import { demonyms } from './place-names.ts';
import { type Bounds, readBounds } from './read-bounds.ts';
import { listAt, valueAt } from './read-known.ts';
import { countryAt, languageAt } from './read-places.ts';
import { filterStep, follows, keyAt, notOf, type Place, type Reader, type Step, skip } from './reading.ts';
import { exact } from './words.ts';

const ofThe = new Set(['of', 'the', 'their', 'its', 'whose', 'an', 'a']);
const into = new Set([
  'in',
  'from',
  'is',
  'are',
  'based',
  'living',
  'being',
  'comes',
  'come',
  ':',
  'aged',
  'interested',
  'that',
  'who',
  'speaks',
  'speak',
  'speaking',
  'the',
  'at',
]);
const mostlyShare = 0.5;

interface Values {
  field: string;
  values: string[];
  to: number;
}

/** "mostly Ireland and the Netherlands", "at least 40 % of the audience in Germany", "Irish audience", "audience 60 % women". */
export const readAudience: Reader = (place) => {
  const { words, at } = place;
  if (isAudience(words, at)) return afterNoun(place, at + 1);
  return shareFirst(place) ?? nounLast(place);
};

function isAudience(words: Place['words'], at: number): boolean {
  return audienceNouns.has(keyAt(words, at));
}

/** "audience in Ireland at least 40 %", "audience mostly women", "audience at least 30 % in Germany". */
function afterNoun(place: Place, from: number): Step | null {
  const { words } = place;
  const lead = leadOf(words, skip(words, from, new Set(['is', 'are', ':', 'that', 'of', 'with'])));
  const values = valuesAt(place, skip(words, lead.to, into));
  if (values === null) {
    const isReal = keyAt(words, skip(words, lead.to, into)) === 'real';
    if (isReal && lead.min !== undefined)
      return filterStep(skip(words, lead.to, into) + 1, {
        field: 'audienceCredibility',
        op: 'gte',
        value: lead.min,
        ...notOf(place.isNot),
      });
    const unknown = words[skip(words, lead.to, into)];
    return {
      to: Math.min(words.length, skip(words, lead.to, into) + (unknown?.kind === 'word' ? 1 : 0)),
      unclear:
        'It does not say what the audience should be: a country, an age, women or men, a language or an interest.',
    };
  }
  const trail = lead.min === undefined ? trailOf(words, values.to) : null;
  return shareStep(place, values, { min: lead.min ?? trail?.min, remark: lead.remark, to: trail?.to ?? values.to });
}

/** "40 % of the followers from Ireland", "mostly Ireland and the Netherlands", "mostly women as followers". */
function shareFirst(place: Place): Step | null {
  const { words, at } = place;
  const lead = leadOf(words, at);
  if (lead.min === undefined) return null;
  const start = skip(words, lead.to, ofThe);
  const isNamed = isAudience(words, start) || followerNouns.has(keyAt(words, start));
  const values = valuesAt(place, skip(words, isNamed ? start + 1 : start, into));
  if (values === null) return null;
  const after = isAudience(words, values.to) || followerNouns.has(keyAt(words, values.to)) ? values.to + 1 : values.to;
  const isSure = isNamed || after > values.to;
  if (!isSure && !mostly.has(keyAt(words, at))) return null;
  if (!isSure && values.field === audienceFields.language) return null;
  const guess = isSure ? '' : ' It is read as the audience’s.';
  return shareStep(place, values, {
    min: lead.min,
    remark: `${lead.remark ?? ''}${guess}`.trim() || undefined,
    to: after,
  });
}

/** "Irish audience", "female followers", "audience aged 18-24" without the noun first. */
function nounLast(place: Place): Step | null {
  const { words, at } = place;
  const values = valuesAt(place, at);
  if (values === null) return null;
  const isNoun =
    isAudience(words, values.to) || (followerNouns.has(keyAt(words, values.to)) && values.field !== audienceFields.age);
  if (!isNoun) return null;
  const trail = trailOf(words, values.to + 1);
  return shareStep(place, values, { min: trail?.min, remark: undefined, to: trail?.to ?? values.to + 1 });
}

function shareStep(
  place: Place,
  values: Values,
  how: { min: number | undefined; remark: string | undefined; to: number },
): Step {
  const filter: Filter = {
    field: values.field,
    op: 'share',
    values: values.values,
    ...(how.min === undefined ? {} : { min: how.min }),
    ...notOf(place.isNot),
  };
  return filterStep(how.to, filter, how.remark === undefined ? {} : { remark: how.remark });
}

function leadOf(words: Place['words'], at: number): { min?: number; remark?: string; to: number } {
  if (mostly.has(keyAt(words, at)))
    return { min: mostlyShare, remark: `“${keyAt(words, at)}” is read as at least half.`, to: at + 1 };
  const majority =
    follows(words, at, ['a', 'majority', 'of']) ??
    follows(words, at, ['majority', 'of']) ??
    follows(words, at, ['half', 'of']);
  if (majority !== null) return { min: mostlyShare, to: majority };
  const bounds = readBounds(words, at);
  return bounds === null || !bounds.isPercent ? { to: at } : { ...minOf(bounds), to: bounds.to };
}

function trailOf(words: Place['words'], at: number): { min: number; to: number } | null {
  const start = skip(words, at, new Set([',', '(', 'with', 'by', ':', 'of']));
  const bounds = readBounds(words, start);
  if (bounds === null || !bounds.isPercent || bounds.low === undefined) return null;
  const to = keyAt(words, bounds.to) === ')' ? bounds.to + 1 : bounds.to;
  return { min: exact(bounds.low / 100), to };
}

/** A share is a least one: "under 20 %" is the other way round and not asked for here. */
function minOf(bounds: Bounds): { min?: number; remark?: string } {
  if (bounds.low === undefined) return {};
  return { min: exact(bounds.low / 100) };
}

function valuesAt(place: Place, at: number): Values | null {
  const { words, known } = place;
  const countries = listAt(at, words, (from) => {
    const start = skip(words, from, new Set(['in', 'from', 'the']));
    const code = demonyms[keyAt(words, start)];
    if (code !== undefined && !['speaking', 'speakers'].includes(keyAt(words, start + 1)))
      return { values: [code], to: start + 1 };
    return countryAt(place, start, true);
  });
  if (countries !== null) return { field: audienceFields.country, ...countries };
  const genders = listAt(at, words, (from) => {
    const gender = genderWords[keyAt(words, from)];
    return gender === undefined ? null : { values: [gender], to: from + 1 };
  });
  if (genders !== null) return { field: audienceFields.gender, ...genders };
  const ages = agesAt(words, at);
  if (ages !== null) return ages;
  const spoken = /^(\p{L}+)-speaking$/u.exec(keyAt(words, at))?.[1];
  const code = spoken === undefined ? undefined : known.languages.get(spoken);
  if (code !== undefined) return { field: audienceFields.language, values: [code], to: at + 1 };
  const language = languageAt(place, at);
  if (language !== null) {
    const to = ['speaking', 'speakers'].includes(keyAt(words, language.to)) ? language.to + 1 : language.to;
    return { field: audienceFields.language, values: language.values, to };
  }
  const interest = valueAt(words, keyAt(words, at) === 'in' ? at + 1 : at, known.interests);
  return interest === null ? null : { field: audienceFields.interest, values: [interest.value], to: interest.to };
}

/** "18-24", "18 to 34", "25+": only spans that the buckets add up to. */
function agesAt(words: Place['words'], at: number): Values | null {
  const bounds = readBounds(words, at);
  if (bounds === null || bounds.isPercent || bounds.low === undefined || bounds.low < 13) return null;
  const high = bounds.high === bounds.low ? undefined : (bounds.high ?? Number.POSITIVE_INFINITY);
  if (high === undefined) return null;
  const inside = ageBuckets.filter((bucket) => bucket.from >= (bounds.low ?? 0) && bucket.to <= high);
  const [first, last] = [inside[0], inside.at(-1)];
  if (first === undefined || last === undefined || first.from !== bounds.low || last.to !== high) return null;
  const to = ['years', 'old', 'year'].includes(keyAt(words, bounds.to))
    ? skip(words, bounds.to, new Set(['years', 'old', 'year', 'olds']))
    : bounds.to;
  return { field: audienceFields.age, values: inside.map((bucket) => bucket.bucket), to };
}
