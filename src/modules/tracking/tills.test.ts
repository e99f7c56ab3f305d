import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { aCampaign } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import * as api from './api.ts';
import { judgeTillCode, receiptId } from './rules/judge-till-code.ts';
import { givenOn } from './rules/shop-wish.ts';

const start = new Date('2026-05-04T09:00:00Z');

describe('a till', () => {
  let test: TestCore;
  let now = start;
  let client: Client;
  let staff: Client;
  let workspaceId = '';
  let token = '';
  let tillId = '';
  let codeId = '';

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => now } });
    staff = test.client();
  }, 60_000);
  afterAll(() => test?.close());

  let round = 0;
  beforeEach(async () => {
    round += 1;
    now = start;
    workspaceId = await test.database.createWorkspace(`till-${round}`);
    client = test.client(`till-${round}`);
    const { enrolments } = await aCampaign(test.database, workspaceId, ['nell']);
    const code = await client.call(api.createCode, {
      code: 'NELL10',
      kind: 'percent',
      percent: 10,
      enrolmentId: enrolments[0]?.id ?? '',
    });
    codeId = code.id;
    const made = await client.call(api.createTill, { name: 'Corner', place: 'High Street 1', currency: 'EUR' });
    tillId = made.till.id;
    token = new URL(made.link).hash.slice(1);
  });
  let keys = 0;
  const key = () => {
    keys += 1;
    return `phone-key-${keys}`;
  };
  const redeem = (over: Record<string, unknown> = {}) =>
    staff.call(api.redeemAtTill, { token, key: key(), code: 'nell10', amount: '45.00', receipt: 'A-17', ...over });
  const orders = async () => (await client.call(api.listOrders, {})).rows;

  it('shows whose a code is and makes an order of the purchase that credits the creator', async () => {
    expect(await staff.call(api.lookUpTillCode, { token, code: ' nell10 ' })).toMatchObject({
      code: 'NELL10',
      creatorName: 'nell',
      percent: 10,
      isUsable: true,
      reasons: [],
    });
    const event = await redeem();
    expect(event).toMatchObject({
      kind: 'redeemed',
      amount: { amountMinor: '4500', currency: 'EUR' },
      discount: { amountMinor: '500', currency: 'EUR' },
    });
    const [order] = await orders();
    expect(order).toMatchObject({ id: event.orderId, sourceName: 'Till: Corner', codes: ['NELL10'], state: 'paid' });
    await expect
      .poll(async () => (await orders())[0]?.credit?.creator?.handle, { timeout: 20_000, interval: 100 })
      .toBe('nell');
    expect((await client.call(api.listTills, {}))[0]).toMatchObject({
      today: { redeemed: 1, visits: 0, revenue: { amountMinor: '4500', currency: 'EUR' } },
    });
  });

  it('takes a purchase sent again once, also when two sendings meet, and refuses a receipt that stands already', async () => {
    const one = key();
    const answers = await Promise.all([redeem({ key: one }), redeem({ key: one }), redeem({ key: one })]);
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    expect(await orders()).toHaveLength(1);
    await expect(redeem({ receipt: ' a-17 ' })).rejects.toMatchObject({ code: 'tracking.receipt_used' });
    now = new Date(now.getTime() + 24 * 3_600_000);
    await redeem();
    expect(await orders()).toHaveLength(2);
  });

  it('takes what was noted without a network at its own time, but not in the future nor after two weeks', async () => {
    await client.call(api.updateCode, { codeId, endsAt: '2026-05-04T08:00:00Z' });
    await expect(redeem()).rejects.toMatchObject({
      code: 'tracking.code_refused',
      message: expect.stringContaining('ended on 2026-05-04'),
    });
    const event = await redeem({ happenedAt: '2026-05-04T07:30:00Z' });
    expect(event.happenedAt).toBe('2026-05-04T07:30:00.000Z');
    await expect(redeem({ happenedAt: '2026-04-01T07:30:00Z' })).rejects.toMatchObject({ code: 'tracking.bad_order' });
    await client.call(api.updateCode, { codeId, endsAt: null });
    expect((await redeem({ receipt: 'B', happenedAt: '2030-01-01T00:00:00Z' })).happenedAt).toBe(now.toISOString());
  });

  it('never goes beyond the uses of a code, whatever many tills do at once', async () => {
    await client.call(api.updateCode, { codeId, usageLimit: 3 });
    const answers = await Promise.allSettled(Array.from({ length: 8 }, (_, at) => redeem({ receipt: `R-${at}` })));
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(3);
    expect(await orders()).toHaveLength(3);
    expect(await staff.call(api.lookUpTillCode, { token, code: 'NELL10' })).toMatchObject({
      isUsable: false,
      reasons: ['It was used 3 of 3 times.'],
    });
  });

  it('holds a code that is for once to the customer, who is kept as a hash only', async () => {
    await client.call(api.createCode, { code: 'ONCE', kind: 'percent', percent: 20, isOncePerCustomer: true });
    const once = (over = {}) => redeem({ code: 'ONCE', customer: '+49 171 234', ...over });
    expect((await staff.call(api.lookUpTillCode, { token, code: 'ONCE' })).askFor[0]).toContain('Once per customer');
    await once({ receipt: '1' });
    await expect(once({ receipt: '2', customer: '+49171234' })).rejects.toMatchObject({
      message: 'This customer has used it already.',
    });
    await once({ receipt: '3', customer: '+49171235' });
    const rows = await test.database.db.inWorkspace(workspaceId, (tx) =>
      tx.selectFrom('till_event').selectAll().where('workspace_id', '=', workspaceId).execute(),
    );
    expect(rows).toHaveLength(2);
    expect(inspect(rows)).not.toContain('171234');
  });

  it('undoes within minutes and cancels the order; the receipt is free again', async () => {
    const event = await redeem({ amount: '450.00' });
    const undone = await staff.call(api.undoAtTill, { token, eventId: event.id });
    expect(undone.undoneAt).not.toBeNull();
    expect(await staff.call(api.undoAtTill, { token, eventId: event.id })).toEqual(undone);
    expect((await orders())[0]?.state).toBe('cancelled');
    now = new Date(now.getTime() + 60_000);
    const again = await redeem({ amount: '45.00' });
    expect(await orders()).toMatchObject([{ state: 'paid', amount: { amountMinor: '4500' } }]);
    now = new Date(now.getTime() + 16 * 60_000);
    await expect(staff.call(api.undoAtTill, { token, eventId: again.id })).rejects.toMatchObject({
      code: 'tracking.too_late',
    });
    await client.call(api.undoTillEvent, { tillId, eventId: again.id });
    expect((await orders())[0]?.state).toBe('cancelled');
  });

  it('counts visits apart from money', async () => {
    const visit = await staff.call(api.visitAtTill, { token, key: key(), code: 'NELL10' });
    expect(visit).toMatchObject({ kind: 'visit', amount: null, orderId: null });
    expect(await orders()).toEqual([]);
    expect((await client.call(api.listTills, {}))[0]?.today).toMatchObject({ visits: 1, redeemed: 0 });
  });

  it('locks against guessing codes, closes, and ends with a new link', async () => {
    for (let at = 0; at < 10; at += 1)
      await expect(staff.call(api.lookUpTillCode, { token, code: `GUESS${at}` })).rejects.toMatchObject({
        code: 'tracking.code_unknown',
      });
    await expect(staff.call(api.lookUpTillCode, { token, code: 'NELL10' })).rejects.toMatchObject({
      code: 'tracking.till_busy',
    });
    now = new Date(now.getTime() + 16 * 60_000);
    expect((await staff.call(api.lookUpTillCode, { token, code: 'NELL10' })).isUsable).toBe(true);
    await client.call(api.updateTill, { tillId, isOpen: false });
    await expect(redeem()).rejects.toMatchObject({ code: 'tracking.till_closed' });
    await client.call(api.updateTill, { tillId, isOpen: true });
    const { link } = await client.call(api.showTillLink, { tillId, isNew: true });
    await expect(redeem()).rejects.toMatchObject({ code: 'tracking.till_unknown' });
    token = new URL(link).hash.slice(1);
    await redeem();
    const calls = await Promise.allSettled(Array.from({ length: 70 }, () => staff.call(api.openTill, { token })));
    expect(calls.filter((call) => call.status === 'rejected').length).toBeGreaterThan(5);
  });

  it('takes a file of in-store orders, in which a receipt redeemed by phone is the same order', async () => {
    await redeem();
    const upload = (text: string) =>
      test.fetch(
        new Request(`http://localhost:4600/api/v1/tills/${tillId}/import`, {
          method: 'POST',
          headers: { authorization: `Bearer ${test.core.infra.localToken}`, 'rapport-workspace': `till-${round}` },
          body: text,
        }),
      );
    const file = [
      'Receipt,Date,Total,Code',
      'A-17,2026-05-04 09:05,45.00,',
      'A-18,2026-05-04 10:05,"12,50",NELL10',
      'A-19,no date,1.00,',
      'A-20,2026-05-04 11:00,-3.00,',
    ].join('\n');
    const { data } = (await (await upload(file)).json()) as { data: Record<string, unknown> };
    expect(data).toMatchObject({ read: 4, created: 1, unchanged: 1, errorsTotal: 2 });
    expect((await orders()).map((order) => [order.codes[0], order.amount.amountMinor]).sort()).toEqual([
      ['NELL10', '1250'],
      ['NELL10', '4500'],
    ]);
    const again = (await (await upload(file)).json()) as { data: Record<string, unknown> };
    expect(again.data).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });

  it('draws a sheet that leads to the till, whatever it is called', async () => {
    await client.call(api.updateTill, { tillId, name: '<b>"Corner" & Co' });
    const answer = await test.fetch(
      new Request(`http://localhost:4600/api/v1/tills/${tillId}/poster`, {
        method: 'POST',
        headers: { authorization: `Bearer ${test.core.infra.localToken}`, 'rapport-workspace': `till-${round}` },
      }),
    );
    const svg = await answer.text();
    expect(answer.headers.get('content-type')).toBe('image/svg+xml');
    expect(svg).toContain('&#60;b&#62;&#34;Corner&#34; &#38; Co');
    expect(svg).not.toContain('<b>');
  });
});

