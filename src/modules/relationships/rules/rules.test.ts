import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#kernel/time.ts';
import { applyRules, defaultRules, isSettled } from './apply-rules.ts';
import { readPastHeader } from './past-columns.ts';
import { ratingScale, readAgain, readRating, standingOf, toMinor } from './read-past-cells.ts';
import { judgePieces, leastOf, meanOf, medianOf, shareOf, sumMoney } from './sum-relationship.ts';

const day = fc.integer({ min: 0, max: 800 }).map((days) => addDays('2025-01-01', days));

describe('what a workspace does not tolerate', () => {
  const strike = (id: string, kind: string, occurredOn: string) => ({ id, kind, occurredOn });

  it('is silence twice within two years, abuse or bought reach once, unless it said otherwise', () => {
    const once = [strike('a', 'ghosting', '2026-01-01')];
    expect(applyRules(defaultRules, { strikes: once, today: '2026-06-01' })).toBeNull();
    const twice = [strike('b', 'ghosting', '2026-03-01'), ...once];
    expect(applyRules(defaultRules, { strikes: twice, today: '2026-06-01' })).toMatchObject({
      incidentIds: ['a', 'b'],
    });
    expect(applyRules(defaultRules, { strikes: twice, today: '2028-02-01' })).toBeNull();
    expect(
      applyRules(defaultRules, { strikes: [strike('c', 'abuse', '2001-01-01')], today: '2026-06-01' }),
    ).not.toBeNull();
    expect(applyRules([], { strikes: twice, today: '2026-06-01' })).toBeNull();
  });

  it('never depends on the order of strikes, and one strike more never unsets a flag', () => {
    const strikes = fc.array(
      fc.record({ id: fc.uuid(), kind: fc.constantFrom('ghosting', 'late', 'abuse'), occurredOn: day }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(strikes, fc.uuid(), (all, id) => {
        const today = '2027-01-01';
        const verdict = applyRules(defaultRules, { strikes: all, today });
        expect(applyRules(defaultRules, { strikes: all.toReversed(), today })).toEqual(verdict);
        const more = [...all, strike(id, 'ghosting', today)];
        if (verdict !== null) expect(applyRules(defaultRules, { strikes: more, today })).not.toBeNull();
      }),
    );
  });

  it('does not set a flag again by strikes a person forgave, but by a new one', () => {
    const verdict = { reason: 'x', incidentIds: ['a', 'b'] };
    expect(isSettled(verdict, [['a', 'b', 'c']])).toBe(true);
    expect(isSettled({ ...verdict, incidentIds: ['a', 'b', 'd'] }, [['a', 'b', 'c']])).toBe(false);
    expect(isSettled(verdict, [])).toBe(false);
  });
});

describe('how work kept to its days', () => {
  it('counts each piece once: on time, late, overdue, or not due yet', () => {
    const piece = fc.record({ dueOn: fc.option(day), liveOn: fc.option(day) });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const today = '2026-01-01';
        const kept = judgePieces(pieces, today);
        const dated = pieces.filter((one) => one.dueOn !== null);
        const waiting = dated.filter((one) => one.liveOn === null && (one.dueOn ?? '') >= today).length;
        expect(kept.onTime + kept.late + kept.overdue + waiting).toBe(dated.length);
        expect(kept.daysLate).toHaveLength(kept.onTime + kept.late);
        expect(kept.daysLate.every((days) => days >= 0)).toBe(true);
        expect(kept.liveOfDue + kept.overdue).toBe(kept.due);
      }),
    );
  });

  it('says nothing below the least number, and the plain share and median from there on', () => {
    expect(shareOf(2, leastOf - 1)).toMatchObject({ value: null, n: 2, reason: expect.stringContaining('not enough') });
    expect(shareOf(2, 4)).toEqual({ value: 0.5, n: 4, reason: null });
    expect(medianOf([9, 1, 0])).toMatchObject({ value: 1, n: 3 });
    expect(medianOf([4, 0, 1, 2])).toMatchObject({ value: 1.5, n: 4 });
    expect(meanOf([])).toMatchObject({ value: null, n: 0 });
    expect(
      sumMoney([
        { amountMinor: 3n, currency: 'USD' },
        { amountMinor: 4n, currency: 'EUR' },
        { amountMinor: 5n, currency: 'USD' },
      ]),
    ).toEqual([
      { amountMinor: 4n, currency: 'EUR' },
      { amountMinor: 8n, currency: 'USD' },
    ]);
  });
});

