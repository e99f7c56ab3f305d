import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { platforms } from '#kernel/platform.ts';
import { type AdviceFacts, advise, type PlatformCounts } from './advise.ts';

const none: PlatformCounts = { n: 0, per: new Map() };
const facts = (more: Partial<AdviceFacts>): AdviceFacts => ({
  family: 'sales',
  goods: null,
  startsOn: '2026-01-01',
  endsOn: '2026-02-01',
  customers: none,
  fitting: null,
  ownRates: [],
  ownModels: [],
  ...more,
});

describe('advice on platform and model', () => {
  it('falls back on rules of thumb and says so, and says what would make it better', () => {
    const advice = advise(facts({ goods: 'explained' }));
    expect(advice.basis).toBe('rules');
    expect(advice.platforms[0]?.pick).toBe('youtube');
    expect(
      advice.platforms.flatMap((one) => one.reasons).every((reason) => reason.kind === 'rule' && reason.n === null),
    ).toBe(true);
    expect(advice.missing.join(' ')).toContain('0 creators are known to be customers');
  });

  it('puts where the customers are before any rule of thumb', () => {
    const customers: PlatformCounts = {
      n: 40,
      per: new Map([
        ['pinterest', 36],
        ['instagram', 4],
      ]),
    };
    const advice = advise(facts({ goods: 'visual', customers }));
    expect(advice.basis).toBe('own');
    expect(advice.platforms.slice(0, 2).map((one) => one.pick)).toEqual(['pinterest', 'instagram']);
    expect(advice.platforms[0]?.reasons[0]).toMatchObject({
      kind: 'own',
      n: 40,
      text: expect.stringContaining('90 %'),
    });
    expect(advise(facts({ customers: { ...customers, n: 19 } })).basis).toBe('rules');
  });

  it('advises bonds only where there is time for them', () => {
    expect(advise(facts({ endsOn: '2026-06-30' })).models[0]?.pick).toBe('ambassadorship');
    expect(advise(facts({})).models[0]?.pick).toBe('sponsored');
    expect(advise(facts({ family: 'content' })).models[0]?.pick).toBe('product_seeding');
  });

  it('is always the sum of its reasons, the best first', () => {
    const counts = fc.array(fc.nat(50), { minLength: 5, maxLength: 5 }).map((numbers): PlatformCounts => {
      return {
        n: numbers.reduce((sum, n) => sum + n, 0),
        per: new Map(platforms.slice(0, 5).map((platform, index) => [platform, numbers[index] ?? 0])),
      };
    });
    fc.assert(
      fc.property(
        counts,
        counts,
        fc.constantFrom('visual', 'explained', 'evergreen', null),
        (customers, all, goods) => {
          const advice = advise(facts({ customers, goods, fitting: { best: all, all } }));
          for (const one of [...advice.platforms, ...advice.models]) {
            expect(one.points).toBeCloseTo(
              one.reasons.reduce((sum, reason) => sum + reason.points, 0),
              6,
            );
          }
          const points = advice.platforms.map((one) => one.points);
          expect(points).toEqual(points.toSorted((a, b) => b - a));
        },
      ),
    );
  });
});
