import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../api.ts';
import { aPost, aSubject, context, daysAgo, now, posts } from './a-subject.ts';
import { computeReport } from './compute-report.ts';
import { weights } from './reference.ts';
import type { VettingSubject } from './subject.ts';

const report = (change: Partial<VettingSubject> = {}) => computeReport(aSubject(change), context);
const signal = (of: ReturnType<typeof report>, name: string) => of.signals.find((one) => one.name === name);
const figure = (value: number) => ({ value, source: 'file', at: now });

describe('a report by hand', () => {
  it('adds up to what a pencil gives', () => {
    const found = report();

    // Median of 600 + 20 * {0..11} is 710 likes: 710 / 24,000 = 2.958 %. Peers 1.0, 1.1 ... 5.0 %: 20 of 41 lie below, so 48.8 %.
    expect(signal(found, 'engagement_level')?.value).toBeCloseTo(710 / 24_000, 10);
    expect(signal(found, 'engagement_level')?.percentile).toBeCloseTo((100 * 20) / 41, 6);
    // -14 at 0 and 0 at 50: 48.78 gives -0.34.
    expect(signal(found, 'engagement_level')?.contribution).toBe(-0.3);
    // Deviations from 710 are 10 to 110, their median 60: 1.4826 * 60 / 710 is 12.5 %, as real likes vary.
    expect(signal(found, 'engagement_spread')?.value).toBeCloseTo((1.4826 * 60) / 710, 10);
    // 24,000 / 400 = 60 followers per followed account: full marks.
    expect(signal(found, 'follow_ratio')?.contribution).toBe(4);
    // One post every second day is 3.5 a week.
    expect(signal(found, 'cadence')?.value).toBeCloseTo(3.5, 6);
    const given = found.contributions.filter((one) => one.contribution !== 0);
    expect(given.map((one) => [one.name, one.contribution])).toEqual([
      ['base', 50],
      ['engagement_level', -0.3],
      ['engagement_spread', 2],
      ['follow_ratio', 4],
      ['comments_per_like', 4],
      ['posts_for_size', 2],
      ['follower_growth', 6],
      ['sponsored_share', 3],
      ['cadence', 3],
      ['recency', 1],
      ['longest_gap', 1],
      // "Morning number 3" says little of its own.
      ['caption_quality', -1],
    ]);
    expect(found.score).toBe(74.7);
    expect(found.verdict).toBe('pass');
  });

  it('rejects 50,000 followers with 50 likes and says why', () => {
    const found = report({ followers: figure(50_000), posts: posts(12, (at) => ({ likes: 44 + at })) });

    expect(found).toMatchObject({ verdict: 'reject', rule: { name: 'red_flag' } });
    expect(found.flags[0]?.reason).toBe(
      '50,000 followers, but the median of 12 posts has 50 likes and 14 comments: 0.13 %, at most 0.13 % by its interval. Below 0.15 % bought followers are the likely reading: a tenth of the lower end published for their tier (1.5 % to 2.5 %, Untapper 2026, mid).',
    );
  });

  it('draws the line of too little by the tier, and by likes alone where comments are not known', () => {
    const likesOf = (followers: number, likes: number, comments: number | null = 0) =>
      report({ followers: figure(followers), posts: posts(12, () => ({ likes, comments })) }).flags.map(
        (flag) => flag.name,
      );

    // Tenths of the lower ends of Untapper's tiers: 0.3 % below 10,000, 0.2 % below 50,000, 0.07 % from a million on.
    expect(likesOf(8000, 20)).toContain('engagement_too_low');
    expect(likesOf(20_000, 50)).not.toContain('engagement_too_low');
    expect(likesOf(20_000, 30)).toContain('engagement_too_low');
    expect(likesOf(2_000_000, 2000)).not.toContain('engagement_too_low');
    expect(likesOf(2_000_000, 1000)).toContain('engagement_too_low');
    expect(likesOf(20_000, 30, 20)).not.toContain('engagement_too_low');
    expect(likesOf(20_000, 30, null)).toContain('engagement_too_low');
  });

  it('holds a published band only against what it was published for', () => {
    const full = report({ posts: posts(12, () => ({ shares: 30, saves: 40, reach: 9000 })) });
    const bare = report({ posts: posts(12, () => ({ comments: null })) });
    const rate = (name: string) => full.engagement.rates.find((one) => one.definition === name)?.median ?? 0;
    const placed = (of: typeof full) => of.engagement.bands.map((one) => [one.source, one.place]);

    // Medians of 710 likes and 13.5 comments with saves, of 24,000 followers and of 9,000 reached.
    expect(rate('likes_comments_saves_per_follower')).toBeCloseTo((723.5 + 40) / 24_000, 3);
    expect(rate('likes_comments_per_reach')).toBeCloseTo(723.5 / 9000, 3);
    expect(placed(full)).toEqual([
      ['Untapper', 'inside'],
      ['Passo', 'inside'],
      ['Attributed to HypeAuditor', 'inside'],
    ]);
    expect(placed(bare).map(([, place]) => place)).toEqual([null, null, null]);
    const profile = { platform: 'tiktok' as const, handle: 'nell', bio: null, category: null, isPrivate: false };
    const video = report({ profile, posts: posts(12, () => ({ views: 20_000, shares: 500 })) });
    expect(placed(video)).toEqual([
      ['Untapper', 'inside'],
      ['calculatecreator', null],
    ]);
    expect(
      report({ profile, posts: posts(12, () => ({ views: 20_000 })) }).engagement.bands.map((one) => one.place),
    ).toEqual([null, null]);
  });

  it('lets a band stand in by its own definition, and by likes alone only as "at least"', () => {
    const none = { values: [] };
    const peers = { label: 'Instagram', engagement: none, commentsPerLike: none, followersPerPost: none };
    const whole = signal(report({ peers }), 'engagement_level');
    const likes = signal(report({ peers, posts: posts(12, () => ({ comments: null })) }), 'engagement_level');

    expect(whole?.value).toBeCloseTo(723.5 / 24_000, 3);
    expect(whole?.text).toMatch(/^3\.0 % of followers, likes and comments/);
    expect(likes?.value).toBeCloseTo(710 / 24_000, 5);
    expect(likes?.text).toMatch(/^At least 3\.0 % of followers by likes alone/);
    expect(likes?.contribution).toBeLessThanOrEqual(whole?.contribution ?? 0);
  });

  it('flags far too much engagement as well as far too little', () => {
    const found = report({ posts: posts(12, (at) => ({ likes: 8000 + 150 * at })) });

    expect(found.flags.map((flag) => flag.name)).toContain('engagement_too_high');
    expect(signal(found, 'engagement_implausible')?.contribution).toBeLessThan(0);
    expect(found.verdict).toBe('review');
  });

  it('holds a workspace without peers against the published band, and says so', () => {
    const none = { values: [] };
    const found = report({
      peers: { label: 'Instagram', engagement: none, commentsPerLike: none, followersPerPost: none },
    });

    expect(signal(found, 'engagement_level')?.threshold).toContain('Untapper 2026, micro');
    expect(found.engagement.peers).toBeNull();
    expect(found.score).not.toBeNull();
  });

  it('gives no score where neither peers nor a published band exist', () => {
    const none = { values: [] };
    const found = report({
      profile: { platform: 'pinterest', handle: 'nell', bio: null, category: null, isPrivate: false },
      peers: { label: 'Pinterest', engagement: none, commentsPerLike: none, followersPerPost: none },
    });

    expect(found).toMatchObject({ score: null, verdict: 'not_enough_data' });
    expect(signal(found, 'engagement_level')?.needs).toMatch(/peers/);
  });

  it('finds past partnerships by brand, against own posts, with the weakest label told', () => {
    const found = report({
      posts: posts(14, (at) => {
        if (at === 2) return { caption: '#ad tea', mentions: ['@kettlemoth'], likes: 350 };
        if (at === 5) return { caption: 'use my code NELL20', mentions: ['@kettlemoth'], likes: 350 };
        if (at === 7) return { caption: 'flour', mentions: ['@snugloaf'], isPaidLabel: true, likes: 710 };
        return {};
      }),
    });

    expect(found.partnerships).toMatchObject({ searched: 14, found: 3 });
    expect(found.partnerships.brands.map((one) => [one.brand, one.posts, one.disclosure])).toEqual([
      ['kettlemoth', 2, 'none'],
      ['snugloaf', 1, 'clear'],
    ]);
    expect(found.partnerships.brands[0]?.againstOrganic).toBeCloseTo(350 / 710, 1);
    expect(found.flags.map((flag) => flag.name)).toContain('undisclosed_ads');
    expect(signal(found, 'disclosure')).toMatchObject({ value: 2 / 3, n: 3 });
  });

  it('matches whole words of the brand only, without accents and case', () => {
    const brand = {
      niches: ['Crème brûlée'],
      keywords: ['vegan', 'slow mornings'],
      noGoWords: ['fur'],
      competitors: ['Rival'],
    };
    const found = report({
      brand,
      posts: posts(12, (at) =>
        at === 0 ? { caption: 'creme brulee with #veganfood', hashtags: ['#furniture', '#slowmornings'] } : {},
      ),
    });

    expect(signal(found, 'brand_overlap')?.evidence.map((row) => row.label)).toEqual(['Crème brûlée', 'slow mornings']);
    expect(signal(found, 'brand_conflicts')?.value).toBe(0);
  });

  it('counts TikTok by views, and is silent without them', () => {
    const profile = { platform: 'tiktok' as const, handle: 'nell', bio: null, category: null, isPrivate: false };
    const withViews = report({ profile, posts: posts(12, () => ({ views: 20_000 })) });
    const without = report({ profile });

    expect(signal(withViews, 'engagement_level')?.display).toMatch(/of views$/);
    expect(without.score).toBeNull();
  });
});

