import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSubject, daysAgo, posts } from './a-subject.ts';
import { judgeFit } from './fit-signals.ts';
import { judgeQuality } from './quality-signals.ts';
import { judgeSafety } from './safety-signals.ts';

interface ReadPost {
  vector: Float32Array | null;
  topics: { topic: string; name: string; share: number }[];
}

const baking = { topic: 'baking', name: 'Baking', share: 0.6 };
const cars = { topic: 'cars', name: 'Cars', share: 0.5 };
const about = (x: number, y: number, topic: typeof baking): ReadPost => ({
  vector: Float32Array.of(x, y),
  topics: [topic],
});
const signal = (quality: ReturnType<typeof judgeQuality>, name: string) =>
  quality.signals.find((one) => one.name === name);

describe('topics of a creator', () => {
  const all = posts(20);
  const read = (pick: (at: number) => ReadPost, change = {}) =>
    judgeQuality(
      aSubject({
        posts: all,
        topics: { held: [], isCorrected: false, posts: new Map(all.map((post, at) => [post.id, pick(at)])), ...change },
      }),
      all,
    );

  it('are stable when newer and older posts are about the same, and not when they changed', () => {
    const same = read(() => about(1, 0, baking));
    expect(same.section.topics).toMatchObject({ stability: 1, onTopic: 1, main: [{ topic: 'baking', posts: 20 }] });
    expect(signal(same, 'topic_stability')).toMatchObject({ state: 'known', contribution: 1 });
    const turned = read((at) => (at < 10 ? about(1, 0, baking) : about(0, 1, cars)));
    expect(turned.section.topics?.stability).toBeCloseTo(0, 6);
    expect(turned.section.topics).toMatchObject({ newer: [{ topic: 'baking' }], older: [{ topic: 'cars' }] });
    expect(signal(turned, 'topic_stability')?.contribution).toBe(-1);
  });

  it('are those a person said, once somebody said so', () => {
    const corrected = read((at) => (at < 15 ? about(1, 0, baking) : about(0, 1, cars)), {
      held: [{ topic: 'cars', name: 'Cars' }],
      isCorrected: true,
    });
    expect(corrected.section.topics).toMatchObject({
      isCorrected: true,
      main: [{ topic: 'cars', posts: 5 }],
      onTopic: 0.25,
    });
    expect(signal(corrected, 'topic_stability')?.text).toContain('as a person said');
  });

  it('are unknown with too few captions the model can read', () => {
    const silent = read((at) => (at < 9 ? about(1, 0, baking) : { vector: null, topics: [] }));
    expect(silent.section.topics?.stability).toBeNull();
    expect(signal(silent, 'topic_stability')).toMatchObject({ state: 'unknown', contribution: 0 });
    expect(judgeQuality(aSubject({ posts: [] }), []).section).toMatchObject({
      topics: null,
      captions: null,
      weeks: [],
    });
  });
});

describe('captions and rhythm', () => {
  it('counts captions that say something of their own, and shows the others', () => {
    const all = posts(12, (at) =>
      at < 3
        ? { caption: '#a #b 🔥' }
        : at < 5
          ? { caption: 'The very same words under every post' }
          : { caption: `The dough number ${'abcdefghijkl'[at]} rose for two days` },
    );
    const quality = judgeQuality(aSubject({ posts: all }), all);
    expect(quality.section.captions).toMatchObject({ n: 12, good: 7, withoutText: 3, repeated: 2, overTagged: 0 });
    expect(signal(quality, 'caption_quality')?.evidence).toHaveLength(5);
  });

  it('puts every post of the last 26 weeks into one week, whatever its date', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 170 }), { minLength: 1, maxLength: 40 }), (days) => {
        const all = posts(days.length, (at) => ({ postedAt: daysAgo(days[at] ?? 0) }));
        const { weeks, gaps } = judgeQuality(aSubject({ posts: all }), all).section;
        expect(weeks).toHaveLength(26);
        expect(weeks.reduce((sum, week) => sum + week.posts, 0)).toBe(days.length);
        for (const week of weeks) expect(new Date(week.week).getUTCDay()).toBe(1);
        for (const gap of gaps) expect(gap.days).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 60 },
    );
  });

  it('flags a picture that is nearly that of another creator', () => {
    const alike = [{ personId: 'per_2', profileId: 'prf_2', handle: 'ola', differentBits: 1 }];
    const picture = {
      mediaId: 'med_1',
      width: 320,
      height: 320,
      sharpness: 500,
      brightness: 0.5,
      isSmall: false,
      isBlurred: false,
      checkedAt: daysAgo(1),
      alike,
    };
    expect(judgeQuality(aSubject({ picture }), []).flags).toMatchObject([{ name: 'same_picture' }]);
    expect(judgeQuality(aSubject({ picture: { ...picture, alike: [] } }), []).flags).toEqual([]);
  });
});

describe('brand safety and match in the score', () => {
  const finding = (open: number) => ({
    scannedAt: daysAgo(0),
    texts: 20,
    listsVersion: '2026.11/0',
    found: [{ category: 'alcohol', open, dismissed: 1, words: ['wine'], placeIds: posts(open).map((post) => post.id) }],
  });

  it('takes more points the more texts are flagged, none for dismissed ones, and never calls nothing clean', () => {
    const judged = (open: number) => judgeSafety(aSubject({ safety: finding(open) }), posts(12));
    expect(judged(0).signals[0]).toMatchObject({ state: 'known', contribution: 0 });
    expect(judged(0).flags).toEqual([]);
    expect(judged(1).signals[0]?.contribution).toBeLessThan(0);
    expect(judged(6).signals[0]?.contribution).toBeLessThan(judged(1).signals[0]?.contribution ?? 0);
    expect(judged(1).flags).toMatchObject([{ name: 'safety_alcohol', severity: 'amber' }]);
    expect(judgeSafety(aSubject({ safety: { ...finding(0), texts: 0 } }), []).signals[0]?.state).toBe('unknown');
    expect(judgeSafety(aSubject(), []).signals[0]?.state).toBe('unknown');
  });

  it('is the points given over those the known signals could give', () => {
    const one = { title: 'x', line: 'x', evidence: [] };
    const contributions = [
      { ...one, signal: 'content', value: 0.5, weight: 20, points: 10 },
      { ...one, signal: 'topics', value: 1, weight: 10, points: 10 },
      { ...one, signal: 'audience', value: null, weight: 10, points: 0 },
    ];
    const fit = { comparedWith: 100, weightsVersion: 0, contributions };
    const judged = judgeFit(aSubject({ fit }));
    expect(judged.section?.share).toBeCloseTo(20 / 30);
    expect(judged.signals[0]?.state).toBe('known');
    const none = judgeFit(aSubject({ fit: { ...fit, contributions: contributions.slice(2) } }));
    expect(none.signals[0]).toMatchObject({ state: 'unknown', contribution: 0 });
    expect(judgeFit(aSubject()).signals[0]?.state).toBe('not_applicable');
  });
});
