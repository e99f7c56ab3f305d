import { describe, expect, it } from 'vitest';
import type { AudienceSample, Vetting } from '../api.ts';
import { aSubject, context, daysAgo, now, posts } from './a-subject.ts';
import { computeReport } from './compute-report.ts';
import { weights } from './reference.ts';
import { reportRows } from './report-rows.ts';
import type { VettingSubject } from './subject.ts';

const report = (change: Partial<VettingSubject> = {}) => computeReport(aSubject(change), context);
const share = (value: number, by = 0.03) => ({ share: value, low: value - by, high: value + by });

/** 400 judged accounts, this part of them suspicious. */
function aSample(kind: AudienceSample['kind'], suspicious: number): AudienceSample {
  const account = { row: 7, handle: 'kx20487731', url: null, followers: 3, following: 4200, posts: 0 };
  return {
    kind,
    takenAt: now,
    source: 'Export',
    method: 'random 400 of all',
    size: 400,
    judged: 400,
    state: 'estimated',
    text: '',
    coverage: 0.9,
    shares: { real: share(1 - suspicious), influencer: null, massFollower: null, suspicious: share(suspicious) },
    missing: [],
    reachability: null,
    notable: { total: 0, accounts: [] },
    suspicious: {
      total: 1,
      accounts: [{ ...account, suspicion: 0.93, reasons: [{ name: 'posts', text: 'Never posted', added: 1.2 }] }],
    },
    bands: [],
    model: { version: '1', trainedOn: 'labelled accounts', n: 1000, auc: 0.95 },
  };
}

describe('the checklist', () => {
  const found = report();
  const answer = (of: typeof found, name: string) => of.checklist?.find((one) => one.name === name);

  it('asks every signal one question of its own, in words', () => {
    const asked = (found.checklist ?? []).map((one) => one.question);

    expect((found.checklist ?? []).map((one) => one.name).sort()).toEqual(Object.keys(weights).sort());
    expect(new Set(asked).size).toBe(asked.length);
    for (const question of asked) expect(question).toMatch(/^(Do|Does|Is|Are|Can|Did|Was) .+\?$/);
  });

  it('says yes, no, partly, not known and does not arise by what was found, and never yes to a flag or an unknown', () => {
    const poor = report({
      following: { value: 7900, source: 'file', at: now },
      followers: { value: 8000, source: 'file', at: now },
      followerSeries: [],
    });

    expect(answer(found, 'follow_ratio')).toMatchObject({ answer: 'yes' });
    expect(answer(poor, 'follow_ratio')).toMatchObject({ answer: 'no' });
    expect(answer(found, 'engagement_level')).toMatchObject({ answer: 'partly' });
    expect(answer(poor, 'follower_growth')).toMatchObject({ answer: 'unknown' });
    expect(answer(found, 'brand_conflicts')?.answer).not.toBe('yes');
    expect(answer(found, 'sponsored_performance')).toMatchObject({ answer: 'not_applicable' });
    for (const of of [found, poor])
      for (const one of of.checklist ?? []) {
        const signal = of.signals.find((candidate) => candidate.name === one.name);
        const isFlagged = of.flags.some((flag) => flag.signal === one.name);
        if (one.answer === 'yes') expect([signal?.state, isFlagged]).toEqual(['known', false]);
        expect(one.text).toBe(signal?.text);
      }
  });
});

describe('highlights', () => {
  it('name the strongest first, flags before weaknesses, and nothing that is not known', () => {
    const found = report({
      following: { value: 7900, source: 'file', at: now },
      posts: posts(12, (at) => ({ likes: 8000 + 150 * at })),
    });
    const { strengths, problems } = found.highlights ?? { strengths: [], problems: [] };
    const given = strengths.map((one) => one.contribution ?? 0);

    expect(strengths.length).toBeGreaterThan(0);
    expect(given).toEqual([...given].sort((a, b) => b - a));
    expect(Math.min(...given)).toBeGreaterThan(0);
    expect(problems[0]?.title).toBe(found.flags[0]?.title);
    const taken = problems.slice(found.flags.length).map((one) => one.contribution ?? 0);
    expect(taken).toEqual([...taken].sort((a, b) => a - b));
    for (const one of [...strengths, ...problems.slice(found.flags.length)])
      expect(found.signals.find((signal) => signal.name === one.signal)?.state).toBe('known');
  });

  it('are empty on both sides where nothing is known', () => {
    const found = report({ posts: [], followers: null, following: null, postCount: null, followerSeries: [] });

    expect(found.highlights?.strengths).toEqual([]);
  });
});

describe('old data', () => {
  const observed = (days: number) =>
    report({
      followers: { value: 24_000, source: 'file', at: daysAgo(days) },
      following: { value: 400, source: 'file', at: daysAgo(days) },
      postCount: { value: 500, source: 'file', at: daysAgo(days) },
      posts: posts(12, (at) => ({ observedAt: daysAgo(days), postedAt: daysAgo(days + 3 + 2 * at) })),
    });
  const flagOf = (found: ReturnType<typeof observed>) => found.flags.find((flag) => flag.name === 'stale_data');

  it('raise a flag with the day and the age from the 91st day on, and keep the creator from passing', () => {
    expect(flagOf(observed(90))).toBeUndefined();
    expect(flagOf(observed(91))?.reason).toContain('91 days ago; more than 90 days');
    expect(observed(91).verdict).toBe('review');
  });

  it('are old after as many days as the workspace says', () => {
    const rules = { pass: 65, reject: 40, confidenceForPass: 0.5, staleAfterDays: 30, flags: {}, limits: [] };
    const subject = aSubject({
      followers: { value: 24_000, source: 'file', at: daysAgo(40) },
      following: { value: 400, source: 'file', at: daysAgo(40) },
      postCount: { value: 500, source: 'file', at: daysAgo(40) },
      posts: posts(12, () => ({ observedAt: daysAgo(40) })),
    });

    expect(flagOf(computeReport(subject, { ...context, verdictRules: rules }))?.reason).toContain('more than 30 days');
    expect(flagOf(computeReport(subject, context))).toBeUndefined();
  });
});