describe('bad input', () => {
  it('leaves posts dated after now out and says so', () => {
    const found = report({ posts: [aPost(90, { postedAt: '2031-01-01T00:00:00Z', likes: 1e9 }), ...posts(12)] });

    expect(found.content.stored).toBe(12);
    expect(found.flags.find((flag) => flag.name === 'future_posts')?.reason).toContain('2031-01-01');
    expect(found.score).toBe(74.7);
  });

  it.each([{ likes: -5 }, { likes: Number.NaN }, { likes: 1e300 }, { likes: 500, views: 3 }])(
    'does not count a post with %o and names it',
    (bad) => {
      const found = report({ posts: posts(12, (at) => (at === 0 ? { ...bad, url: 'https://example.com/p/1' } : {})) });

      expect(found.flags.find((flag) => flag.name === 'absurd_figures')?.reason).toContain('https://example.com/p/1');
      expect(signal(found, 'engagement_level')?.n).toBe(11);
    },
  );

  it('answers nothing at all with not enough data, every signal unknown or without object', () => {
    const none = { values: [] };
    const found = report({
      profile: { platform: 'instagram', handle: 'ghost', bio: null, category: null, isPrivate: null },
      niches: [],
      followers: null,
      following: null,
      postCount: null,
      posts: [],
      followerSeries: [],
      peers: { label: '', engagement: none, commentsPerLike: none, followersPerPost: none },
    });

    expect(found).toMatchObject({ score: null, verdict: 'not_enough_data', dataAt: null });
    expect(found.signals.filter((one) => one.state === 'known')).toEqual([]);
    expect(found.signals.filter((one) => one.state === 'unknown').every((one) => (one.needs ?? '') !== '')).toBe(true);
    expect(found.points.every((one) => one.state === 'unknown')).toBe(true);
  });

  it('gives one post no interval and no score', () => {
    const found = report({ posts: posts(1) });

    expect(found.score).toBeNull();
    expect(found.engagement.rates.find((one) => one.isScored)).toMatchObject({ n: 1, medianInterval: null });
  });
});

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null });
const amount = fc.integer({ min: 0, max: 2_000_000 });
const anyPost = (at: number) =>
  fc
    .record({
      likes: maybe(amount),
      comments: maybe(fc.integer({ min: 0, max: 50_000 })),
      views: maybe(amount),
      caption: maybe(fc.constantFrom('', 'Morning', '#ad tea', 'use my code NELL20', 'vegan bread', 'rival and fur')),
      mentions: fc.constantFrom<string[]>([], ['@kettlemoth'], ['@rival']),
      isPaidLabel: maybe(fc.boolean()),
      postedAt: maybe(fc.integer({ min: 1, max: 700 }).map(daysAgo)),
      format: maybe(fc.constantFrom('image', 'reel')),
    })
    .map((change) => aPost(at, change));
