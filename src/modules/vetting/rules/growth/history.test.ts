import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aPost, aSubject, context, daysAgo } from '../a-subject.ts';
import type { CommentMoment, ProfilePast, SeriesPoint, VettedPost } from '../subject.ts';
import { commentTiming } from './comment-timing.ts';
import { findBursts } from './find-bursts.ts';
import { findSteps } from './find-steps.ts';
import { findWaves } from './find-waves.ts';
import { judgeGrowth } from './judge-growth.ts';

const day = (ago: number) => daysAgo(ago).slice(0, 10);
const weekly = (values: readonly number[]): SeriesPoint[] =>
  values.map((value, week) => ({ day: day(7 * (values.length - 1 - week)), value }));
const none = { points: [], source: '' };
const past = (change: Partial<ProfilePast> = {}): ProfilePast => ({
  following: none,
  avgLikes: none,
  avgComments: none,
  avgViews: none,
  shoutouts: [],
  commentMoments: [],
  hasOlderPosts: false,
  ...change,
});
const steady = Array.from({ length: 26 }, (_, week) => 20_000 + 100 * week);
/** 20 % more in week 12, in the days from 98 to 91 ago. */
const bought = steady.map((value, week) => (week >= 12 ? Math.round(value * 1.2) : value));
const quietPosts = Array.from({ length: 30 }, (_, at) => aPost(at, { postedAt: daysAgo(2 + 7 * at) }));
const judged = (followerSeries: SeriesPoint[], posts: readonly VettedPost[], of: Partial<ProfilePast> = {}) =>
  judgeGrowth(aSubject({ followerSeries, past: past(of) }), posts, context);
const stateOf = (found: ReturnType<typeof judged>, cause: string) =>
  found.section.events[0]?.explanations?.find((one) => one.cause === cause)?.state;

describe('a step in the followers', () => {
  it('looks bought when nothing explains it and a part leaves again', () => {
    const leaving = bought.map((value, week) => (week >= 14 ? Math.round(value * 0.94) : value));
    const found = judged(weekly(leaving), quietPosts);

    expect(found.section.events[0]).toMatchObject({ kind: 'jump', looksBought: true, explainedBy: null });
    expect(stateOf(found, 'bought')).toBe('found');
    expect(found.flags[0]).toMatchObject({ name: 'bought_step', title: 'A step in followers that looks bought' });
  });

  it('is explained by a giveaway of those days, in any of several languages', () => {
    for (const caption of ['GIVEAWAY! Tag a friend', 'Großes Gewinnspiel', 'Sorteo: un cuchillo', 'Розыгрыш призов']) {
      const posts = [...quietPosts, aPost(90, { id: 'pst_prize', postedAt: daysAgo(96), caption })];
      const found = judged(weekly(bought), posts);

      expect(stateOf(found, 'giveaway'), caption).toBe('found');
      expect(found.section.events[0]?.explainedBy?.id).toBe('pst_prize');
      expect(found.flags).toEqual([]);
    }
  });

  it('is not explained by a giveaway of another month', () => {
    const posts = [...quietPosts, aPost(90, { postedAt: daysAgo(140), caption: 'GIVEAWAY! Tag a friend' })];
    expect(stateOf(judged(weekly(bought), posts), 'giveaway')).toBe('not_found');
  });

  it('is explained by a mention of an account of some size, not of a small one', () => {
    const shoutout = { postId: 'pst_other', url: null, postedAt: daysAgo(95), handle: 'big.baker', followers: 300_000 };

    expect(stateOf(judged(weekly(bought), quietPosts, { shoutouts: [shoutout] }), 'shoutout')).toBe('found');
    const small = { ...shoutout, followers: 300 };
    expect(stateOf(judged(weekly(bought), quietPosts, { shoutouts: [small] }), 'shoutout')).toBe('not_found');
  });

  it('is explained by a paid post only while the followers stay and are no more than advertising brings', () => {
    const paid = [...quietPosts, aPost(90, { postedAt: daysAgo(95), isPaidLabel: true })];
    expect(stateOf(judged(weekly(bought), paid), 'advertising')).toBe('found');

    const leaving = bought.map((value, week) => (week >= 14 ? Math.round(value * 0.94) : value));
    expect(stateOf(judged(weekly(leaving), paid), 'advertising')).toBe('possible');

    const huge = bought.map((value) => value * 50);
    expect(stateOf(judged(weekly(huge), paid), 'advertising')).toBe('not_found');
  });

  it('says that posts of those days are not known instead of that there were none', () => {
    expect(stateOf(judged(weekly(bought), []), 'strong_post')).toBe('unknown');
  });

  it('is found in 14 daily counts as well as in weekly ones', () => {
    const daily = Array.from({ length: 14 }, (_, at) => ({
      day: day(13 - at),
      value: 4000 + 3 * at + (at >= 6 ? 480 : 0),
    }));
    expect(findSteps(daily)).toEqual([expect.objectContaining({ before: daily[5], after: daily[6] })]);
  });
});

