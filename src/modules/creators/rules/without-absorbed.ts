import { mergePerson, type PersonState, personSetNames } from './creator-state.ts';
import { compact, type Stamps, stampOf } from './merge-fields.ts';

/**
 * What a person is without what one merge brought: fields that still stand as the merge left them go back to what they were (or to what other
 * persons that stay merged say), entries of lists that only this merge brought go; everything said since stays.
 */
export function withoutAbsorbed(
  current: PersonState,
  merge: { before: PersonState; after: PersonState; others: PersonState[] },
): PersonState {
  const base = merge.others.reduce(mergePerson, merge.before);
  const values: PersonState['fields']['values'] = {};
  const stamps: Stamps = {};
  for (const field of new Set([...Object.keys(current.fields.values), ...Object.keys(base.fields.values)])) {
    const isAsMerged = same(current, merge.after, field);
    const from = isAsMerged ? base : current;
    values[field] = from.fields.values[field] ?? null;
    const stamp = stampOf(from.fields.stamps, field);
    if (values[field] !== null && stamp !== null) stamps[field] = stamp;
  }
  const sets = Object.fromEntries(
    personSetNames.map((name) => {
      const brought = new Set(merge.after.sets[name].filter((value) => !base.sets[name].includes(value)));
      return [name, current.sets[name].filter((value) => !brought.has(value))];
    }),
  ) as PersonState['sets'];
  return { fields: { values, stamps: compact(stamps) }, sets };
}

function same(a: PersonState, b: PersonState, field: string): boolean {
  const left = JSON.stringify([a.fields.values[field] ?? null, stampOf(a.fields.stamps, field)]);
  return left === JSON.stringify([b.fields.values[field] ?? null, stampOf(b.fields.stamps, field)]);
}