const anySubject: fc.Arbitrary<VettingSubject> = fc
  .record({
    platform: fc.constantFrom('instagram' as const, 'tiktok' as const, 'youtube' as const, 'blog' as const),
    followers: maybe(fc.integer({ min: 1, max: 5_000_000 })),
    following: maybe(fc.integer({ min: 0, max: 8000 })),
    postCount: maybe(fc.integer({ min: 0, max: 20_000 })),
    avgLikes: maybe(amount),
    count: fc.integer({ min: 0, max: 25 }),
    series: fc.array(fc.integer({ min: 0, max: 3_000_000 }), { maxLength: 30 }),
    peers: fc.array(fc.double({ min: 0, max: 0.5, noNaN: true }), { maxLength: 60 }),
    withBrand: fc.boolean(),
    isPrivate: maybe(fc.boolean()),
  })
  .chain((drawn) =>
    fc.tuple(fc.constant(drawn), fc.tuple(...Array.from({ length: drawn.count }, (_, at) => anyPost(at)))),
  )
  .map(([drawn, drawnPosts]) => {
    const values = { values: [...drawn.peers].sort((a, b) => a - b) };
    const stated = (value: number | null) => (value === null ? null : figure(value));
    return aSubject({
      profile: { platform: drawn.platform, handle: 'nell', bio: 'bread', category: null, isPrivate: drawn.isPrivate },
      followers: stated(drawn.followers),
      following: stated(drawn.following),
      postCount: stated(drawn.postCount),
      avgLikes: stated(drawn.avgLikes),
      posts: drawnPosts,
      followerSeries: drawn.series.map((value, week) => ({
        day: daysAgo(7 * (drawn.series.length - week)).slice(0, 10),
        value,
      })),
      peers: {
        label: 'peers',
        engagement: values,
        commentsPerLike: values,
        followersPerPost: { values: values.values.map((value) => value * 1000) },
      },
      brand: drawn.withBrand
        ? { niches: ['bread'], keywords: ['morning'], noGoWords: ['fur'], competitors: ['rival'] }
        : null,
    });
  });

