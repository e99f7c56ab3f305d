import type { Platform } from '#kernel/platform.ts';
import type { Hit, Tier } from '../api.ts';
import { stringAt } from './packed-strings.ts';
import { type PeerTable, standingOf, tierAt } from './peers.ts';
import { hasProfile, personIdAt, type Segment, type SetColumn, type Vocabulary } from './segment.ts';

export interface HitWorld {
  vocabulary: Vocabulary;
  tiers: readonly Tier[];
  lists: ReadonlyMap<string, ReadonlySet<string>>;
  peers: PeerTable;
}

/** Reads a person and the row that matched back from the columns. */
export function readHit(segment: Segment, at: { person: number; row: number }, world: HitWorld): Omit<Hit, 'why'> {
  const { person, row } = at;
  const personId = personIdAt(segment, person);
  const set = (field: string) =>
    valuesAt(segment.personSets.get(field), person, { field, vocabulary: world.vocabulary });
  const profile = hasProfile(segment, row) ? readProfile(segment, row, world) : null;
  const rows = Array.from(
    { length: (segment.rowStarts[person + 1] ?? 0) - (segment.rowStarts[person] ?? 0) },
    (_, index) => (segment.rowStarts[person] ?? 0) + index,
  );
  const facts = stringAt(segment.facts, person);
  return {
    personId,
    name: stringAt(segment.names, person),
    profile,
    otherProfiles: rows
      .filter((other) => other !== row && hasProfile(segment, other))
      .map((other) => ({
        profileId: stringAt(segment.strings.profileIds, other) ?? '',
        platform: platformAt(segment, other, world.vocabulary),
        handle: stringAt(segment.strings.handles, other) ?? '',
        followers: numberAt(segment, 'followers', other),
      })),
    country: set('country')[0] ?? null,
    region: set('region')[0] ?? null,
    city: set('city')[0] ?? null,
    languages: set('language'),
    niches: set('niche'),
    tags: set('tag'),
    ownerId: set('owner')[0] ?? null,
    hasEmail: segment.personFlags.get('hasEmail')?.[person] === 1,
    // The index wrote this text itself, from an object.
    facts: facts === null ? {} : (JSON.parse(facts) as Record<string, unknown>),
    lists: [...world.lists].filter(([, members]) => members.has(personId)).map(([id]) => id),
    peers:
      profile === null
        ? null
        : standingOf(
            world.peers,
            { platform: profile.platform, followers: profile.followers, rate: profile.engagementRate },
            world.vocabulary,
          ),
  };
}

function readProfile(segment: Segment, row: number, world: HitWorld): NonNullable<Hit['profile']> {
  const number = (field: string) => numberAt(segment, field, row);
  const one = (field: string) =>
    valuesAt(segment.rowSets.get(field), row, { field, vocabulary: world.vocabulary })[0] ?? null;
  const followers = number('followers');
  const lastPost = number('lastPost');
  const { strings } = segment;
  return {
    profileId: stringAt(strings.profileIds, row) ?? '',
    platform: platformAt(segment, row, world.vocabulary),
    handle: stringAt(strings.handles, row) ?? '',
    url: stringAt(strings.urls, row),
    displayName: stringAt(strings.displayNames, row),
    bio: stringAt(strings.bios, row),
    category: one('category'),
    accountType: one('accountType'),
    verified: flagAt(segment, 'verified', row),
    private: flagAt(segment, 'private', row),
    tier: world.tiers[tierAt(world.tiers, followers)]?.name ?? null,
    followers,
    following: number('following'),
    posts: number('posts'),
    engagementRate: number('engagementRate'),
    avgLikes: number('avgLikes'),
    avgComments: number('avgComments'),
    avgViews: number('avgViews'),
    growth: [1, 2, 3, 4, 5, 6].map((month) => number(`growth${month}m`)),
    lastPostAt: lastPost === null ? null : new Date(lastPost).toISOString(),
    // The index wrote this text itself, from a profile's provenance.
    provenance: JSON.parse(world.vocabulary.provenance.valueOf(segment.provenance[row] ?? 0) || '{}') as NonNullable<
      Hit['profile']
    >['provenance'],
  };
}

function platformAt(segment: Segment, row: number, vocabulary: Vocabulary): Platform {
  // Only platforms of the kernel's list are put into this column.
  return (valuesAt(segment.rowSets.get('platform'), row, { field: 'platform', vocabulary })[0] ?? 'blog') as Platform;
}

function valuesAt(
  column: SetColumn | undefined,
  at: number,
  where: { field: string; vocabulary: Vocabulary },
): string[] {
  const dictionary = where.vocabulary.sets.get(where.field);
  if (column === undefined || dictionary === undefined) return [];
  return [...column.codes.subarray(column.starts[at], column.starts[at + 1])].map((code) => dictionary.valueOf(code));
}

function numberAt(segment: Segment, field: string, row: number): number | null {
  const value = segment.rowNumbers.get(field)?.[row] ?? Number.NaN;
  return Number.isNaN(value) ? null : value;
}

function flagAt(segment: Segment, field: string, row: number): boolean | null {
  const value = segment.rowFlags.get(field)?.[row] ?? 2;
  return value === 2 ? null : value === 1;
}
