import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGoal } from './read-goal.ts';

const frame = { currency: 'USD', endsOn: '2026-06-30', today: '2026-05-01' };
const read = (text: string) => readGoal(text, frame);

describe('reading a goal out of words', () => {
  it('makes "+30 %" a target only with the figure it starts from', () => {
    const grow = (text: string, baseline: number | { amountMinor: string; currency: string } | null) =>
      readGoal(text, { ...frame, baseline });
    expect(grow('mentions +30 % in three months', null)).toMatchObject({
      metric: 'posts_live',
      target: null,
      missing: ['baseline'],
      change: 0.3,
    });
    expect(grow('mentions +30 % in three months', 40)).toMatchObject({ target: 52, missing: [], dueOn: '2026-07-30' });
    expect(grow('revenue up by 12.5% by 2026-06-15', { amountMinor: '1000001', currency: 'USD' }).target).toEqual({
      amountMinor: '1125001',
      currency: 'USD',
    });
    expect(grow('20 percent more clicks by 1 July 2026', 999)).toMatchObject({ metric: 'clicks', target: 1199 });
    expect(grow('engagement rate of 3.4 % by 1 July 2026', 0.02)).toMatchObject({ target: 0.034, change: null });
  });

  it('reads metric, target and date of goals that can be measured', () => {
    expect(read('5,000 landing-page visits by 31 May')).toMatchObject({
      metric: 'visitors',
      target: 5000,
      dueOn: '2026-05-31',
      missing: [],
    });
    expect(read('10,000 USD revenue through codes by 2026-06-15')).toMatchObject({
      metric: 'revenue',
      target: { amountMinor: '1000000', currency: 'USD' },
      dueOn: '2026-06-15',
      missing: [],
    });
    expect(read('50 user photos within 2 months')).toMatchObject({
      metric: 'assets',
      target: 50,
      dueOn: '2026-06-30',
      missing: [],
    });
    expect(read('CPA under $11 by June 10')).toMatchObject({
      metric: 'cpa',
      target: { amountMinor: '1100', currency: 'USD' },
      dueOn: '2026-06-10',
      missing: [],
    });
    expect(read('engagement rate of 3.4 % by 1 July 2026')).toMatchObject({
      metric: 'engagement_rate',
      target: 0.034,
      dueOn: '2026-07-01',
      missing: [],
    });
    expect(read('reach 600k people by 31.12')).toMatchObject({ metric: 'reach', target: 600_000 });
    expect(read('$12,000 in sales by 3 June')).toMatchObject({ metric: 'revenue', target: { amountMinor: '1200000' } });
  });

  it('names what a vague wish lacks and proposes, without inventing a number', () => {
    const wish = read('more awareness');
    expect(wish).toMatchObject({ metric: null, target: null, dueOn: null, missing: ['metric', 'target', 'dueOn'] });
    expect(wish.choices).toEqual(['reach', 'impressions', 'views']);
    expect(wish.proposal).toContain('…');
    expect(wish.proposal).toContain('2026-06-30');
    expect(read('sell more')).toMatchObject({ metric: null, missing: ['metric', 'target', 'dueOn'] });
    expect(read('more orders')).toMatchObject({ metric: 'orders', missing: ['target', 'dueOn'] });
    expect(read('mentions +30 % in three months')).toMatchObject({
      metric: 'posts_live',
      target: null,
      missing: ['baseline'],
    });
  });

  it('takes a day without a year as the next one to come, and refuses days that do not exist', () => {
    expect(read('5 posts by 3 February').dueOn).toBe('2027-02-03');
    expect(read('5 posts by 31 June').dueOn).toBeNull();
    expect(read('5 posts by 2026-02-30').dueOn).toBeNull();
  });

  it('reads any text without failing and never gives a target below or at zero', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 120 }), (text) => {
        const { target, missing } = read(text);
        if (target === null) expect(missing).toContain('target');
        else expect(typeof target === 'object' ? BigInt(target.amountMinor) >= 0n : target > 0).toBe(true);
      }),
    );
  });
});
