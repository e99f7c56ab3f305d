import type { Filter, Tier } from '../api.ts';
import { fieldOf } from './field-kind.ts';
import type { Vocabulary } from './segment.ts';

const dayMs = 86_400_000;

/** One test of one field, ready for the columns. Bounds are [low, high] with open ends said apart. */
export type Test =
  | { kind: 'codes'; allowed: Uint8Array; not: boolean }
  | { kind: 'bounds'; low: number; high: number; isLowOpen: boolean; isHighOpen: boolean; not: boolean }
  | { kind: 'tiers'; tiers: { min: number; max: number }[]; not: boolean }
  | { kind: 'members'; personIds: readonly string[]; not: boolean }
  | { kind: 'flag'; value: boolean; not: boolean }
  | { kind: 'known'; value: boolean };

/** All tests of one field; they share a bit, so that the field's own facet can look past it. */
export interface FieldTests {
  field: string;
  bit: number;
  level: 'person' | 'profile';
  isComplete: boolean;
  tests: Test[];
}

export interface FilterWorld {
  vocabulary: Vocabulary;
  tiers: readonly Tier[];
  /** Members by list id. */
  lists: ReadonlyMap<string, ReadonlySet<string>>;
  nowMs: number;
}

/** Bit of the text among the bits of fields. */
export const textBit = 1;
export const fieldBitsMax = 29;

export function compileFilters(filters: readonly Filter[], world: FilterWorld): FieldTests[] {
  const byField = new Map<string, FieldTests>();
  for (const filter of filters) {
    const field = fieldOf(filter.field);
    if (field === null) continue;
    let group = byField.get(filter.field);
    if (group === undefined) {
      group = {
        field: filter.field,
        bit: 2 << byField.size,
        level: field.level,
        isComplete: field.isComplete === true,
        tests: [],
      };
      byField.set(filter.field, group);
    }
    group.tests.push(compileFilter(filter, world));
  }
  return [...byField.values()];
}

function compileFilter(filter: Filter, world: FilterWorld): Test {
  switch (filter.op) {
    case 'in':
      return compileIn(filter.field, { values: filter.values, not: filter.not === true }, world);
    case 'range':
      return bounds({ low: filter.min, high: filter.max, not: filter.not });
    case 'gt':
    case 'gte':
      return bounds({ low: filter.value, isLowOpen: filter.op === 'gt', not: filter.not });
    case 'lt':
    case 'lte':
      return bounds({ high: filter.value, isHighOpen: filter.op === 'lt', not: filter.not });
    case 'within':
      return bounds({ low: world.nowMs - filter.days * dayMs, not: filter.not });
    case 'is':
      return { kind: 'flag', value: filter.value, not: filter.not === true };
    case 'known':
      return { kind: 'known', value: filter.value };
    case 'share':
    case 'price':
    case 'near':
      // A column nobody has: the value is unknown of everybody.
      return bounds({ not: filter.not });
  }
}

function compileIn(field: string, asked: { values: readonly string[]; not: boolean }, world: FilterWorld): Test {
  const { values, not } = asked;
  if (field === 'creator') return { kind: 'members', personIds: values, not };
  if (field === 'list') {
    const members = new Set<string>();
    for (const value of values) for (const id of world.lists.get(value) ?? []) members.add(id);
    return { kind: 'members', personIds: [...members], not };
  }
  if (field === 'tier') {
    const wanted = new Set(values.map((value) => value.toLowerCase()));
    const tiers = world.tiers.filter((tier) => wanted.has(tier.name.toLowerCase()));
    return {
      kind: 'tiers',
      tiers: tiers.map((tier) => ({ min: tier.followersMin, max: tier.followersMax ?? Number.POSITIVE_INFINITY })),
      not,
    };
  }
  const dictionary = world.vocabulary.sets.get(field);
  const allowed = new Uint8Array(dictionary?.size ?? 1);
  for (const value of values) {
    const code = dictionary?.codeOf(value) ?? 0;
    if (code > 0) allowed[code] = 1;
  }
  return { kind: 'codes', allowed, not };
}

function bounds(given: {
  low?: number | undefined;
  high?: number | undefined;
  isLowOpen?: boolean;
  isHighOpen?: boolean;
  not?: boolean | undefined;
}): Test {
  return {
    kind: 'bounds',
    low: given.low ?? Number.NEGATIVE_INFINITY,
    high: given.high ?? Number.POSITIVE_INFINITY,
    isLowOpen: given.isLowOpen === true,
    isHighOpen: given.isHighOpen === true,
    not: given.not === true,
  };
}
