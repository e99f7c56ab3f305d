import type { Platform } from '#kernel/platform.ts';
import type { CreatorRow, ProfileRow } from '../api.ts';
import { type FieldValue, mergeFields, mergeSets, type Stamp, type Stamped, sameValues } from './merge-fields.ts';
import { parseHandle } from './parse-handle.ts';

export const personFieldNames = [
  'name',
  'country',
  'region',
  'city',
  'website',
  'gender',
  'age',
  'isOpenToGifting',
  'contactType',
] as const;
export const personSetNames = ['languages', 'emails', 'phones', 'niches', 'tags', 'interests', 'contacts'] as const;
export const identityNames = [
  'handle',
  'externalId',
  'url',
  'displayName',
  'bio',
  'website',
  'category',
  'accountType',
  'isPrivate',
  'isVerified',
  'isOfficialArtist',
] as const;
export const figureNames = [
  'followers',
  'following',
  'postCount',
  'avgLikes',
  'avgComments',
  'avgViews',
  'avgShares',
  'avgSaves',
  'engagementRate',
  'lastPostAt',
  'audience',
] as const;

type Fields = Record<string, FieldValue>;

/** What is known of a person; custom fields stand among the fields as `custom.<name>`. */
export interface PersonState {
  fields: Stamped<Fields>;
  sets: Record<(typeof personSetNames)[number], string[]>;
}

export interface ProfileState {
  identity: Stamped<Fields>;
  figures: Stamped<Fields>;
}

/** A row whose handles are read: what the writer works on. */
export interface ReadyRow {
  /** Number of the row in its file, or its place in the batch, from 1. */
  row: number;
  key: string | null;
  person: PersonState;
  profiles: {
    platform: Platform;
    handleKey: string;
    state: ProfileState;
    history: NonNullable<ProfileRow['history']>;
    prices: NonNullable<ProfileRow['prices']>;
  }[];
}

export interface RowProblem {
  row: number;
  field: string;
  message: string;
}

/** Turns a row into states stamped with its source; a handle that is none, or one account twice, is a problem of that row. */
export function readyRow(row: CreatorRow, from: { row: number; stamp: Stamp }): ReadyRow | RowProblem {
  const profiles: ReadyRow['profiles'] = [];
  // One record for all: a batch holds thousands of rows, and no merge changes what it is given.
  const stamps = { '*': from.stamp };
  for (const profile of row.profiles) {
    const parsed = parseHandle(profile.handle, profile.platform);
    if (!parsed.ok) return { row: from.row, field: 'handle', message: parsed.message };
    const { platform, handle, key, url } = parsed.value;
    if (profiles.some((other) => other.platform === platform && other.handleKey === key)) continue;
    const identity = pick(profile, identityNames);
    identity.handle = handle;
    identity.url ??= url;
    const state = { identity: { values: identity, stamps }, figures: { values: pick(profile, figureNames), stamps } };
    profiles.push({ platform, handleKey: key, state, history: profile.history ?? [], prices: profile.prices ?? [] });
  }
  const fields = pick(row, personFieldNames);
  fields.name ??= row.profiles.find((profile) => profile.displayName)?.displayName ?? null;
  for (const [custom, value] of Object.entries(row.custom ?? {})) fields[`custom.${custom}`] = value;
  const sets: PersonState['sets'] = {
    languages: cleanSet(row.languages),
    emails: cleanSet(row.emails),
    phones: cleanSet(row.phones),
    niches: cleanSet(row.niches),
    tags: cleanSet(row.tags),
    interests: cleanSet(row.interests),
    contacts: cleanSet(row.contacts),
  };
  return { row: from.row, key: row.key ?? null, person: { fields: { values: fields, stamps }, sets }, profiles };
}

function cleanSet(values: readonly string[] | null | undefined): string[] {
  return values === null || values === undefined || values.length === 0 ? [] : mergeSets([...values], []);
}

function pick(from: Record<string, unknown>, names: readonly string[]): Fields {
  const fields: Fields = {};
  for (const name of names) {
    const value = from[name];
    if (value === undefined || value === null || value === '') fields[name] = null;
    else fields[name] = value as FieldValue;
  }
  return fields;
}

export function mergePerson(a: PersonState, b: PersonState): PersonState {
  const sets = Object.fromEntries(
    personSetNames.map((set) => [set, mergeSets(a.sets[set] ?? [], b.sets[set] ?? [])]),
  ) as PersonState['sets'];
  return { fields: mergeFields(a.fields, b.fields, { handWins: true }), sets };
}

export function mergeProfile(a: ProfileState, b: ProfileState): ProfileState {
  return {
    identity: mergeFields(a.identity, b.identity, { handWins: true }),
    figures: mergeFields(a.figures, b.figures, { handWins: false }),
  };
}

export function samePerson(a: PersonState, b: PersonState): boolean {
  return (
    sameValues(a.fields.values, b.fields.values) &&
    personSetNames.every(
      (set) => a.sets[set].length === b.sets[set].length && a.sets[set].every((value, at) => value === b.sets[set][at]),
    )
  );
}

export function sameProfile(a: ProfileState, b: ProfileState): boolean {
  return sameValues(a.identity.values, b.identity.values) && sameValues(a.figures.values, b.figures.values);
}
