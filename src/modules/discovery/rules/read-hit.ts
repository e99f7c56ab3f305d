import type { Platform } from '#kernel/platform.ts';
import type { Hit, Tier } from '../api.ts';
import { type ProfileRecord, readDisplay } from './display-record.ts';
import type { DisplayStore } from './display-store.ts';
import { numberAt as numberIn } from './number-column.ts';
import { stringAt } from './packed-strings.ts';
import { type PeerTable, standingOf, tierAt } from './peers.ts';
import { endRow, firstRow, hasProfile, personIdAt, type Segment, type Vocabulary } from './segment.ts';
import type { SetColumn } from './set-column.ts';

export interface HitWorld {
  vocabulary: Vocabulary;
  tiers: readonly Tier[];
  lists: ReadonlyMap<string, ReadonlySet<string>>;
  peers: PeerTable;
  display: DisplayStore;
}

/** Reads a person and the row that matched back from the columns. */
export function readHit(segment: Segment, at: { person: number; row: number }, world: HitWorld): Omit<Hit, 'why'> {
  const { person, row } = at;
  const personId = personIdAt(segment, person);
  const set = (field: string) => valuesAt(segment.sets.get(field), row, { field, vocabulary: world.vocabulary });
  const display = readDisplay(world.display.read(segment.display[person] ?? 0));
  const start = firstRow(segment, person);
  const shownOf = (at: number) => display?.profiles[at - start] ?? null;
  const profile = hasProfile(segment, row) ? readProfile(segment, row, { world, shown: shownOf(row) }) : null;
  const rows = Array.from({ length: endRow(segment, person) - start }, (_, index) => start + index);
  return {
    personId,
    name: stringAt(segment.names, person),
    profile,
    otherProfiles: rows
      .filter((other) => other !== row && hasProfile(segment, other))
      .map((other) => ({
        profileId: shownOf(other)?.profileId ?? '',
        platform: platformAt(segment, other, world.vocabulary),
        handle: stringAt(segment.handles, other) ?? '',
        followers: numberAt(segment, 'followers', other),
      })),
    country: set('country')[0] ?? null,
    region: set('region')[0] ?? null,
    city: set('city')[0] ?? null,
    languages: set('language'),
    niches: set('niche'),
    tags: set('tag'),
    ownerId: set('owner')[0] ?? null,
    hasEmail: segment.flags.get('hasEmail')?.[row] === 1,
    facts: display?.facts ?? {},
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

function readProfile(
  segment: Segment,
  row: number,
  { world, shown }: { world: HitWorld; shown: ProfileRecord | null },
): NonNullable<Hit['profile']> {
  const number = (field: string) => numberAt(segment, field, row);
  const one = (field: string) =>
    valuesAt(segment.sets.get(field), row, { field, vocabulary: world.vocabulary })[0] ?? null;
  const followers = number('followers');
  const lastPost = number('lastPost');
  return {
    profileId: shown?.profileId ?? '',
    platform: platformAt(segment, row, world.vocabulary),
    handle: stringAt(segment.handles, row) ?? '',
    url: shown?.url ?? null,
    displayName: shown?.displayName ?? null,
    bio: shown?.bio ?? null,
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
    provenance: shown?.provenance ?? {},
  };
}

function platformAt(segment: Segment, row: number, vocabulary: Vocabulary): Platform {
  // Only platforms of the kernel's list are put into this column.
  return (valuesAt(segment.sets.get('platform'), row, { field: 'platform', vocabulary })[0] ?? 'blog') as Platform;
}

function valuesAt(
  column: SetColumn | undefined,
  at: number,
  where: { field: string; vocabulary: Vocabulary },
): string[] {
  const dictionary = where.vocabulary.sets.get(where.field);
  if (column === undefined || dictionary === undefined) return [];
  const { starts, codes } = column;
  if (starts === null) return (codes[at] ?? 0) === 0 ? [] : [dictionary.valueOf(codes[at] ?? 0)];
  const values: string[] = [];
  for (let i = starts[at] ?? 0; i < (starts[at + 1] ?? 0); i += 1) values.push(dictionary.valueOf(codes[i] ?? 0));
  return values;
}

function numberAt(segment: Segment, field: string, row: number): number | null {
  const column = segment.numbers.get(field);
  const value = column === undefined ? Number.NaN : numberIn(column, row);
  return Number.isNaN(value) ? null : value;
}

function flagAt(segment: Segment, field: string, row: number): boolean | null {
  const value = segment.flags.get(field)?.[row] ?? 2;
  return value === 2 ? null : value === 1;
}
