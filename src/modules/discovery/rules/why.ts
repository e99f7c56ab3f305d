import type { Filter, Hit, Reason } from '../api.ts';
import { fieldOf } from './field-kind.ts';
import type { Segment, Vocabulary } from './segment.ts';
import { wordsByZone } from './text-builder.ts';
import type { CompiledText } from './text-match.ts';
import { placesOf } from './text-places.ts';

const dayMs = 86_400_000;
const reasonsShown = 4;

/** Which term and which filter matched where, for one hit, and the same in one line. */
export function whyMatched(
  hit: Omit<Hit, 'why'>,
  asked: {
    segment: Segment;
    person: number;
    text: CompiledText | null;
    filters: readonly Filter[];
    vocabulary: Vocabulary;
    nowMs: number;
  },
): Hit['why'] {
  const reasons: Reason[] = [];
  const phrases: string[] = [];
  const terms = asked.text?.all ?? [];
  const words = terms.length === 0 ? [] : wordsByZone(asked.segment.text, asked.person);
  for (const compiled of terms) {
    const places = placesOf(words, compiled, asked.vocabulary.terms);
    for (const place of places) {
      reasons.push({
        kind: 'text',
        what: compiled.term.source,
        where: place.zone,
        value: place.word ?? compiled.term.words.join(' '),
        count: place.count,
        of: place.of,
      });
    }
    const said = sayPlaces(places, compiled.term.words.join(' '));
    if (said !== null) phrases.push(said);
  }
  for (const filter of asked.filters) {
    const value = sayFilter(filter, hit, asked.nowMs);
    if (value === null) continue;
    reasons.push({ kind: 'filter', what: filter.field, where: filter.field, value, count: null, of: null });
    phrases.push(value);
  }
  const shown = phrases.slice(0, reasonsShown);
  if (phrases.length > shown.length) shown.push(`${phrases.length - shown.length} more`);
  return { line: shown.length > 0 ? shown.join(' · ') : sayItself(hit), reasons };
}

function sayPlaces(places: ReturnType<typeof placesOf>, words: string): string | null {
  const captions = places.find((place) => place.zone === 'captions');
  const first = places[0];
  if (first === undefined) return null;
  const parts: string[] = [];
  const spot = places.find((place) => place.zone !== 'captions');
  if (spot !== undefined)
    parts.push(
      `in ${spot.zone === 'hashtags' || spot.zone === 'mentions' ? `${spot.count} ${spot.zone}` : `the ${spot.zone}`}`,
    );
  if (captions !== undefined) parts.push(`in ${captions.count} of ${captions.of} captions`);
  return `“${first.word ?? words}” ${parts.join(' and ')}`;
}

/** What of the hit satisfies the filter, in words; null when the list or id itself is all there is to say. */
function sayFilter(filter: Filter, hit: Omit<Hit, 'why'>, nowMs: number): string | null {
  const field = fieldOf(filter.field);
  if (field === null || filter.field === 'creator') return null;
  const label = field.label.toLowerCase();
  if (filter.op === 'known') return `${label} ${filter.value ? 'known' : 'not known'}`;
  if (filter.op === 'in') return sayValues(filter, hit, label);
  if (filter.field.startsWith('fact.')) return `${label} ${factText(hit.facts[filter.field.slice(5)])}`;
  if (filter.op === 'is')
    return filter.value === (filter.not !== true)
      ? flagWords(filter.field, true, label)
      : flagWords(filter.field, false, label);
  if (filter.field === 'lastPost') return sayPosted(hit.profile?.lastPostAt ?? null, nowMs);
  return sayNumber(filter.field, hit, label);
}

function sayValues(filter: Extract<Filter, { op: 'in' }>, hit: Omit<Hit, 'why'>, label: string): string | null {
  if (filter.field === 'list') return filter.not === true ? 'not on the lists named' : 'on a list named';
  const wanted = new Set(filter.values.map((value) => value.toLowerCase()));
  const own = valuesOf(filter.field, hit);
  if (filter.not === true) return `not ${sayCodes(filter.field, filter.values.slice(0, 2)).join(' or ')}`;
  const met = sayCodes(
    filter.field,
    own.filter((value) => wanted.has(value.toLowerCase())),
  );
  if (met.length === 0) return `${label} ${filter.values.slice(0, 2).join(', ')}`;
  return speakingFields.has(filter.field) ? met.join(', ') : `${label} ${met.join(', ')}`;
}

