import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine } from '#kernel/one-line.ts';
import { type Terms, type TermsInput, termsSchema } from '../api.ts';
import { shippedClauses } from '../library/clauses.ts';
import { shippedTemplates } from '../library/templates.ts';
import { compareTerms } from './compare-terms.ts';
import { instantWithin, stateAt } from './expiry.ts';
import { type ObligationInput, obligationsOf } from './obligations.ts';
import { payUnderCaps } from './pay-under-caps.ts';
import { faultsOfBody, renderClauses } from './render-clauses.ts';
import { cleanName, cleanStrokes } from './signing.ts';
import { mayTake } from './steps.ts';
import { sayMoney } from './term-words.ts';

const terms = (input: TermsInput): Terms => termsSchema.parse(input);
const usd = (amountMinor: string) => ({ amountMinor, currency: 'USD' });
const context = (of: Terms) => ({
  title: 'Slow Mornings',
  brandName: 'Oatwhistle',
  brandAddress: null,
  creatorName: 'Nell',
  jurisdiction: 'US' as const,
  terms: of,
});

describe('terms', () => {
  it('name the field that does not fit', () => {
    const faults = (input: TermsInput) =>
      termsSchema.safeParse(input).error?.issues.map((issue) => issue.path.join('.')) ?? [];
    expect(faults({ fee: usd('1000'), feeParts: [{ label: 'Half', amount: usd('500'), trigger: 'signed' }] })).toEqual([
      'feeParts',
    ]);
    expect(faults({ feeParts: [{ label: 'All', amount: usd('500'), trigger: 'signed' }] })).toEqual(['feeParts']);
    expect(faults({ startsOn: '2026-06-02', endsOn: '2026-06-01' })).toEqual(['endsOn']);
    expect(
      faults({
        deliverables: [{ platform: 'tiktok', format: 'video', draftDueOn: '2026-06-02', dueOn: '2026-06-01' }],
      }),
    ).toEqual(['deliverables.0.draftDueOn']);
    expect(faults({ payouts: [{ label: 'Views', per: 'thousand_views', sharePercent: 10 }] })).toEqual([
      'payouts.0.sharePercent',
    ]);
    expect(faults({ payouts: [{ label: 'Orders', per: 'order' }] })).toEqual(['payouts.0.amount']);
    expect(
      faults({
        fee: usd('1000'),
        payouts: [{ label: 'Orders', per: 'order', amount: { amountMinor: '5', currency: 'EUR' } }],
      }),
    ).toEqual(['payouts.0.amount']);
    expect(faults({ fee: usd('-1') })).toEqual(['fee']);
    expect(faults({ endsOn: '0226-01-01' })).toEqual(['endsOn']);
    expect(faults({ usageRights: [{ channels: ['print'], paid: false, territory: 'US', startsAt: 'date' }] })).toEqual([
      'usageRights.0.from',
    ]);
  });

  it('differ from themselves in nothing, and from a change in that field alone', () => {
    const base = shippedTemplates[4]?.terms ?? terms({});
    expect(compareTerms(base, structuredClone(base))).toEqual([]);
    expect(compareTerms(base, { ...base, revisionsMax: 7 })).toEqual([
      { field: 'revisionsMax', label: 'Rounds of changes', before: ['At most 2'], after: ['At most 7'] },
    ]);
  });

  it('say money exactly, with the places of its currency', () => {
    expect(sayMoney(usd('123456789'))).toBe('1,234,567.89 USD');
    expect(sayMoney({ amountMinor: '1500', currency: 'JPY' })).toBe('1,500 JPY');
    expect(sayMoney(usd('5'))).toBe('0.05 USD');
  });
});