describe('cells of other tools’ exports', () => {
  it('are found under the headers these tools use', () => {
    const exports: [string, string][] = [
      [
        'Instagram Handle,Program,Stage,Rate,Amount Paid,Payment Date,Live URL,Posted Date,Internal Notes',
        'creator campaign status fee paid paidOn postUrl postedOn note',
      ],
      [
        'Creator,Project Name,Project Status,Offer Amount,Payment,Content Link,Date Posted,Creator Rating',
        'creator campaign status fee paid postUrl postedOn rating',
      ],
      [
        'Username,Email,Campaign,Status,Price (EUR),Post URL,Published at',
        'creator email campaign status fee postUrl postedOn',
      ],
      [
        'Profile URL,Full name,Campaign name,Workflow step,Agreed rate,Currency,Paid on,Post link,Would rebook?',
        'creator name campaign status fee currency paidOn postUrl again',
      ],
    ];
    for (const [line, columns] of exports) {
      const header = readPastHeader(line.split(','));
      expect(header.found.map((one) => one.column).join(' ')).toBe(columns);
      expect(header.ignored).toEqual([]);
    }
  });

  it('mean here what they meant there', () => {
    const standing = (status: string | null) => standingOf({ status, hasPost: false, isPaid: false });
    expect(['Completed', 'Live', 'Content approved', 'Contract signed'].map(standing)).toEqual(Array(4).fill('worked'));
    expect(['Declined', 'Not interested', 'Ghosted', 'Unresponsive'].map(standing)).toEqual(Array(4).fill('declined'));
    expect(['Invited', 'Outreach sent', 'Negotiating'].map(standing)).toEqual(Array(3).fill('contacted'));
    expect(standing('Blue')).toBe('unknown');
    expect(standingOf({ status: 'Invited', hasPost: true, isPaid: false })).toBe('worked');
    expect(['yes', 'Nein', 'maybe', 'perhaps not'].map((text) => readAgain(text))).toMatchObject([
      { value: 'yes' },
      { value: 'no' },
      { value: 'maybe' },
      { ok: false },
    ]);
  });

  it('give ratings as shares of their scale', () => {
    expect(ratingScale(['4', '3.5', ''])).toBe(5);
    expect(ratingScale(['4', '9'])).toBe(10);
    for (const [text, scale, value] of [
      ['4/5', 5, 0.8],
      ['80 %', 5, 0.8],
      ['★★★★☆', 5, 0.8],
      ['8', 10, 0.8],
      ['4,5', 5, 0.9],
      ['0', 5, 0],
    ] as const)
      expect(readRating(text, scale)).toEqual({ ok: true, value });
    for (const text of ['6', '-1', 'good', '3/0', '']) expect(readRating(text, 5).ok).toBe(false);
  });

  it('keep money exact to the last minor unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 13 }), (minor) => {
        expect(toMinor(minor / 100, 'EUR')).toEqual({ ok: true, value: BigInt(minor) });
      }),
    );
    expect(toMinor(1.005, 'EUR').ok).toBe(false);
    expect(toMinor(10.5, 'JPY').ok).toBe(false);
    expect(toMinor(-1, 'EUR').ok).toBe(false);
    expect(toMinor(1, 'XQQ').ok).toBe(false);
  });
});
