import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AudienceSample, Report } from '../api.ts';
import { aSubject, context, posts } from './a-subject.ts';
import { computeReport } from './compute-report.ts';
import { reportPage } from './report-page.ts';
import { shownOutside } from './shown-outside.ts';
import type { CommentFacts } from './subject.ts';

const ids = { id: 'vet_1', personId: 'per_1', profileId: 'prf_1', isMain: true };
const times = { computedAt: context.now, checkedAt: context.now };
const reportOf = (brand: { noGoWords: string[]; competitors: string[]; keywords: string[] } | null): Report => ({
  ...computeReport(
    aSubject({
      brand: brand === null ? null : { niches: [], ...brand },
      posts: posts(12, (at) => (at === 3 ? { caption: 'with zq1 and zq2' } : {})),
    }),
    context,
  ),
  ...ids,
  ...times,
});

describe('a report shown outside', () => {
  it('tells no word of the brand profile that is not in a public caption, and still adds up', () => {
    const word = fc.stringMatching(/^[a-z]{8,12}$/);
    fc.assert(
      fc.property(word, word, (keyword, other) => {
        const shown = shownOutside(
          reportOf({ keywords: [`kw${keyword}`], noGoWords: ['zq1', `ng${other}`], competitors: ['zq2'] }),
          false,
        );
        const text = JSON.stringify(shown);
        expect(text).not.toContain(keyword);
        expect(text).not.toContain('no-go word \\"zq1');
        expect(text).not.toContain('competitor \\"zq2');
        const tenths = shown.contributions.reduce((sum, one) => sum + Math.round(10 * one.contribution), 0);
        expect(tenths).toBe(Math.round(10 * (shown.score ?? Number.NaN)));
      }),
      { numRuns: 30 },
    );
  });

  it('tells shares of comments and of samples, and nobody who follows or comments', () => {
    const row = {
      kind: 'comment',
      id: 'cmt_1',
      at: null,
      url: null,
      label: '@reader_one',
      value: 'a reader wrote this',
    } as const;
    const facts: CommentFacts = {
      n: 40,
      unread: 0,
      corrected: 0,
      named: 40,
      authors: 40,
      low: 4,
      lowByMarked: 4,
      copied: 0,
      byPods: 0,
      arePodsKnown: true,
      spam: 2,
      negative: 4,
      neutral: 16,
      positive: 20,
      purchase: 3,
      questions: 9,
      complaints: 1,
      newestAt: context.now,
      kinds: { conversation: 12, specific_praise: 8, generic_praise: 10, emoji_only: 6, tag_only: 2, spam_promo: 2 },
      rows: { low: [row], copied: [], pods: [], spam: [], negative: [], purchase: [] },
    };
    const account = { row: 1, handle: 'kx20487731', url: null, followers: 3, following: 4200, posts: 0 };
    const share = { share: 0.5, low: 0.45, high: 0.55 };
    const followers: AudienceSample = {
      kind: 'followers',
      takenAt: context.now,
      source: 'Export',
      method: 'random',
      size: 400,
      judged: 400,
      state: 'estimated',
      text: '',
      coverage: 0.9,
      shares: { real: share, influencer: null, massFollower: null, suspicious: share },
      missing: [],
      reachability: null,
      notable: { total: 1, accounts: [account] },
      suspicious: { total: 1, accounts: [{ ...account, suspicion: 0.9, reasons: [] }] },
      bands: [],
      model: { version: '1', trainedOn: '', n: 1, auc: 0.9 },
    };
    const subject = aSubject({ comments: facts, audience: { followers, likers: null, commenters: null } });
    const shown = shownOutside({ ...computeReport(subject, context), ...ids, ...times }, false);
    const page = reportPage(shown, { creatorName: 'Nell', workspaceName: 'Mine', verdicts: [] });

    expect(shown.comments).toMatchObject({ n: 40, kinds: { conversation: 12 } });
    expect(shown.audiences).toMatchObject([{ kind: 'followers', judged: 400, shares: { suspicious: share } }]);
    for (const told of [JSON.stringify(shown), JSON.stringify(page)]) {
      expect(told).not.toContain('kx20487731');
      expect(told).not.toContain('a reader wrote this');
      expect(told).not.toContain('reader_one');
    }
    expect(page.comments?.rows.find((one) => one.title === 'Conversation')).toMatchObject({ value: '30 %' });
    expect(page.audiences[0]?.rows.map((one) => one.value)).toEqual(['50 %', '50 %']);
    expect(page.comments?.rows.find((one) => one.title === 'Complaints')?.note).toContain('1 of 40');
  });

  it('lets nothing out that is not on its list, whatever a report may hold one day', () => {
    const shown = shownOutside({ ...reportOf(null), ...{ secretSection: 'kept at home' } }, true);

    expect(JSON.stringify(shown)).not.toContain('kept at home');
    expect(Object.keys(shown)).not.toContain('deals');
    expect(Object.keys(shown)).not.toContain('personId');
  });
});