const anySeries = fc
  .array(fc.record({ gap: fc.integer({ min: 1, max: 40 }), value: fc.integer({ min: 150, max: 2_000_000 }) }), {
    maxLength: 40,
  })
  .map((rows) => {
    let ago = rows.reduce((sum, row) => sum + row.gap, 0);
    return rows.map(({ gap, value }) => {
      ago -= gap;
      return { day: day(ago), value };
    });
  });

describe('whatever the history', () => {
  it('is the same for any order of its rows and for repeated ones', () => {
    fc.assert(
      fc.property(
        anySeries.chain((series) =>
          fc.tuple(fc.constant(series), fc.shuffledSubarray([...series, ...series], { minLength: 2 * series.length })),
        ),
        ([series, shuffled]) => {
          expect(judged(shuffled, quietPosts)).toEqual(judged(series, quietPosts));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('has the same steps at any size of account', () => {
    fc.assert(
      fc.property(anySeries, fc.integer({ min: 2, max: 50 }), (series, times) => {
        const larger = series.map((point) => ({ ...point, value: point.value * times }));
        const shape = (points: SeriesPoint[]) => findSteps(points).map(({ before, after }) => [before.day, after.day]);
        expect(shape(larger)).toEqual(shape(series));
      }),
    );
  });

  it('leaves counts of days to come and impossible ones out, and says so', () => {
    const clean = judged(weekly(bought), quietPosts);
    const dirty = judged(
      [
        ...weekly(bought),
        { day: '2031-01-01', value: 90_000 },
        { day: day(50), value: -5 },
        { day: day(51), value: Number.NaN },
        { day: day(52), value: 1e15 },
      ],
      quietPosts,
    );

    expect(dirty.section.events).toEqual(clean.section.events);
    expect(dirty.signals).toEqual(clean.signals);
    expect(dirty.section.leftOut?.map((one) => one.why).sort()).toEqual(['absurd', 'absurd', 'absurd', 'future']);
    expect(dirty.flags.find((flag) => flag.name === 'absurd_history')?.reason).toMatch(/4 counts left out/);
  });

  it('is unknown and not clean without data, in every signal of it', () => {
    const found = judgeGrowth(aSubject({ followerSeries: [], past: null }), [], context);

    expect(found.signals.map((signal) => signal.state)).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
    expect(found.section).toMatchObject({ state: 'none', months: [], following: { state: 'none' } });
    expect(found.flags).toEqual([]);
  });

  it('says when the newest count is old', () => {
    const old = weekly(steady).map((point, at) => ({ ...point, day: day(60 + 7 * (25 - at)) }));
    expect(judged(old, []).section).toMatchObject({ state: 'known', isStale: true });
    expect(judged(weekly(steady), []).section.isStale).toBe(false);
  });
});

describe('followed accounts', () => {
  const saw = Array.from({ length: 30 }, (_, week) => 500 + (week % 6 < 4 ? (week % 6) * 200 : (6 - (week % 6)) * 300));

  it('show the waves of somebody who follows to be followed back', () => {
    const found = judged(weekly(steady), [], { following: { points: weekly(saw), source: 'file' } });

    expect(found.section.following?.waves.length).toBeGreaterThanOrEqual(4);
    expect(found.signals.find((one) => one.name === 'following_sawtooth')?.contribution).toBe(-3);
    expect(found.flags.map((flag) => flag.name)).toEqual(['follow_unfollow']);
  });

  it('show none of a steady climb, a flat line, small moves or one tidy-up', () => {
    const lines = [
      saw.map((_, week) => 500 + 40 * week),
      saw.map(() => 500),
      saw.map((_, week) => 500 + (week % 2) * 60),
      saw.map((_, week) => (week < 15 ? 500 + 50 * week : 700)),
    ];
    for (const values of lines) expect(findWaves(weekly(values)).length).toBeLessThan(2);
  });

  it('never end before they begin, and are never smaller than the threshold', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 7500 }), { maxLength: 60 }), (values) => {
        for (const wave of findWaves(weekly(values))) {
          expect(wave.from < wave.top && wave.top < wave.to).toBe(true);
          expect(Math.min(wave.followed, wave.unfollowed)).toBeGreaterThanOrEqual(100);
        }
      }),
    );
  });
});

