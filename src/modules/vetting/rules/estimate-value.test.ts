import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSubject, context, now, posts } from './a-subject.ts';
import { computeReport } from './compute-report.ts';
import { estimateValue } from './estimate-value.ts';
import { findingsOf, rescore } from './findings.ts';
import { defaultVerdictRules } from './verdict-rules.ts';
import { defaultWeights } from './weights.ts';

const row = (of: ReturnType<typeof estimateValue>, name: string) =>
  [...of.firstParty, ...of.estimated].find((one) => one.name === name);

describe('what a post is worth', () => {
  const band = { format: 'post', low: 100, high: 500, source: 'Word on the Block', year: 2023 };

  it('adds up to what a pencil gives, each with formula, source, year and sample', () => {
    const subject = aSubject({ priceBand: band });
    const found = estimateValue(subject, subject.posts);

    // 10 to 20 % of 24,000 followers.
    expect(row(found, 'estimated_reach')).toMatchObject({ low: 2400, high: 4800, year: 2026 });
    expect(row(found, 'estimated_price')).toMatchObject({ low: { amountMinor: '10000', currency: 'USD' } });
    // 100 dollars for 4.8 thousand impressions is 20.83; 500 for 2.4 thousand 208.33.
    expect(row(found, 'estimated_cpm')).toMatchObject({ low: { amountMinor: '2083' }, high: { amountMinor: '20833' } });
    // 2.4 thousand at 5 and 4.8 thousand at 15 dollars.
    expect(row(found, 'emv_impressions')).toMatchObject({
      low: { amountMinor: '1200' },
      high: { amountMinor: '7200' },
    });
    for (const one of found.estimated) expect([one.formula, one.source, one.sample]).not.toContain('');
  });

  it('keeps what the owner was shown apart, with its interval and sample, and never fills one from the other', () => {
    const seen = posts(12, (at) => ({ reach: 9000 + 100 * at, impressions: null }));
    const found = estimateValue(aSubject({ posts: seen }), seen);

    expect(row(found, 'measured_reach')).toMatchObject({ n: 12, source: 'file', asOf: now, needs: null });
    expect(row(found, 'measured_impressions')).toMatchObject({ low: null, high: null, n: 0 });
    expect(row(found, 'estimated_reach')).toMatchObject({ low: 2400, high: 4800 });
  });

  it('says what it takes where there is no figure', () => {
    const found = estimateValue(aSubject({ followers: null }), []);

    for (const one of found.estimated) {
      expect(one.low).toBeNull();
      expect(one.needs).not.toBeNull();
    }
  });
});

describe('findings that are kept', () => {
  it('score to what the report says, after a way through JSON', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 10, max: 3000 }), (count, likes) => {
        const report = computeReport(aSubject({ posts: posts(count, () => ({ likes })) }), context);
        const kept = JSON.parse(JSON.stringify(findingsOf(report)));
        const { score, verdict, rule } = rescore(kept, defaultWeights, defaultVerdictRules);
        expect({ score, verdict, rule }).toEqual({ score: report.score, verdict: report.verdict, rule: report.rule });
      }),
      { numRuns: 60 },
    );
  });
});