describe('what a till makes of a code', () => {
  const base = {
    code: 'A',
    state: 'live' as const,
    starts_at: null,
    ends_at: null,
    usage_limit: null,
    scope: 'all' as const,
    scope_items: [],
    is_first_order: false,
    is_once_per_customer: false,
    minimum_minor: 2000n,
    minimum_currency: 'EUR',
    minimum_quantity: null,
  };
  const of = {
    at: start,
    uses: 0,
    usesByCustomer: 0,
    hasCustomer: false,
    say: {
      day: (at: Date) => at.toISOString().slice(0, 10),
      money: (minor: bigint, currency: string) => `${minor} ${currency}`,
    },
  };

  it('holds a purchase to the smallest one in its own currency, and asks in another', () => {
    const judged = (amountMinor: bigint, currency: string) =>
      judgeTillCode(base, { ...of, purchase: { amountMinor, currency } });
    expect(judged(1999n, 'EUR').reasons).toHaveLength(1);
    expect(judged(2000n, 'EUR')).toEqual({ reasons: [], askFor: [] });
    expect(judged(100n, 'USD')).toEqual({ reasons: [], askFor: ['From a purchase of 2000 EUR on.'] });
  });

  it('tells the discount of a share from what was paid to half a minor unit', () => {
    const code = { kind: 'percent' as const, amount_minor: null, currency: null, other_amounts: {} };
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.integer({ min: 1, max: 9999 }), (full, hundredths) => {
        const percent = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
        const discount = (full * BigInt(hundredths) + 5000n) / 10_000n;
        const given = givenOn({ ...code, percent }, { amountMinor: full - discount, currency: 'EUR' }) ?? -1n;
        // Paid was rounded by half a unit; divided by the rest of the share that is at most so much.
        const off = given > discount ? given - discount : discount - given;
        expect(off * BigInt(10_000 - hundredths)).toBeLessThanOrEqual(10_000n);
      }),
      { numRuns: 300 },
    );
  });

  it('reads a receipt however it is typed as one of its day', () => {
    expect(receiptId('2026-05-04', ' a-17  ')).toBe('2026-05-04/A-17');
    expect(receiptId('2026-05-04', 'Ａ-17')).toBe(receiptId('2026-05-04', 'a-17'));
    expect(receiptId('2026-05-05', 'A-17')).not.toBe(receiptId('2026-05-04', 'A-17'));
  });
});