describe('the text', () => {
  it('of every template that ships is whole: known variables, a law, a disclosure and no clause of another place', () => {
    for (const template of shippedTemplates) {
      const clauses = template.clauseIds.map((id) => shippedClauses.find((clause) => clause.id === id));
      expect(clauses.every((clause) => clause !== undefined && faultsOfBody(clause.body).length === 0)).toBe(true);
      const place = template.jurisdiction.toLowerCase();
      expect(template.clauseIds).toContain(`law-${place}`);
      expect(template.clauseIds).toContain(`disclosure-${place}`);
      expect(template.clauseIds.filter((id) => /-(us|uk|de|fr|eu)$/.test(id) && !id.endsWith(`-${place}`))).toEqual([]);
    }
    expect(shippedTemplates).toHaveLength(15);
    expect(new Set(shippedClauses.map((clause) => clause.id)).size).toBe(shippedClauses.length);
  });

  it('fills values as text: braces in a value are not filled again', () => {
    const clause = { id: 'x', version: 1, title: 'X', body: 'By {{brandName}} for {{creatorName}}', whenTerm: null };
    const { sections } = renderClauses([clause], { ...context(terms({})), creatorName: '{{fee}} #eval("1")' });
    expect(sections[0]?.paragraphs).toEqual([{ kind: 'text', text: 'By Oatwhistle for {{fee}} #eval("1")' }]);
  });

  it('leaves out what was not agreed, counts without gaps, and names what is missing', () => {
    const clauses = [
      { id: 'a', version: 1, title: 'A', body: 'Kill: {{killFee}}', whenTerm: 'killFeePercent' },
      { id: 'b', version: 1, title: 'B', body: 'Fee: {{fee}}', whenTerm: null },
    ];
    const { sections, gaps } = renderClauses(clauses, context(terms({})));
    expect(sections.map((section) => [section.number, section.clauseId])).toEqual([[1, 'b']]);
    expect(gaps).toEqual(['The fixed fee']);
    expect(
      renderClauses(clauses, context(terms({ fee: usd('999'), killFeePercent: 50 }))).sections[0]?.paragraphs[0]?.text,
    ).toBe('Kill: 50 % of the fee, 4.99 USD');
  });

  it('refuses variables nobody knows and braces without their other half', () => {
    expect(faultsOfBody('{{fee}} and {{shoeSize}}')).toEqual(['{{shoeSize}} is no variable']);
    expect(faultsOfBody('{{fee} open')).toHaveLength(1);
  });
});