describe('whatever the data', () => {
  it('is a valid report whose contributions sum to the score, between 0 and 100', () => {
    fc.assert(
      fc.property(anySubject, (subject) => {
        const found = computeReport(subject, context);
        reportSchema
          .omit({ id: true, personId: true, profileId: true, isMain: true, computedAt: true, checkedAt: true })
          .parse(found);
        expect(new Set(found.signals.map((one) => one.name)).size).toBe(Object.keys(weights).length);
        for (const one of found.signals) {
          expect(one.contribution).toBeGreaterThanOrEqual(one.contributionMin);
          expect(one.contribution).toBeLessThanOrEqual(one.contributionMax);
          if (one.state === 'unknown') expect([one.contributionMin, 0]).toContain(one.contribution);
        }
        if (found.score === null) {
          expect(found.contributions).toEqual([]);
          expect(found.verdict).not.toBe('pass');
          return;
        }
        expect(found.contributions.reduce((sum, one) => sum + Math.round(10 * one.contribution), 0)).toBe(
          Math.round(10 * found.score),
        );
        expect(found.score).toBeGreaterThanOrEqual(0);
        expect(found.score).toBeLessThanOrEqual(100);
        expect(found.scoreBest ?? 0).toBeGreaterThanOrEqual(found.score);
      }),
      { numRuns: 300 },
    );
  });

  it('never scores higher when a whole figure goes missing', () => {
    const losses: Record<string, (subject: VettingSubject) => Partial<VettingSubject>> = {
      followers: () => ({ followers: null }),
      following: () => ({ following: null }),
      postCount: () => ({ postCount: null }),
      history: () => ({ followerSeries: [] }),
      likes: (subject) => ({ posts: subject.posts.map((post) => ({ ...post, likes: null })) }),
      comments: (subject) => ({ posts: subject.posts.map((post) => ({ ...post, comments: null })) }),
      captions: (subject) => ({
        posts: subject.posts.map((post) => ({ ...post, caption: null, hashtags: [], mentions: [], isPaidLabel: null })),
      }),
      dates: (subject) => ({ posts: subject.posts.map((post) => ({ ...post, postedAt: null })) }),
      posts: () => ({ posts: [] }),
    };
    fc.assert(
      fc.property(anySubject, fc.constantFrom(...Object.keys(losses)), (subject, lost) => {
        // Dates decide which posts are of the last year, so for them the same posts must count with and without.
        const steady =
          lost === 'dates'
            ? { ...subject, posts: subject.posts.map((post, at) => ({ ...post, postedAt: daysAgo(3 + at) })) }
            : subject;
        const before = computeReport(steady, context).score;
        const after = computeReport({ ...steady, ...losses[lost]?.(steady) }, context).score;
        if (after === null) return true;
        return before !== null && after <= before;
      }),
      { numRuns: 500 },
    );
  });

  it('never takes points for more likes on every post, nor gives any for more followed accounts or ads without a label', () => {
    fc.assert(
      fc.property(anySubject, fc.integer({ min: 2, max: 5 }), (subject, times) => {
        const at = (change: Partial<VettingSubject>, name: string) =>
          signal(computeReport({ ...subject, ...change }, context), name)?.contribution ?? 0;
        const more = subject.posts.map((post) => ({
          ...post,
          likes: post.likes === null ? null : post.likes * times,
          views: post.views === null ? null : Math.max(post.views, (post.likes ?? 0) * 5),
        }));
        const same = subject.posts.map((post) => ({
          ...post,
          views: post.views === null ? null : Math.max(post.views, (post.likes ?? 0) * 5),
        }));
        expect(at({ posts: more }, 'engagement_level')).toBeGreaterThanOrEqual(at({ posts: same }, 'engagement_level'));
        const follows = subject.following?.value ?? 0;
        if (subject.following !== null)
          expect(at({ following: figure(follows * times + 1) }, 'follow_ratio')).toBeLessThanOrEqual(
            at({}, 'follow_ratio'),
          );
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same report for the same data, to the byte, in whatever order the posts arrive', () => {
    fc.assert(
      fc.property(anySubject, (subject) => {
        const shuffled = { ...subject, posts: [...subject.posts].reverse() };
        return JSON.stringify(computeReport(shuffled, context)) === JSON.stringify(computeReport(subject, context));
      }),
      { numRuns: 100 },
    );
  });
});