const names = {
  country: new Intl.DisplayNames('en', { type: 'region', fallback: 'code' }),
  language: new Intl.DisplayNames('en', { type: 'language', fallback: 'code' }),
};

/** Countries and languages by name; other values as they are. */
function sayCodes(field: string, values: readonly string[]): string[] {
  if (field !== 'country' && field !== 'language') return [...values];
  return values.map((value) => (/^[a-z]{2}$/i.test(value) ? sayCode(field, value) : value));
}

/** Names told before: asking the platform takes longer than all else that is said of a hit. There are fewer than 1,400 codes, in two ways to write them. */
const said = { country: new Map<string, string>(), language: new Map<string, string>() };

function sayCode(field: 'country' | 'language', value: string): string {
  let name = said[field].get(value);
  if (name === undefined) {
    name = names[field].of(field === 'country' ? value.toUpperCase() : value.toLowerCase()) ?? value;
    said[field].set(value, name);
  }
  return name;
}

/** Fields whose values say by themselves what they are. */
const speakingFields = new Set(['niche', 'platform', 'city', 'tier', 'country', 'language', 'region']);

function valuesOf(field: string, hit: Omit<Hit, 'why'>): string[] {
  const some = (value: string | null | undefined) => (value === null || value === undefined ? [] : [value]);
  switch (field) {
    case 'platform':
      return some(hit.profile?.platform);
    case 'tier':
      return some(hit.profile?.tier);
    case 'category':
      return some(hit.profile?.category);
    case 'accountType':
      return some(hit.profile?.accountType);
    case 'niche':
      return hit.niches;
    case 'language':
      return hit.languages;
    case 'tag':
      return hit.tags;
    case 'country':
    case 'region':
    case 'city':
      return some(hit[field]);
    default:
      return [];
  }
}

function sayNumber(field: string, hit: Omit<Hit, 'why'>, label: string): string | null {
  const growth = /^growth([1-6])m$/.exec(field);
  if (growth !== null) {
    const value = hit.profile?.growth[Number(growth[1]) - 1] ?? null;
    return value === null
      ? null
      : `followers ${value >= 0 ? '+' : '−'}${percent(Math.abs(value))} in ${growth[1]} ${growth[1] === '1' ? 'month' : 'months'}`;
  }
  const figures: Record<string, number | null | undefined> = {
    followers: hit.profile?.followers,
    following: hit.profile?.following,
    posts: hit.profile?.posts,
    avgLikes: hit.profile?.avgLikes,
    avgComments: hit.profile?.avgComments,
    avgViews: hit.profile?.avgViews,
  };
  if (field === 'engagementRate')
    return hit.profile?.engagementRate == null ? null : `${percent(hit.profile.engagementRate)} engagement`;
  const value = figures[field];
  return value === null || value === undefined ? null : `${compact(value)} ${label}`;
}

const sizes = ['', 'k', 'M', 'B', 'T'];

/** A count in short, such as 12.3k; the formatter of the platform takes longer than finding the creator. */
function compact(value: number): string {
  let size = 0;
  let rounded = Math.round(value * 10) / 10;
  while (Math.abs(rounded) >= 1000 && size < sizes.length - 1) {
    size += 1;
    rounded = Math.round((value / 1000 ** size) * 10) / 10;
  }
  return `${rounded}${sizes[size]}`;
}

function flagWords(field: string, isSo: boolean, label: string): string {
  if (field === 'hasEmail') return isSo ? 'has an e-mail address' : 'no e-mail address';
  return isSo ? label : `not ${label}`;
}

function sayPosted(at: string | null, nowMs: number): string | null {
  if (at === null) return null;
  const days = Math.max(0, Math.floor((nowMs - Date.parse(at)) / dayMs));
  return days === 0 ? 'posted today' : `posted ${days} ${days === 1 ? 'day' : 'days'} ago`;
}

function factText(fact: unknown): string {
  return typeof fact === 'object' && fact !== null && 'value' in fact ? String(fact.value) : String(fact);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share >= 0.1 ? 0 : 1)} %`;
}

/** Without a question, what the creator is known for. */
function sayItself(hit: Omit<Hit, 'why'>): string {
  const bio = hit.profile?.bio?.split(/\s+/).join(' ').trim() ?? '';
  if (bio !== '') return bio.length > 140 ? `${[...bio].slice(0, 139).join('')}…` : bio;
  return [...hit.niches, ...(hit.profile?.category ? [hit.profile.category] : []), ...(hit.city ? [hit.city] : [])]
    .filter((value, index, all) => all.indexOf(value) === index)
    .join(', ');
}
