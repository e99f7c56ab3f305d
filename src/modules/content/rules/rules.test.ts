import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#kernel/time.ts';
import { matchPost, signsOf } from './match-post.ts';
import { nameColours } from './name-colours.ts';
import { handleInKey, platformOfKey } from './platform-of-key.ts';
import { alertDays, alertDue, type ClockRight, isInForce, standingOf, uncoveredBy } from './rights-clock.ts';
import { type MissingFacts, whyMissing } from './why-missing.ts';

const aRight = (patch: Partial<ClockRight> = {}): ClockRight => ({
  state: 'granted',
  channels: ['brand_social'],
  isPaid: false,
  territory: 'worldwide',
  startsOn: '2026-05-01',
  endsOn: '2026-05-31',
  ...patch,
});

describe('the clock of rights', () => {
  it('counts both the first and the last day, and says nothing of what is only asked for', () => {
    expect(['2026-04-30', '2026-05-01', '2026-05-31', '2026-06-01'].map((day) => isInForce(aRight(), day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(standingOf([aRight({ state: 'requested' })], '2026-05-10').state).toBe('requested');
    expect(standingOf([aRight({ startsOn: null })], '2026-05-10').state).toBe('later');
    expect(standingOf([], '2026-05-10')).toEqual({
      state: 'none',
      endsOn: null,
      daysLeft: null,
      channels: [],
      paid: false,
    });
    expect(standingOf([aRight({ endsOn: '2027-01-01' })], '2026-05-10').state).toBe('in_force');
    expect(standingOf([aRight()], '2026-05-31')).toMatchObject({ state: 'ending', daysLeft: 0 });
    expect(standingOf([aRight(), aRight({ endsOn: null })], '2026-05-31')).toMatchObject({
      state: 'in_force',
      endsOn: null,
    });
    expect(standingOf([aRight()], '2026-06-01')).toMatchObject({ state: 'ended', endsOn: '2026-05-31' });
  });

  it('covers a placement by one right whole, never by two halves', () => {
    const run = {
      channel: 'brand_social',
      paid: false,
      territory: 'Ireland',
      startsOn: '2026-05-05',
      endsOn: '2026-05-20',
    } as const;
    expect(uncoveredBy([aRight()], run)).toBeNull();
    expect(uncoveredBy([], run)).toMatch(/No right/);
    expect(uncoveredBy([aRight()], { ...run, paid: true })).toMatch(/organic/);
    expect(uncoveredBy([aRight({ territory: 'Germany, Austria' })], run)).toMatch(/Ireland/);
    expect(uncoveredBy([aRight({ territory: 'Ireland and Wales' })], run)).toBeNull();
    expect(uncoveredBy([aRight()], { ...run, endsOn: '2026-06-05' })).toMatch(/2026-05-31/);
    expect(uncoveredBy([aRight()], { ...run, endsOn: null })).toBeNull();
    expect(uncoveredBy([aRight({ endsOn: '2026-05-10' }), aRight({ startsOn: '2026-05-11' })], run)).toMatch(/ends on/);
  });

  it('tells each step of an end once, whenever it is looked at and however often', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -5, max: 45 }), { maxLength: 20 }), (looks) => {
        const end = '2026-06-30';
        const told: number[] = [];
        for (const left of looks.toSorted((a, b) => b - a)) {
          for (let again = 0; again < 2; again += 1) {
            const due = alertDue(end, addDays(end, -left), new Set(told));
            if (due !== null) told.push(due);
          }
        }
        expect(new Set(told).size).toBe(told.length);
        // Nearer and nearer, and after the end it is told that it ended.
        expect(told).toEqual(told.toSorted((a, b) => b - a));
        expect(told.includes(0)).toBe(looks.some((left) => left < 0));
        for (const days of told) expect(alertDays).toContain(days);
      }),
    );
  });
});

describe('a post of a campaign', () => {
  const signs = signsOf({ mentions: ['@Oat.Mill'], hashtags: ['#SlowMornings'], keywords: ['oat mill'] });
  const said = (patch: object) =>
    matchPost({ caption: null, hashtags: [], mentions: [], photoTags: [], ...patch }, signs);
  it('is told by name, hashtag or whole words, in any case', () => {
    expect(said({ mentions: ['oat.mill'] })).toEqual({ how: 'mention', by: '@oat.mill' });
    expect(said({ hashtags: ['slowMORNINGS'] })).toEqual({ how: 'hashtag', by: '#slowmornings' });
    expect(said({ caption: 'my Oat Mill, again' })).toEqual({ how: 'keyword', by: 'oat mill' });
    expect(said({ caption: 'goat millers' })).toBeNull();
    expect(said({ mentions: ['oat.mill.fans'], hashtags: ['slowmorningsclub'] })).toBeNull();
  });
  it('is read to its platform and, where the address tells, to its account', () => {
    expect(platformOfKey('instagram.com/reel/x')).toBe('instagram');
    expect(platformOfKey('notinstagram.com/x')).toBe('blog');
    expect(handleInKey('tiktok.com/@Nell/video/1')).toBe('nell');
    expect(handleInKey('instagram.com/p/x')).toBeNull();
  });
});

describe('why a post is missing', () => {
  const facts: MissingFacts = {
    today: '2026-05-20',
    accounts: [{ handle: 'nell', newestPostOn: '2026-05-19', readOn: '2026-05-20' }],
    otherPlatforms: ['tiktok'],
    postsInWindow: 3,
    linkPlatform: null,
    isLinkOfOther: false,
    signs: ['#slow'],
  };
  const post = { platform: 'instagram', format: 'reel', dueOn: '2026-05-15', liveUrl: null, isLive: false } as const;
  const live = { ...post, liveUrl: 'https://instagram.com/p/x' };
  it.each([
    ['link_elsewhere', live, { ...facts, linkPlatform: 'tiktok' as const }],
    ['link_of_other', live, { ...facts, linkPlatform: 'instagram' as const, isLinkOfOther: true }],
    ['link_unread', live, { ...facts, linkPlatform: 'instagram' as const }],
    ['no_profile', post, { ...facts, accounts: [] }],
    ['story', { ...post, format: 'Story' }, facts],
    ['no_posts', post, { ...facts, accounts: [{ handle: 'nell', newestPostOn: null, readOn: null }] }],
    ['not_due', { ...post, dueOn: '2026-06-01' }, facts],
    ['posts_old', post, { ...facts, accounts: [{ handle: 'nell', newestPostOn: '2026-05-01', readOn: '2026-05-02' }] }],
    ['nothing_posted', post, { ...facts, postsInWindow: 0 }],
    ['unmarked', post, facts],
  ])('is %s', (reason, expected, given) => {
    const told = whyMissing(expected, given);
    expect(told.reason).toBe(reason);
    expect(told.why.length * told.doNext.length).toBeGreaterThan(0);
  });
});

describe('the colours of a picture', () => {
  const of = (...rgb: number[]) => nameColours(Uint8Array.from({ length: 300 }, (_, at) => rgb[at % rgb.length] ?? 0));
  it('are those most of it has, by their everyday names', () => {
    expect(of(200, 30, 30)).toEqual(['red']);
    expect(of(20, 90, 160)).toEqual(['blue']);
    expect(of(250, 250, 250, 10, 10, 10)).toEqual(['black', 'white']);
    expect(of(110, 70, 40)).toEqual(['brown']);
    expect(of(255, 150, 180)).toEqual(['pink']);
    expect(of(40, 140, 60)).toEqual(['green']);
  });
});
