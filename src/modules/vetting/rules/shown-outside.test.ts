import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../api.ts';
import { aSubject, context, posts } from './a-subject.ts';
import { computeReport } from './compute-report.ts';
import { shownOutside } from './shown-outside.ts';

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

  it('lets nothing out that is not on its list, whatever a report may hold one day', () => {
    const shown = shownOutside({ ...reportOf(null), ...{ secretSection: 'kept at home' } }, true);

    expect(JSON.stringify(shown)).not.toContain('kept at home');
    expect(Object.keys(shown)).not.toContain('deals');
    expect(Object.keys(shown)).not.toContain('personId');
  });
});