describe('samples of an audience that look fake', () => {
  const judged = (suspicious: number) =>
    report({
      audience: {
        followers: aSample('followers', suspicious),
        likers: aSample('likers', suspicious),
        commenters: aSample('commenters', suspicious),
      },
    });
  const names = ['follower_credibility', 'liker_credibility', 'commenter_credibility'];
  const of = (found: ReturnType<typeof judged>) =>
    names.map((name) => found.signals.find((signal) => signal.name === name));

  it('take points of followers, likers and commenters, each with the accounts that look worst', () => {
    const low = of(judged(0.5));

    // 50 % credible is below the worst of 60 %, so all the points are gone.
    expect(low.map((signal) => signal?.contribution)).toEqual([-6, -4, -2]);
    for (const signal of low) {
      expect(signal).toMatchObject({ value: 0.5, n: 400, state: 'known' });
      expect(signal?.evidence[0]).toMatchObject({ label: '@kx20487731', value: '93 % suspicious: Never posted' });
    }
    // 75 % credible: half of the way from 60 to 90.
    expect(of(judged(0.25)).map((signal) => signal?.contribution)).toEqual([-3, -2, -1]);
    expect(of(judged(0.05)).map((signal) => signal?.contribution)).toEqual([0, 0, 0]);
  });

  it('raise a flag for each only when the whole interval lies below three of four', () => {
    const flags = (found: ReturnType<typeof judged>) =>
      found.flags.map((flag) => flag.name).filter((name) => name.startsWith('low_'));

    expect(flags(judged(0.5))).toEqual(names.map((name) => `low_${name}`));
    expect(flags(judged(0.27))).toEqual([]);
    expect(judged(0.5).flags.find((flag) => flag.name === 'low_liker_credibility')?.reason).toContain(
      '50 % look real, at most 53 %',
    );
  });
});

describe('posts that name brands', () => {
  it('are counted with and without pay; a friend is no brand', () => {
    const found = report({
      brand: {
        niches: [],
        keywords: [],
        noGoWords: [],
        competitors: ['Rivalbread'],
        handles: ['ourbakery'],
      },
      posts: posts(14, (at) => {
        if (at === 0) return { caption: '#ad tea', mentions: ['@kettlemoth.de'] };
        if (at === 1) return { caption: 'tea again', mentions: ['@kettlemoth'] };
        if (at === 2) return { mentions: ['@ourbakery'] };
        if (at === 3) return { mentions: ['@rivalbread'] };
        if (at === 4) return { mentions: ['@my_friend'] };
        if (at === 5) return { mentions: ['@nell'] };
        return {};
      }),
    });

    expect(found.deals?.mentions).toMatchObject({ posts: 14, brands: 4, share: 4 / 14, unpaid: 3, anybody: 5 });
    expect(found.deals?.mentions?.interval?.low).toBeGreaterThan(0);
    expect(report({ posts: [] }).deals?.mentions).toBeNull();
  });
});

describe('a report as a table', () => {
  const computed = report();
  const full: Vetting = {
    ...computed,
    id: 'vrp_1',
    personId: 'per_1',
    profileId: 'prf_1',
    isMain: true,
    computedAt: now,
    checkedAt: now,
    verdicts: [
      { id: 'vvd_1', point: 'overall', verdict: 'pass', reason: 'She is fine', decidedBy: 'Rita', decidedAt: now },
    ],
    hasBrandProfile: false,
  };
  const [head = [], ...rows] = reportRows(full);
  const cell = (row: (typeof rows)[number], name: string) => row[head.indexOf(name)];

  it('has every signal once, and points that add up to the score', () => {
    const signals = rows.filter((row) => cell(row, 'section') === 'signal');
    const scored = rows.filter((row) => ['signal', 'score'].includes(String(cell(row, 'section'))));
    const sum = scored.reduce((total, row) => total + Math.round(10 * Number(cell(row, 'points'))), 0);

    expect(signals.map((row) => cell(row, 'name')).sort()).toEqual(Object.keys(weights).sort());
    expect(sum).toBe(Math.round(10 * (computed.score ?? 0)));
    for (const row of rows) expect(row).toHaveLength(head.length);
  });

  it('leaves what is not known empty and says what would settle it, and keeps what people decided', () => {
    const growth = rows.find((row) => cell(row, 'name') === 'follower_credibility');
    const decision = rows.find((row) => cell(row, 'section') === 'decision');

    expect(growth === undefined ? null : [cell(growth, 'value'), cell(growth, 'state')]).toEqual([null, 'unknown']);
    expect(String(growth?.[head.indexOf('text')])).toContain('Needs a sample of 50');
    expect(decision).toContain('She is fine');
  });
});
