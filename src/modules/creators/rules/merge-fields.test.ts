import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FieldValue, mergeFields, mergeSets, type Stamped, stampOf } from './merge-fields.ts';

const value = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 5 }), fc.constantFrom('a', 'b'));
const statement = fc
  .record({
    name: value,
    followers: value,
    bio: value,
    at: fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-01'),
    source: fc.constantFrom('a.csv', 'b.csv', 'entered by Ann'),
  })
  .map(
    ({ at, source, ...values }): Stamped<Record<string, FieldValue>> => ({ values, stamps: { '*': { source, at } } }),
  );

/** Values with the stamp that holds for each; how stamps are packed does not matter. */
const shown = ({ values, stamps }: Stamped<Record<string, FieldValue>>) =>
  Object.fromEntries(
    Object.entries(values).map(([field, one]) => [field, one === null ? null : [one, stampOf(stamps, field)]]),
  );

describe('joining statements about one thing', () => {
  for (const handWins of [true, false]) {
    it(`gives the same end for any order, grouping and repetition (${handWins ? 'hand wins' : 'latest wins'})`, () => {
      const join = (list: Stamped<Record<string, FieldValue>>[]) =>
        shown(list.reduce((a, b) => mergeFields(a, b, { handWins })));
      fc.assert(
        fc.property(
          fc
            .array(statement, { minLength: 1, maxLength: 6 })
            .chain((list) =>
              fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }), fc.nat()),
            ),
          ([list, shuffled, cut]) => {
            const whole = join(list);
            expect(join(shuffled)).toEqual(whole);
            expect(join([...list, ...list])).toEqual(whole);
            const at = 1 + (cut % list.length);
            const [left, right] = [list.slice(0, at), list.slice(at)];
            if (right.length === 0) return;
            const parts = [left, right].map((part) => part.reduce((a, b) => mergeFields(a, b, { handWins })));
            expect(join(parts)).toEqual(whole);
          },
        ),
      );
    });
  }

  it('lets the later statement hold, and what is not known change nothing', () => {
    const old = { values: { followers: 10, bio: 'old' }, stamps: { '*': { source: 'a', at: '2026-01-01' } } };
    const late = { values: { followers: 12, bio: null }, stamps: { '*': { source: 'b', at: '2026-02-01' } } };
    const { values, stamps } = mergeFields<Record<string, FieldValue>>(old, late, { handWins: false });
    expect(values).toEqual({ followers: 12, bio: 'old' });
    expect(stampOf(stamps, 'followers')?.source).toBe('b');
    expect(stampOf(stamps, 'bio')?.source).toBe('a');
  });

  it('unites lists without regard to order or case', () => {
    expect(mergeSets(['Food', 'travel'], ['food', 'Pets'])).toEqual(mergeSets(['Pets', 'food'], ['travel', 'Food']));
  });
});
