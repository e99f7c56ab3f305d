import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aPost, aSubject, context, daysAgo, now, posts } from './a-subject.ts';
import { describeDeals } from './describe-deals.ts';
import { checkConflicts } from './find-conflicts.ts';
import { findDeal } from './find-deals.ts';
import { judgePartnerships } from './partnership-signals.ts';
import type { VettedPost } from './subject.ts';

const ad = { caption: 'Oats #ad', mentions: ['@kettlemoth'] };
const brand = { niches: [], keywords: [], noGoWords: [], competitors: ['Kettlemoth'], competitorDays: 30 };

function sectionOf(all: VettedPost[], change: Parameters<typeof aSubject>[0] = {}) {
  return judgePartnerships(aSubject({ posts: all, ...change }), all, context).section;
}

describe('paid posts in a report', () => {
  it('counts by brand with its countries, spacing, saturation and disclosure', () => {
    const all = posts(20, (at) =>
      at === 2
        ? ad
        : at === 3
          ? { caption: 'More #spon', mentions: ['@kettlemoth.de'] }
          : at === 8
            ? { caption: 'Use my code NELL20', mentions: ['@oatwhistle'] }
            : {},
    );
    const section = sectionOf(all);
    expect(section).toMatchObject({ searched: 20, deals: 3 });
    expect(section.brands.map((one) => [one.brand, one.posts, one.handles])).toEqual([
      ['kettlemoth', 2, ['kettlemoth', 'kettlemoth.de']],
      ['oatwhistle', 1, ['oatwhistle']],
    ]);
    expect(section.saturation).toMatchObject({ share: 0.15, recentPosts: 20, recentShare: 0.15 });
    // Posts are two days apart: at 2, 3 and 8 lie 2 and 10 days between.
    expect(section.spacing).toEqual({ medianDays: 6, shortestDays: 2, inARow: 1, n: 3 });
    expect(section.disclosure.total).toEqual({ clear: 1, weak: 1, none: 1 });
    expect(section.disclosure.years).toEqual([{ year: '2026', counts: { clear: 1, weak: 1, none: 1 } }]);
  });

  it('compares paid with own posts only from three and five on, with an interval', () => {
    const few = sectionOf(posts(20, (at) => (at < 2 ? ad : {})));
    expect(few.paid).toMatchObject({ isEnough: false, interval: null, paid: { n: 2 } });
    const many = sectionOf(posts(20, (at) => (at < 6 ? { ...ad, likes: 300 + 10 * at } : {})));
    expect(many.paid?.isEnough).toBe(true);
    expect(many.paid?.ratio).toBeCloseTo(325 / 710, 1);
    expect(many.paid?.interval?.low).toBeLessThanOrEqual(many.paid?.ratio ?? 0);
    expect(many.paid?.interval?.high).toBeGreaterThanOrEqual(many.paid?.ratio ?? 0);
  });

  it("puts a person's word above the rules, in both directions, at once", () => {
    const all = posts(12, (at) => (at === 0 ? ad : {}));
    const word = { brands: ['Oatwhistle'], reason: 'seen the invoice', by: 'Ada', at: now };
    const sponsoredWords = new Map([
      ['pst_000', { ...word, isSponsored: false }],
      ['pst_005', { ...word, isSponsored: true }],
    ]);
    const section = sectionOf(all, { sponsoredWords });
    expect(section).toMatchObject({ deals: 1, corrected: 2 });
    expect(section.brands.map((one) => one.brand)).toEqual(['oatwhistle']);
    expect(section.posts[0]).toMatchObject({ postId: 'pst_005', rule: { name: 'person' }, disclosure: 'none' });
  });

  it('tells a post that only sounds like an ad apart and counts it nowhere', () => {
    const caption =
      'Obsessed with my new watch from @kettlemoth! Get yours for $20 off at www.kettlemoth.com, shop the collection™ now, link in bio!';
    const section = sectionOf(posts(12, (at) => (at === 1 ? { caption, mentions: [] } : {})));
    expect(section).toMatchObject({ deals: 0, likely: 1 });
    expect(section.posts[0]).toMatchObject({ state: 'likely', rule: null });
    expect(section.posts[0]?.reasons.length).toBeGreaterThan(0);
  });

  it('never counts more deals than posts, nor depends on the order they came in', () => {
    const kinds = [ad, {}, { caption: null }, { isPaidLabel: true }, { caption: 'Use my code NELL20', postedAt: null }];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 25 }), (draw) => {
        const all = draw.map((kind, at) => aPost(at, kinds[kind]));
        const section = sectionOf(all);
        expect(section.deals).toBeLessThanOrEqual(section.searched);
        expect(section.brands.every((one) => one.posts <= section.deals)).toBe(true);
        const subject = aSubject({ posts: all });
        const turned = all.toReversed();
        const deals = turned.flatMap((post) => findDeal(post, 'nell') ?? []);
        const again = describeDeals(subject, { posts: turned, deals, rates: new Map() }, context);
        expect(again.brands.map((one) => [one.brand, one.posts])).toEqual(
          section.brands.map((one) => [one.brand, one.posts]),
        );
        expect(again.spacing).toEqual(section.spacing);
      }),
      { numRuns: 60 },
    );
  });
});

describe('competitors within the window', () => {
  const check = (
    all: VettedPost[],
    change: Partial<typeof brand> & { exclusivity?: { from: string; to: string } } = {},
  ) =>
    checkConflicts(
      { ...brand, ...change },
      { posts: all, deals: all.flatMap((post) => findDeal(post, 'nell') ?? []), now },
    );

  it('finds a rival by account of any country, tag or name, and says how many were paid', () => {
    const all = posts(30, (at) =>
      at === 0
        ? { caption: 'A day with kettlemoth, at last' }
        : at === 1
          ? { caption: '#ad', mentions: ['@kettlemoth.uk'] }
          : at === 2
            ? { hashtags: ['#kettlemoth'] }
            : {},
    );
    expect(check(all)).toMatchObject({
      state: 'conflict',
      conflicts: [{ competitor: 'Kettlemoth', posts: 3, deals: 1 }],
    });
    expect(check(posts(30, (at) => (at === 0 ? { caption: 'kettlemothers unite' } : {}))).state).toBe('clear');
  });

  it('counts days back from the exclusive days where they are given, and through their end', () => {
    const all = posts(60, (at) => (at === 20 ? { mentions: ['@kettlemoth'] } : {}));
    // The post is 43 days old: out of 30 days before today, within 30 days before a window that began a month ago.
    expect(check(all).state).toBe('clear');
    const exclusivity = { from: daysAgo(30).slice(0, 10), to: daysAgo(-10).slice(0, 10) };
    expect(check(all, { exclusivity }).state).toBe('conflict');
  });

  it('says unknown, not clear, when the record does not reach back or a date is missing', () => {
    expect(check(posts(3)).state).toBe('unknown');
    expect(check([]).state).toBe('unknown');
    const undated = posts(40, (at) => (at === 0 ? { mentions: ['@kettlemoth'], postedAt: null } : {}));
    expect(check(undated)).toMatchObject({ state: 'unknown', undated: 1 });
    expect(check(posts(40), { competitors: [] }).state).toBe('not_asked');
  });
});