describe('likes and views that stand alone', () => {
  const usual = Array.from({ length: 20 }, (_, at) =>
    aPost(at, { likes: 600 + ((at * 37) % 200), comments: 20 + (at % 5), views: 9000 + ((at * 531) % 3000) }),
  );

  it('are found where comments stayed, not where people talked about the post', () => {
    const raised = usual.map((post, at) => (at === 4 || at === 9 ? { ...post, likes: 2400 } : post));
    expect(findBursts(raised)?.found.map((one) => [one.kind, one.postId])).toEqual([
      ['likes', 'pst_004'],
      ['likes', 'pst_009'],
    ]);

    const viral = raised.map((post) => (post.likes === 2400 ? { ...post, comments: 90, views: 60_000 } : post));
    expect(findBursts(viral)?.found).toEqual([]);
  });

  it('are found in views that nobody liked', () => {
    const raised = usual.map((post, at) => (at === 4 ? { ...post, views: 90_000 } : post));
    expect(findBursts(raised)?.found.map((one) => [one.kind, one.postId])).toEqual([['views', 'pst_004']]);
  });

  it('are not known with nine posts or without comments and views', () => {
    expect(findBursts(usual.slice(0, 9))).toBeNull();
    expect(findBursts(usual.map((post) => ({ ...post, comments: null, views: null })))).toBeNull();
  });
});

describe('comments at once', () => {
  const moment = (post: number, author: string | null, minutes: number | null): CommentMoment => ({
    postId: `post${post}`,
    author,
    minutesAfterPost: minutes,
  });
  const readers = Array.from({ length: 10 }, (_, post) =>
    Array.from({ length: 8 }, (_, at) => moment(post, `reader${(post * 8 + at) % 60}`, 40 + at * 30)),
  ).flat();
  const pod = Array.from({ length: 10 }, (_, post) =>
    ['a', 'b', 'c', 'd'].map((name) => moment(post, `pod.${name}`, 4)),
  ).flat();

  it('by the same accounts are counted, each once a post', () => {
    const found = commentTiming([...readers, ...pod, ...pod], 'nell');
    expect(found?.regulars.map((one) => one.author)).toEqual(['pod.a', 'pod.b', 'pod.c', 'pod.d']);
    expect(found?.fromRegulars).toBe(40);
  });

  it('by readers who come when they come are none', () => {
    expect(commentTiming(readers, 'nell')?.fromRegulars).toBe(0);
  });

  it('leave out the creator, comments without author or time, and those dated before their post', () => {
    const noise = [moment(1, 'Nell', 1), moment(1, null, 1), moment(1, 'x', null), moment(1, 'y', -20)];
    expect(commentTiming([...readers, ...noise], 'nell')).toEqual(commentTiming(readers, 'nell'));
  });

  it('are not known with few comments', () => {
    expect(commentTiming(readers.slice(0, 20), 'nell')).toBeNull();
  });
});