describe('payouts under caps', () => {
  it('part at the count cap, and mark the rest as exceeded', () => {
    const of = terms({ payouts: [{ label: 'Order', per: 'order', amount: usd('500'), capCount: 100 }] });
    expect(payUnderCaps(of, [{ payout: 0, count: 120, valueMinor: null }], 'USD')).toMatchObject([
      {
        payable: 100,
        exceeded: 20,
        amount: usd('50000'),
        exceededAmount: usd('10000'),
        reason: 'Exceeded action cap: 100 are paid without approval',
      },
    ]);
  });

  it('never pay more than any cap, and lose no unit', () => {
    const money = fc.bigInt({ min: 0n, max: 10_000_000n }).map((amount) => usd(String(amount)));
    const payout = fc.record({
      isShare: fc.boolean(),
      amount: money,
      share: fc.integer({ min: 1, max: 10_000 }),
      capCount: fc.option(fc.integer({ min: 1, max: 500 })),
      capAmount: fc.option(money),
    });
    const results = fc.array(
      fc.record({
        payout,
        count: fc.integer({ min: 0, max: 1000 }),
        value: fc.bigInt({ min: 0n, max: 1_000_000_000n }),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(results, fc.option(money), (lines, payoutCap) => {
        const of = terms({
          payoutCap,
          payouts: lines.map(({ payout: one }) => ({
            label: 'x',
            per: 'order',
            amount: one.isShare ? null : one.amount,
            sharePercent: one.isShare ? one.share / 100 : null,
            capCount: one.capCount,
            capAmount: one.capAmount,
          })),
        });
        const paid = payUnderCaps(
          of,
          lines.map((line, at) => ({ payout: at, count: line.count, valueMinor: line.value })),
          'USD',
        );
        let total = 0n;
        for (const [at, line] of paid.entries()) {
          const input = lines[at];
          if (input === undefined) throw new Error('More lines than results');
          const amount = BigInt(line.amount.amountMinor);
          const owed =
            input.count === 0
              ? 0n
              : input.payout.isShare
                ? (input.value * BigInt(input.payout.share)) / 10_000n
                : BigInt(input.payout.amount.amountMinor) * BigInt(input.count);
          total += amount;
          expect(amount + BigInt(line.exceededAmount.amountMinor)).toBe(owed);
          expect(line.payable + line.exceeded).toBe(input.count);
          expect(amount >= 0n && line.payable >= 0 && line.exceeded >= 0).toBe(true);
          if (input.payout.capAmount !== null) expect(amount <= BigInt(input.payout.capAmount.amountMinor)).toBe(true);
          if (input.payout.capCount !== null) expect(line.payable <= input.payout.capCount).toBe(true);
          expect((line.reason === null) === (line.exceeded === 0 && line.exceededAmount.amountMinor === '0')).toBe(
            true,
          );
        }
        if (payoutCap !== null) expect(total <= BigInt(payoutCap.amountMinor)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('obligations', () => {
  const base: ObligationInput = {
    contractId: 'con_1',
    campaignId: 'cmp_1',
    enrolmentId: 'enr_1',
    person: { id: 'per_1', name: 'Nell' },
    terms: terms({
      fee: usd('30000'),
      feeParts: [
        { label: 'Upfront', amount: usd('10000'), trigger: 'signed' },
        { label: 'Rest', amount: usd('20000'), trigger: 'live' },
      ],
      payment: { days: 30, trigger: 'live' },
      deliverables: [
        {
          platform: 'instagram',
          format: 'reel',
          count: 2,
          draftDueOn: '2026-05-01',
          dueOn: '2026-05-10',
          staysDays: 30,
        },
      ],
      usageRights: [{ channels: ['brand_social'], paid: true, territory: 'US', startsAt: 'signed', days: 30 }],
      exclusivity: { category: 'milk', days: 14 },
    }),
    signedOn: '2026-04-30',
    pieces: [],
    feePaidOn: null,
    today: '2026-05-11',
  };
  const of = (change: Partial<ObligationInput>, kind: string) =>
    obligationsOf({ ...base, ...change }).filter((one) => one.kind === kind);

  it('have a day once what they wait for has happened', () => {
    expect(of({}, 'payment')).toMatchObject([
      { title: 'Upfront', dueOn: '2026-05-30', state: 'open' },
      { title: 'Rest', dueOn: null, waitsFor: 'everything owed to be live' },
    ]);
    const live = (liveOn: string) => ({
      platform: 'instagram',
      format: 'Reel',
      state: 'live' as const,
      liveOn,
      approvedOn: null,
      isForBrand: false,
      dueOn: null,
    });
    const made = (approvedOn: string) => ({
      ...live(approvedOn),
      state: 'approved' as const,
      liveOn: null,
      approvedOn,
    });
    expect(of({ pieces: [live('2026-05-09')] }, 'payment')[1]).toMatchObject({ dueOn: null });
    const pieces = [live('2026-05-09'), live('2026-05-12')];
    expect(of({ pieces }, 'payment')[1]).toMatchObject({ dueOn: '2026-06-11' });
    expect(of({ pieces }, 'post_stays')).toMatchObject([{ dueOn: '2026-06-11', state: 'open' }]);
    expect(of({ pieces }, 'exclusivity_end')).toMatchObject([{ dueOn: '2026-05-26' }]);
    expect(of({}, 'rights_end')).toMatchObject([{ dueOn: '2026-05-29', state: 'open' }]);
    expect(of({ pieces }, 'deliverable')).toMatchObject([{ state: 'met' }]);
    // What the brand shows is delivered on the day it is approved; what is to be posted is not.
    const forBrand = ['2026-05-09', '2026-05-12'].map((day) => ({ ...made(day), isForBrand: true }));
    expect(of({ pieces: forBrand }, 'deliverable')).toMatchObject([{ state: 'met' }]);
    expect(of({ pieces: forBrand }, 'payment')[1]).toMatchObject({ dueOn: '2026-06-11' });
    expect(of({ pieces: [made('2026-05-09'), made('2026-05-12')] }, 'payment')[1]).toMatchObject({ dueOn: null });
  });

  it('on approval, a fee counts from the last approval, not from going live', () => {
    const approved = (day: string | null, state: 'approved' | 'drafted' | 'live') => ({
      platform: 'instagram',
      format: 'Reel',
      state,
      liveOn: state === 'live' ? '2026-05-20' : null,
      approvedOn: day,
      isForBrand: false,
      dueOn: null,
    });
    const terms = { ...base.terms, feeParts: [], payment: { days: 10, trigger: 'draft_approved' as const } };
    const due = (pieces: ObligationInput['pieces']) => of({ terms, pieces }, 'payment')[0]?.dueOn;
    expect(due([approved('2026-05-09', 'approved'), approved('2026-05-12', 'live')])).toBe('2026-05-22');
    expect(due([approved('2026-05-09', 'approved'), approved(null, 'live')])).toBe('2026-05-30');
    // Approved once, then asked to be changed.
    expect(due([approved('2026-05-09', 'approved'), approved('2026-05-12', 'drafted')])).toBeNull();
  });

  it('are late only when somebody owes something', () => {
    expect(of({}, 'deliverable')).toMatchObject([{ state: 'late' }]);
    expect(of({}, 'draft')).toMatchObject([{ state: 'late' }]);
    expect(of({ today: '2026-06-30' }, 'rights_end')).toMatchObject([{ state: 'met' }]);
    expect(of({ feePaidOn: '2026-05-02' }, 'payment').map((one) => one.state)).toEqual(['met', 'met']);
  });
});

describe('names and strokes', () => {
  it('are one line of letters, whatever was typed', () => {
    expect(cleanName('Nell\r\nBcc: all@example.org')).toBe('Nell Bcc: all@example.org');
    expect(cleanName('  Zoë\u0000\u202e Ünal ')).toBe('Zoë Ünal');
    expect(cleanName('山田 太郎')).toBe('山田 太郎');
    expect(cleanName('🎉🎉')).toBeNull();
    expect(cleanName('7')).toBeNull();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const name = cleanName(text);
        expect(name === null || !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name)).toBe(true);
        expect(/[\r\n]/.test(oneLine(text))).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it('are whole numbers within the box, and a dot is no signature', () => {
    expect(
      cleanStrokes([
        [
          [1e308, -1e308],
          [0.4, 999.6],
          [20, 30],
          [500, 500],
        ],
      ]),
    ).toEqual([
      [
        [1000, 0],
        [0, 1000],
        [20, 30],
        [500, 500],
      ],
    ]);
    expect(cleanStrokes([[[5, 5]]])).toBeNull();
    expect(
      cleanStrokes([
        [
          [5, 5],
          [5, 6],
          [6, 6],
          [6, 5],
        ],
      ]),
    ).toBeNull();
    expect(cleanStrokes([])).toBeNull();
  });
});

describe('offers', () => {
  it('lapse at their instant, and only while they wait for an answer', () => {
    const at = new Date('2026-05-10T00:00:00Z');
    expect(stateAt({ state: 'sent', expires_at: at }, at)).toBe('expired');
    expect(stateAt({ state: 'sent', expires_at: at }, new Date(at.getTime() - 1))).toBe('sent');
    expect(stateAt({ state: 'signed', expires_at: at }, at)).toBe('signed');
  });

  it('find an instant of a day in every time zone', () => {
    for (const zone of [
      'Pacific/Kiritimati',
      'Pacific/Pago_Pago',
      'Etc/GMT+12',
      'America/New_York',
      'Asia/Kathmandu',
    ]) {
      const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(instantWithin('2026-03-29', zone));
      expect(day).toBe('2026-03-29');
    }
  });

  it('cannot be accepted, countered or signed once declined, withdrawn or lapsed', () => {
    for (const state of ['declined', 'withdrawn', 'expired', 'signed', 'draft'] as const) {
      for (const step of ['accept', 'counter', 'sign', 'decline'] as const) {
        expect(mayTake(step, 'creator', state)).toBe(false);
        expect(mayTake(step, 'brand', state)).toBe(false);
      }
    }
  });
});
