import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createOrder, getOrder, getRateState, importRates, listRates, setRate } from './api.ts';
import { readEcbFile, readRateDay, readRateRow } from './rules/read-rates.ts';

let test: TestCore;
let client: Client;

beforeAll(async () => {
  test = await openTestCore();
  await test.database.createWorkspace('brand');
  client = test.client('brand');
});

afterAll(() => test.close());

const order = (id: string, day: string, amount: { amountMinor: string; currency: string }) =>
  client.call(createOrder, { id, orderedAt: `${day}T12:00:00Z`, updatedAt: `${day}T12:00:00Z`, amount });

describe('the rate of an order', () => {
  it('is kept with its day and source, crosses over EUR, reaches over a weekend, and an order without one says so', async () => {
    const { currency } = await client.call(getRateState, {});
    const foreign = currency === 'JPY' ? 'KWD' : 'JPY';
    const early = await order('fx-0', '2026-05-11', { amountMinor: '10000', currency: foreign });
    expect(early.order.rated).toBeNull();
    const file = `Date, ${currency === 'EUR' ? 'USD' : currency}, ${foreign}, HRK, \n2026-05-08,${currency === 'EUR' ? '1.1' : '1.25'},162.5,N/A,`;
    const upload = () => client.upload(importRates, {}, { body: Buffer.from(file), fileName: 'eurofxref-hist.csv' });
    expect(await upload()).toMatchObject({ read: 1, errorsTotal: 0, orders: 1 });
    expect(await upload()).toMatchObject({ created: 0, orders: 0 });
    // 2026-05-11 is the Monday after that Friday.
    const rated = (await client.call(getOrder, { orderId: early.order.id })).rated;
    expect(rated).toMatchObject({ day: '2026-05-08', source: expect.stringContaining('ECB file') });
    const late = await order('fx-1', '2026-05-16', { amountMinor: '10000', currency: foreign });
    expect(late.order.rated).toBeNull();
    expect((await client.call(getRateState, {})).waiting).toMatchObject([{ currency: foreign, orders: 1 }]);
    await client.call(setRate, { day: '2026-05-16', base: foreign, quote: currency, rate: '0.0062' });
    expect((await client.call(getOrder, { orderId: late.order.id })).rated).toMatchObject({
      rate: '0.0062',
      day: '2026-05-16',
      amount: { currency },
    });
    expect((await client.call(listRates, {})).rows.length).toBeGreaterThanOrEqual(3);
  });

  it('is 1 where both currencies are one', async () => {
    const { currency } = await client.call(getRateState, {});
    const same = await order('fx-2', '2026-05-11', { amountMinor: '5', currency });
    expect(same.order.rated).toMatchObject({ rate: '1', day: null, amount: { amountMinor: '5', currency } });
  });
});

describe('files of rates', () => {
  it('are read by day and currency, with faults told by field', () => {
    expect(readRateRow(['Date', ' USD'], ['23 November 2026', '1.0853'])).toEqual({
      ok: true,
      rates: [{ day: '2026-11-23', base: 'EUR', quote: 'USD', rate: '1.0853' }],
    });
    expect(readRateRow(['day', 'base', 'quote', 'rate'], ['2026-11-23', 'usd', 'jpy', '1e3'])).toMatchObject({
      ok: false,
      field: 'JPY',
    });
    expect(readRateRow(['Date', 'USD'], ['2026-02-30', '1'])).toMatchObject({ ok: false, field: 'Date' });
    expect(readEcbFile(`<Cube time='2026-11-23'><Cube currency='USD' rate='1.0853'/></Cube>`)).toEqual([
      { day: '2026-11-23', base: 'EUR', quote: 'USD', rate: '1.0853' },
    ]);
    expect(readEcbFile('<html>moved</html>')).toBeNull();
  });

  it('hold no day that is not in the calendar', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const day = readRateDay(text);
        expect(day === null || new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)).toBe(true);
      }),
    );
  });
});
