import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSubject, context, posts } from './a-subject.ts';
import { computeReport } from './compute-report.ts';
import { type SignalName, weights } from './reference.ts';
import { type WeightSet, weighSignals, weightSet } from './weights.ts';

const names = Object.keys(weights) as SignalName[];
const points = fc.integer({ min: 0, max: 400 }).map((tenths) => tenths / 10);
const anySet: fc.Arbitrary<WeightSet> = fc
  .dictionary(
    fc.constantFrom(...names),
    fc.record({
      min: points.map((value) => -value + 0),
      max: points,
      unknown: fc.constantFrom('worst' as const, 'nothing' as const),
    }),
  )
  .map((own) => weightSet(3, own));

describe('the points of a workspace', () => {
  it('sums to the score under any set, and says which set it was', () => {
    fc.assert(
      fc.property(anySet, (set) => {
        const report = computeReport(aSubject(), { ...context, weights: set });
        const tenths = report.contributions.reduce((sum, one) => sum + Math.round(10 * one.contribution), 0);
        expect(tenths).toBe(Math.round(10 * (report.score ?? Number.NaN)));
        expect(report.score ?? -1).toBeGreaterThanOrEqual(0);
        expect(report.score ?? 101).toBeLessThanOrEqual(100);
        expect(report.weightsVersion).toBe(3);
      }),
    );
  });

  it('weighs stored findings again to the same points as a new computation', () => {
    fc.assert(
      fc.property(anySet, fc.integer({ min: 0, max: 14 }), (set, count) => {
        const subject = aSubject({ posts: posts(count) });
        const stored = weighSignals(computeReport(subject, context).signals, set);
        const computed = computeReport(subject, { ...context, weights: set }).signals;
        expect(stored).toEqual(computed);
      }),
    );
  });

  it('leaves the findings of a set as they are when weighed by the same set again', () => {
    fc.assert(
      fc.property(anySet, (set) => {
        const once = weighSignals(computeReport(aSubject(), context).signals, set);
        expect(weighSignals(once, set)).toEqual(once);
      }),
    );
  });
});
