import { describe, expect, it } from 'vitest';
import type { GrowthEvent } from '#modules/vetting/api.ts';
import { eventTitle, formatFor, keyOf, notableSteps, withGaps } from './growth-words.ts';

const step = (change: Partial<GrowthEvent>): GrowthEvent => ({
  kind: 'jump',
  from: '2026-01-01',
  to: '2026-01-08',
  change: 100,
  share: 0.1,
  stayedShare: null,
  explainedBy: null,
  ...change,
});
const post = { kind: 'post' as const, id: 'pst_1', at: null, url: null, label: 'A post', value: '3.0 times' };

describe('steps on the page', () => {
  it('puts what nothing explains first, then the largest, in the order of their days', () => {
    const events = [
      step({ to: '2026-01-08', share: 0.06 }),
      step({ to: '2026-02-08', share: 0.5, explainedBy: post }),
      step({ to: '2026-03-08', share: -0.2, kind: 'drop' }),
    ];
    expect(notableSteps(events, 2).map((event) => event.to)).toEqual(['2026-01-08', '2026-02-08']);
  });

  it('names steps of old reports, which know of posts alone', () => {
    expect(eventTitle(step({}))).toBe('Unexplained');
    expect(eventTitle(step({ explainedBy: post }))).toBe('Explained by a post');
    expect(eventTitle(step({ looksBought: true }))).toBe('Looks bought');
    expect(keyOf(step({}))).toBe('2026-01-01_2026-01-08');
  });

  it('breaks the line where nobody counted for 45 days', () => {
    const line = withGaps([
      { at: '2026-01-01', value: 1 },
      { at: '2026-02-14', value: 2 },
      { at: '2026-06-01', value: 3 },
    ]);
    expect(line.map((point) => point.value)).toEqual([1, 2, null, 3]);
  });

  it('writes whole counts where short ones would read the same', () => {
    const near = formatFor([
      { at: '2026-01-01', value: 4900 },
      { at: '2026-02-01', value: 5010 },
    ]);
    expect(near(4950)).toBe('4,950');
    expect(
      formatFor([
        { at: '2026-01-01', value: 9000 },
        { at: '2026-02-01', value: 5010 },
      ])(4950),
    ).toBe('5k');
  });
});
