import { exactValue, foldValue } from '../rules/dictionary.ts';
import { fieldOf } from '../rules/field-kind.ts';
import {
  factValue,
  type IndexedCreator,
  type IndexedProfile,
  personFlags,
  personNumbers,
  personSets,
  profileFlags,
  profileNumbers,
  profileSets,
  profileShares,
} from '../rules/indexed-creator.ts';
import { columnOf } from './columns.ts';
import { orderKey, storable } from './order-key.ts';
import { wordsOfCreator } from './words-of-creator.ts';

type Row = Record<string, unknown>;

/** Rows of the search tables for some creators, ready to be written as JSON. */
export interface DocumentRows {
  persons: Row[];
  profiles: Row[];
  texts: Row[];
  /** First spelling by folded value, by field. */
  values: Map<string, Map<string, string>>;
  words: Set<string>;
  facts: { fact: string; kind: 'number' | 'flag' }[];
}

/** The folded value of a field as the tables hold it, in the form that sorts as JavaScript does. */
export function valueKey(field: string, value: string): string {
  return orderKey(field === 'owner' ? exactValue(value) : foldValue(value));
}

/** What the tables keep of creators: the same values, figures and words that the index in memory takes. */
export function documentRows(workspaceId: string, creators: readonly IndexedCreator[]): DocumentRows {
  const rows: DocumentRows = { persons: [], profiles: [], texts: [], values: new Map(), words: new Set(), facts: [] };
  for (const creator of creators) {
    const ids = { workspace_id: workspaceId, person_id: creator.personId };
    rows.persons.push({ ...ids, ...personRow(creator, rows) });
    const profiles = creator.profiles.length === 0 ? [null] : creator.profiles;
    profiles.forEach((profile, place) => {
      rows.profiles.push({ ...ids, place, ...profileRow(profile, rows) });
    });
    const words = wordsOfCreator(creator);
    for (const word of words.masks.keys()) rows.words.add(word);
    rows.texts.push({ ...ids, words: [...words.masks.keys()], masks: [...words.masks.values()], ...words.zones });
  }
  return rows;
}

function personRow(creator: IndexedCreator, rows: DocumentRows): Row {
  const facts = { numbers: newRow(), flags: newRow(), sets: newRow() };
  for (const [name, fact] of Object.entries(creator.facts)) {
    const value = factValue(fact);
    if (value === null) continue;
    if (typeof value === 'number') {
      facts.numbers[storable(name)] = value;
      rows.facts.push({ fact: storable(name), kind: 'number' });
    } else if (typeof value === 'boolean') {
      facts.flags[storable(name)] = value;
      rows.facts.push({ fact: storable(name), kind: 'flag' });
    } else {
      const keys = setKeys(rows, `fact.${name}`, typeof value === 'string' ? [value] : value);
      if (keys !== null && keys.length > 0) facts.sets[storable(name)] = keys;
    }
  }
  return {
    name: nameKey(creator.name),
    ...setRow(personSets(creator), rows),
    ...plainRow(personNumbers(creator)),
    ...plainRow(personFlags(creator)),
    fact_numbers: facts.numbers,
    fact_flags: facts.flags,
    fact_sets: facts.sets,
  };
}

function profileRow(profile: IndexedProfile | null, rows: DocumentRows): Row {
  if (profile === null) return { profile_id: null, handle: null, shares: {} };
  const shares: Record<string, Record<string, number>> = {};
  for (const [field, known] of Object.entries(profileShares(profile))) {
    const own: Record<string, number> = {};
    for (const [value, share] of known) {
      const [key] = setKeys(rows, field, [value]) ?? [];
      if (key === undefined) continue;
      const other = own[key] ?? 0;
      own[key] = fieldOf(field)?.combine === 'largest' ? Math.max(other, share) : other + share;
    }
    if (Object.keys(own).length > 0) shares[field] = own;
  }
  return {
    profile_id: profile.profileId,
    handle: nameKey(profile.handle),
    ...setRow(profileSets(profile), rows),
    ...plainRow(profileNumbers(profile)),
    ...plainRow(profileFlags(profile)),
    shares,
  };
}

/** A name as names are sorted; null where there is none. */
function nameKey(name: string | null): string | null {
  return name === null || name.trim() === '' ? null : orderKey(foldValue(name));
}

function setRow(sets: Record<string, string[]>, rows: DocumentRows): Row {
  const row: Row = {};
  for (const [field, values] of Object.entries(sets)) {
    const column = columnOf(field);
    if (column !== null) row[column.name] = setKeys(rows, field, values);
  }
  return row;
}

/** Folded values in their order, once each; null where nothing is known. */
function setKeys(rows: DocumentRows, field: string, values: readonly string[]): string[] | null {
  const keys = new Set<string>();
  for (const value of values) {
    if (value.trim() === '') continue;
    const key = valueKey(field, value);
    keys.add(key);
    let shown = rows.values.get(field);
    if (shown === undefined) {
      shown = new Map();
      rows.values.set(field, shown);
    }
    if (!shown.has(key)) shown.set(key, storable(value.trim()));
  }
  if (keys.size > 0) return [...keys];
  return fieldOf(field)?.isComplete === true ? [] : null;
}

function plainRow(values: Record<string, number | boolean | null>): Row {
  const row: Row = {};
  for (const [field, value] of Object.entries(values)) {
    const column = columnOf(field);
    if (column !== null) row[column.name] = typeof value === 'number' && Number.isNaN(value) ? null : value;
  }
  return row;
}

/** A row that takes any name, `__proto__` too. */
function newRow(): Row {
  return Object.create(null) as Row;
}
