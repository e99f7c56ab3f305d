import { defaultTiers, distanceKm, type Filter } from '../api.ts';
import { type Asked, dims } from './arbitrary-questions.ts';
import type { IndexedCreator, IndexedProfile } from './indexed-creator.ts';
import { compareKeys } from './sort-keys.ts';
import { tokenise } from './tokens.ts';

type Row = IndexedProfile | null;
type Judgement = 'yes' | 'no' | 'unknown';

const rowsOf = (creator: IndexedCreator): Row[] => (creator.profiles.length === 0 ? [null] : creator.profiles);

function numberOf(creator: IndexedCreator, row: Row, field: string, isMedian: boolean): number | null {
  if (field === 'followers') return row?.followers ?? null;
  if (field === 'audienceCredibility') return row?.audience?.credibility ?? null;
  if (field === 'fact.vetting_score') return (creator.facts.vetting_score as number | undefined) ?? null;
  return (isMedian ? row?.medianEngagementRate : row?.engagementRate) ?? null;
}

function distribution(row: Row, field: string): Record<string, number> | null {
  const given = row?.audience?.distributions[field === 'audience.country' ? 'country' : 'interest'];
  return given === undefined || Object.keys(given).length === 0 ? null : given;
}

/** Ten-thousandths, as they are stored. */
const parts = (value: number | undefined) => Math.round((value ?? 0) * 10_000);

function tierOf(row: Row): string[] {
  const followers = row?.followers ?? null;
  if (followers === null) return [];
  return defaultTiers
    .filter((tier) => followers >= tier.followersMin && followers < (tier.followersMax ?? Number.POSITIVE_INFINITY))
    .map((tier) => tier.name);
}

const textsIn: Record<string, (creator: IndexedCreator) => string[]> = {
  hashtag: (creator) => creator.hashtags,
  mention: (creator) => creator.mentions,
  keyword: (creator) => creator.captions,
};

function holdsInOrder(texts: readonly (string | null)[], wanted: readonly string[]): boolean {
  return texts.some((one) => {
    const tokens = one === null ? [] : tokenise(one);
    return tokens.some((_, at) => wanted.every((word, offset) => tokens[at + offset] === word));
  });
}

/** Values of a set, null when not known; whether the field is known of everybody. */
function setOf(creator: IndexedCreator, row: Row, field: string): string[] | null {
  const open = (values: (string | null | undefined)[]) => {
    const known = values.filter((value) => typeof value === 'string');
    return known.length === 0 ? null : known;
  };
  switch (field) {
    case 'tag':
      return creator.tags;
    case 'niche':
      return open(creator.niches);
    case 'country':
      return open([creator.country]);
    case 'platform':
      return open([row?.platform]);
    case 'home':
      return open([creator.home?.name.toLowerCase()]);
    case 'tier':
      return (row?.followers ?? null) === null ? null : tierOf(row);
    default:
      throw new Error(field);
  }
}

/** Whether a filter holds, its `not` aside; null when it is not known. */
function holds(one: Filter, creator: IndexedCreator, row: Row, isMedian: boolean): boolean | null {
  switch (one.op) {
    case 'in': {
      const texts = textsIn[one.field]?.(creator);
      if (texts !== undefined) {
        if (!texts.some((each) => tokenise(each).length > 0)) return null;
        const phrases = one.values.map(tokenise).filter((each) => each.length > 0);
        return phrases.some((phrase) => holdsInOrder(texts, phrase));
      }
      return setOf(creator, row, one.field)?.some((value) => one.values.includes(value)) ?? null;
    }
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte': {
      const value = numberOf(creator, row, one.field, isMedian);
      if (value === null) return null;
      const compared = {
        gt: value > one.value,
        gte: value >= one.value,
        lt: value < one.value,
        lte: value <= one.value,
      };
      return compared[one.op];
    }
    case 'share': {
      const given = distribution(row, one.field);
      if (given === null) return null;
      const shares = one.values.map((value) => parts(given[value]));
      const isLargest = one.field === 'audience.interest';
      const total = isLargest ? Math.max(...shares) : shares.reduce((sum, value) => sum + value, 0);
      return total >= parts(one.min ?? (isLargest ? 0.3 : 0.2));
    }
    case 'price': {
      const meant = (creator.prices ?? []).filter(
        (each) =>
          each.currency === one.currency &&
          (one.format === undefined || each.format === one.format) &&
          (one.origins ?? ['rate_card', 'creator']).includes(each.origin),
      );
      if (meant.length === 0) return null;
      const [low, high] = [Number(one.minMinor ?? 0), Number(one.maxMinor ?? Number.POSITIVE_INFINITY)];
      return meant.some((each) => each.lowMinor >= low && each.lowMinor <= high);
    }
    case 'near': {
      const { lat = null, lon = null } = creator.home ?? {};
      if (lat === null || lon === null) return null;
      return distanceKm({ lat: one.lat ?? 0, lon: one.lon ?? 0 }, { lat, lon }) <= one.km;
    }
    case 'is': {
      const flags: Record<string, boolean | null | undefined> = {
        suppressed: creator.isSuppressed === true,
        verified: row?.isVerified,
        'fact.open_to_offers': creator.facts.open_to_offers as boolean | undefined,
      };
      const flag = flags[one.field] ?? null;
      return flag === null ? null : flag === one.value;
    }
    case 'known':
      return isKnown(one.field, creator, row, isMedian) === one.value;
    default:
      throw new Error(one.op);
  }
}

