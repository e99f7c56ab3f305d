import { describe, expect, it } from 'vitest';
import { aPost, aSubject, context, daysAgo } from '../a-subject.ts';
import type { VettedPost, VettingSubject } from '../subject.ts';
import { judgeGrowth } from './judge-growth.ts';

const weekly = (followers: number[]) =>
  followers.map((value, week) => ({ day: daysAgo(7 * (followers.length - 1 - week)).slice(0, 10), value }));
const steady = Array.from({ length: 20 }, (_, week) => 20_000 + 150 * week);
const withStep = steady.map((value, week) => (week >= 12 ? value + 4000 : value));

const judged = (change: Partial<VettingSubject>, posts: readonly VettedPost[] = []) => {
  const { signals, flags, section } = judgeGrowth(aSubject(change), posts, context);
  const signal = signals.find((one) => one.name === 'follower_growth');
  if (signal === undefined) throw new Error('No signal of growth');
  return { signal, flags, events: section.events, section };
};

describe('follower growth', () => {
  it('finds the one step nobody explains, with its size, days and what stayed', () => {
    const { events, signal, flags } = judged({ followerSeries: weekly(withStep) }, []);

    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ kind: 'jump', change: 4150, stayedShare: 1, explainedBy: null });
    expect(signal.contribution).toBeLessThan(0);
    expect(flags.map((flag) => flag.name)).toEqual(['bought_step']);
  });

  it('takes a post of those days with far more likes than usual as the explanation', () => {
    const stepDay = 7 * 7;
    const viral = aPost(99, { id: 'pst_viral', postedAt: daysAgo(stepDay + 4), likes: 9000 });
    const posts = [...Array.from({ length: 12 }, (_, at) => aPost(at)), viral];

    const { events, signal, flags } = judged({ followerSeries: weekly(withStep) }, posts);

    expect(events[0]?.explainedBy?.id).toBe('pst_viral');
    expect(signal.contribution).toBe(6);
    expect(flags).toEqual([]);
  });

  it('says nothing of a steady climb, a flat line or a fast but even one', () => {
    for (const series of [
      steady,
      steady.map(() => 20_000),
      Array.from({ length: 20 }, (_, week) => Math.round(5000 * 1.05 ** week)),
    ]) {
      expect(judged({ followerSeries: weekly(series) }, []).events).toEqual([]);
    }
  });

  it('sees the drop when the platform takes fakes away', () => {
    const purged = steady.map((value, week) => (week >= 15 ? Math.round(value * 0.8) : value));

    expect(judged({ followerSeries: weekly(purged) }, []).events).toEqual([expect.objectContaining({ kind: 'drop' })]);
  });

  it('does not place a step between two observations months apart', () => {
    const series = [
      ...weekly(steady)
        .slice(0, 10)
        .map((point, i) => ({ ...point, day: daysAgo(400 - 7 * i).slice(0, 10) })),
      { day: daysAgo(1).slice(0, 10), value: 40_000 },
    ];

    expect(judged({ followerSeries: series }, []).events).toEqual([]);
  });

  it.each([
    ['no history', []],
    ['five points', weekly(steady.slice(0, 5))],
    ['many points of one week', steady.slice(0, 7).map((value, i) => ({ day: daysAgo(i).slice(0, 10), value }))],
    ['zeros and nonsense', weekly([0, -5, Number.NaN, 0, 0, 0, 0, 0])],
  ])('is unknown, not clean, with %s', (_, followerSeries) => {
    const { signal } = judged({ followerSeries }, []);

    expect(signal).toMatchObject({ state: 'unknown', contribution: signal.contributionMin });
    expect(signal.needs).toMatch(/follower counts/);
  });
});
