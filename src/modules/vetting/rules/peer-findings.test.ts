import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSubject, context } from './a-subject.ts';
import { computeReport } from './compute-report.ts';
import { findingsOf, rescore } from './findings.ts';
import { placeAmong } from './peer-findings.ts';
import { median, percentileOf, sortAscending } from './statistics.ts';
import { defaultVerdictRules } from './verdict-rules.ts';
import { defaultWeights } from './weights.ts';

const found = (values: number[], own?: number) => ({
  values: new Map([['cadence', sortAscending(values)]]),
  ownBefore: (name: string) => (name === 'cadence' ? own : undefined),
});

describe('the place among vetted peers', () => {
  it('is that among the others, whatever the own report said before', () => {
    const values = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 20, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }), (others, own, now) => {
        const place = placeAmong(found([...others, own], own), 'cadence', now);
        const sorted = sortAscending(others);

        expect(place?.n).toBe(others.length);
        expect(place?.median).toBe(median(sorted));
        expect(place?.percentile).toBeCloseTo(percentileOf(sorted, now) ?? -1, 9);
      }),
    );
  });

  it('is not known with fewer than 20 others, nor for a name nobody knows', () => {
    const others = Array.from({ length: 20 }, (_, at) => at);

    expect(placeAmong(found(others, 3), 'cadence', 4)).toBeNull();
    expect(placeAmong(found(others), 'cadence', 4)).toMatchObject({ n: 20, median: 9.5 });
    expect(placeAmong(found(others), 'recency', 4)).toBeNull();
    expect(placeAmong(undefined, 'cadence', 4)).toBeNull();
  });

  it('stands beside every known signal, moves no points, and leaves measured peers their word', () => {
    const subject = aSubject();
    const alone = computeReport(subject, context);
    const names = alone.signals.map((signal) => signal.name);
    const values = new Map(names.map((name) => [name, Array.from({ length: 41 }, (_, at) => at / 10)]));
    const beside = computeReport(
      { ...subject, peers: { ...subject.peers, found: { values, ownBefore: () => undefined } } },
      context,
    );

    expect(beside.score).toBe(alone.score);
    expect(beside.contributions).toEqual(alone.contributions);
    for (const signal of beside.signals) {
      if (signal.state === 'known')
        expect(signal).toMatchObject({ peers: { n: 41, median: 2 }, percentile: expect.any(Number) });
      else expect(signal.peers).toBeUndefined();
    }
    const level = (of: typeof alone) => of.signals.find((signal) => signal.name === 'engagement_level')?.percentile;
    expect(level(beside)).toBe(level(alone));
    expect(rescore(findingsOf(beside), defaultWeights, defaultVerdictRules).score).toBe(alone.score);
  });
});