function isKnown(field: string, creator: IndexedCreator, row: Row, isMedian: boolean): boolean {
  const texts = textsIn[field]?.(creator);
  if (texts !== undefined) return texts.some((each) => tokenise(each).length > 0);
  if (field === 'audience.country') return distribution(row, field) !== null;
  if (field === 'price') return (creator.prices ?? []).length > 0;
  if (field === 'engagementRate') return numberOf(creator, row, field, isMedian) !== null;
  return setOf(creator, row, field) !== null;
}

function judge(one: Filter, creator: IndexedCreator, row: Row, isMedian: boolean): Judgement {
  const held = holds(one, creator, row, isMedian);
  if (held === null) return 'unknown';
  return held !== ('not' in one && one.not === true) ? 'yes' : 'no';
}

function textHolds(wanted: string | undefined, creator: IndexedCreator): boolean {
  const every = [
    creator.name,
    ...creator.profiles.flatMap((one) => [one.displayName, one.handle, one.bio]),
    ...creator.hashtags,
    ...creator.mentions,
    ...creator.captions,
  ];
  const has = (...row: string[]) => holdsInOrder(every, row);
  if (wanted === undefined) return true;
  if (wanted === '"slow vegan"') return has('slow', 'vegan');
  if (wanted === '🍞 -oat') return has('🍞') && !has('oat');
  if (wanted === 've*') return every.some((one) => one !== null && tokenise(one).some((word) => word.startsWith('ve')));
  return has(wanted);
}

function cosine(a: Int8Array, b: readonly number[]): number {
  const dot = b.reduce((sum, value, at) => sum + value * (a[at] ?? 0), 0);
  const lengths = a.reduce((sum, value) => sum + value * value, 0) * b.reduce((sum, value) => sum + value * value, 0);
  return lengths === 0 ? 0 : dot / Math.sqrt(lengths);
}

function keyOf(one: Asked, creator: IndexedCreator, row: Row): string | number | null {
  const field = one.sort?.field ?? (one.nearTo === null ? 'followers' : 'relevance');
  switch (field) {
    case 'relevance':
      return cosine(creator.vector?.values ?? new Int8Array(dims), one.nearTo ?? []);
    case 'handle':
      return row?.handle.toLowerCase() ?? null;
    case 'home': {
      const home = creator.home ?? null;
      return home === null ? null : `${home.name}|${home.lat ?? ''}|${home.lon ?? ''}`.toLowerCase();
    }
    case 'audience.country': {
      const given = distribution(row, field);
      const meant = one.filters.find((each) => each.op === 'share' && each.field === field && each.not !== true);
      if (given === null || meant?.op !== 'share') return null;
      return meant.values.reduce((sum, value) => sum + parts(given[value]), 0) / 10_000;
    }
    default:
      return numberOf(creator, row, field, one.calculation === 'median');
  }
}

/** The whole answer, from a scan. */
export function scan(creators: readonly IndexedCreator[], one: Asked) {
  const isMedian = one.calculation === 'median';
  const isAsked = (creator: IndexedCreator) =>
    textHolds(one.text, creator) &&
    (one.nearTo === null || (creator.vector ?? null) !== null) &&
    (one.filters.some((each) => each.field === 'suppressed') || creator.isSuppressed !== true);
  const among = creators.filter(isAsked);
  const passing = (creator: IndexedCreator, filters: readonly Filter[]) =>
    rowsOf(creator).filter((row) => filters.every((each) => judge(each, creator, row, isMedian) === 'yes'));
  const hits = among.filter((creator) => passing(creator, one.filters).length > 0);
  const open = (creator: IndexedCreator) =>
    rowsOf(creator).filter((row) => one.filters.every((each) => judge(each, creator, row, isMedian) !== 'no'));
  const left = among.filter((creator) => !hits.includes(creator) && open(creator).length > 0);
  const unknown = Object.fromEntries(
    [...new Set(one.filters.map((each) => each.field))]
      .map((field): [string, number] => {
        const own = one.filters.filter((each) => each.field === field);
        const isLeftBy = (creator: IndexedCreator) =>
          open(creator).some((row) => own.some((each) => judge(each, creator, row, isMedian) === 'unknown'));
        return [field, left.filter(isLeftBy).length];
      })
      .filter(([, count]) => count > 0),
  );
  const direction = one.sort?.direction ?? 'desc';
  const ordered = hits
    .map((creator) => {
      const keys = passing(creator, one.filters).map((row) => keyOf(one, creator, row));
      return { id: creator.personId, key: keys.sort((a, b) => compareKeys(a, b, direction))[0] ?? null };
    })
    .sort((a, b) => compareKeys(a.key, b.key, direction) || (a.id < b.id ? -1 : 1));
  const facetUnknown = (field: string) => {
    const others = one.filters.filter((each) => each.field !== field);
    return among.filter((creator) => {
      const rows = passing(creator, others);
      return rows.length > 0 && rows.every((row) => !isCounted(field, creator, row, isMedian));
    }).length;
  };
  const nicheCounts = () => {
    const others = one.filters.filter((each) => each.field !== 'niche');
    const counts: Record<string, number> = {};
    for (const creator of among)
      if (passing(creator, others).length > 0)
        for (const niche of creator.niches) counts[niche] = (counts[niche] ?? 0) + 1;
    return counts;
  };
  return {
    ids: ordered.map((each) => each.id),
    leftOut: left.length,
    unknown,
    facetUnknown,
    nicheCounts: nicheCounts(),
  };
}

function isCounted(field: string, creator: IndexedCreator, row: Row, isMedian: boolean): boolean {
  if (field === 'fact.open_to_offers') return creator.facts.open_to_offers !== undefined;
  return field === 'suppressed' || isKnown(field, creator, row, isMedian);
}
