import { defaultTiers, type Filter } from '../api.ts';
import { binOf, histogramEdges, lastPostBuckets } from './facet-codes.ts';
import type { IndexedCreator, IndexedProfile } from './indexed-creator.ts';
import { dayMs, lists, nowMs } from './small-world.ts';
import { tokenise } from './tokens.ts';

type Values = { values: (string | number | boolean)[]; isComplete: boolean };

function valuesOf(creator: IndexedCreator, profile: IndexedProfile | null, field: string): Values {
  const some = (value: string | number | boolean | null | undefined) =>
    value === null || value === undefined ? [] : [value];
  const open = (values: (string | number | boolean)[]): Values => ({ values, isComplete: false });
  const whole = (values: (string | number | boolean)[]): Values => ({ values, isComplete: true });
  if (field.startsWith('fact.')) return open(some(creator.facts[field.slice(5)] as number));
  switch (field) {
    case 'creator':
      return whole([creator.personId]);
    case 'list':
      return whole(Object.keys(lists).filter((id) => lists[id]?.includes(creator.personId)));
    case 'tag':
      return whole(creator.tags);
    case 'hasEmail':
      return whole([creator.hasEmail]);
    case 'niche':
      return open(creator.niches);
    case 'country':
      return open(some(creator.country));
    case 'platform':
      return open(some(profile?.platform));
    case 'category':
      return open(some(profile?.category));
    case 'verified':
      return open(some(profile?.isVerified));
    case 'followers':
      return open(some(profile?.followers));
    case 'engagementRate':
      return open(some(profile?.engagementRate));
    case 'lastPost':
      return open(profile?.lastPostAt == null ? [] : [Date.parse(profile.lastPostAt)]);
    case 'tier': {
      const followers = profile?.followers ?? null;
      // A size in no tier is known to be in none.
      return followers === null
        ? open([])
        : {
            values: defaultTiers
              .filter((tier) => followers >= tier.followersMin && followers < (tier.followersMax ?? Infinity))
              .map((tier) => tier.name),
            isComplete: true,
          };
    }
    default:
      throw new Error(field);
  }
}

export function judge(
  filter: Filter,
  creator: IndexedCreator,
  profile: IndexedProfile | null,
): 'yes' | 'no' | 'unknown' {
  const { values, isComplete } = valuesOf(creator, profile, filter.field);
  const isKnown = isComplete || values.length > 0;
  if (filter.op === 'known') return isKnown === filter.value ? 'yes' : 'no';
  if (!isKnown) return 'unknown';
  const holds = (value: string | number | boolean): boolean => {
    switch (filter.op) {
      case 'in':
        return filter.values.includes(String(value));
      case 'range':
        return Number(value) >= (filter.min ?? -Infinity) && Number(value) <= (filter.max ?? Infinity);
      case 'gt':
        return Number(value) > filter.value;
      case 'gte':
        return Number(value) >= filter.value;
      case 'lt':
        return Number(value) < filter.value;
      case 'lte':
        return Number(value) <= filter.value;
      case 'within':
        return Number(value) >= nowMs - filter.days * dayMs;
      case 'is':
        return value === filter.value;
      case 'share':
      case 'price':
      case 'near':
        throw new Error(`${filter.op} is not among the random filters`);
    }
  };
  return values.some(holds) !== (filter.not === true) ? 'yes' : 'no';
}

function textHolds(text: string | undefined, creator: IndexedCreator): boolean {
  if (text === undefined) return true;
  const every = [
    creator.name,
    ...creator.profiles.flatMap((one) => [one.displayName, one.handle, one.bio]),
    ...creator.hashtags,
    ...creator.captions,
  ].flatMap((one) => (one === null ? [] : [tokenise(one)]));
  const has = (word: string) => every.some((tokens) => tokens.includes(word));
  switch (text) {
    case 'oat':
      return has('oat');
    case 'cafe':
      return has('cafe');
    case 'Vegan bread':
      return has('vegan') && has('bread');
    case '"slow morning"':
      return every.some((tokens) => tokens.some((token, at) => token === 'slow' && tokens[at + 1] === 'morning'));
    case 'oat -vegan':
      return has('oat') && !has('vegan');
    case 'br*':
      return every.some((tokens) => tokens.some((token) => token.startsWith('br')));
    case '-run':
      return !has('run');
    case '#oat':
      return creator.hashtags.includes('oat');
    default:
      throw new Error(text);
  }
}

export function naive(
  creators: readonly IndexedCreator[],
  query: { text?: string | undefined; filters: readonly Filter[] },
) {
  const rowsOf = (creator: IndexedCreator) => (creator.profiles.length === 0 ? [null] : creator.profiles);
  const matchingRows = (creator: IndexedCreator, filters: readonly Filter[]) =>
    textHolds(query.text, creator)
      ? rowsOf(creator).filter((row) => filters.every((filter) => judge(filter, creator, row) === 'yes'))
      : [];
  const hits = creators.filter((creator) => matchingRows(creator, query.filters).length > 0);
  const possible = creators.filter(
    (creator) =>
      !hits.includes(creator) &&
      textHolds(query.text, creator) &&
      rowsOf(creator).some((row) => query.filters.every((filter) => judge(filter, creator, row) !== 'no')),
  );
  const facet = (field: string) => {
    const others = query.filters.filter((filter) => filter.field !== field);
    const counts = new Map<string, number>();
    let unknown = 0;
    for (const creator of creators) {
      const rows = matchingRows(creator, others);
      if (rows.length === 0) continue;
      const known = rows.map((row) => valuesOf(creator, row, field));
      if (known.every((one) => one.values.length === 0 && !(field === 'tier' && one.isComplete))) unknown += 1;
      for (const value of new Set(known.flatMap((one) => one.values.map((each) => facetName(field, each)))))
        counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return { counts: Object.fromEntries(counts), unknown: field === 'list' ? 0 : unknown };
  };
  return { hits, possible, matchingRows, facet };
}

function facetName(field: string, value: string | number | boolean): string {
  if (field === 'lastPost')
    return lastPostBuckets.find((bucket) => nowMs - Number(value) <= bucket.days * dayMs)?.name ?? '';
  if (typeof value === 'number') return `bin ${binOf(histogramEdges(field), value)}`;
  return String(value);
}

export function sortKey(creator: IndexedCreator, row: IndexedProfile | null, field: string): string | number | null {
  if (field === 'name') return creator.name === null ? null : creator.name.toLowerCase();
  const { values } = valuesOf(creator, row, field);
  const keys = values.map((value) =>
    typeof value === 'boolean' ? Number(value) : typeof value === 'string' ? value.toLowerCase() : value,
  );
  return keys.sort((a, b) => (a < b ? -1 : 1))[0] ?? null;
}
