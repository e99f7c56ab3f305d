import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import type { CreatorRow } from '#modules/creators/api.ts';
import { importCreatorRows } from '#modules/creators/index.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  decideCustomer,
  forgetCustomers,
  getCustomers,
  importCustomers,
  listCustomerCreators,
  matchCustomers,
  searchCreators,
} from '../api.ts';
import { emailToCompare, localPartToCompare, nameToCompare } from './rules/possible-names.ts';

let test: TestCore;
let workspaceId: string;
let client: Client;

async function bringIn(rows: CreatorRow[]): Promise<string[]> {
  const outcome = await importCreatorRows(test.core.infra, {
    workspaceId,
    rows,
    source: 'test',
    observedAt: new Date('2026-05-01T00:00:00Z'),
  });
  await test.core.infra.outbox.settle();
  return outcome.personIds.flatMap((id) => id ?? []);
}

const creator = (handle: string, more: Partial<CreatorRow> = {}): CreatorRow => ({
  ...more,
  profiles: [{ platform: 'instagram', handle, followers: 5000 }],
});

async function faultOf(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw new Error(`Expected a refusal, got ${String(error)}`);
}

const shop = `Email,First Name,Last Name,Instagram,Total Orders,Total Spent (EUR),First Order Date,Last order
nell@example.com,Nell,Thistle,,4,"1,234.50",2025-01-02,2026-03-04
NELL@example.com,Nell,Thistle,,5,"1,300.00",2025-01-02,2026-04-01
other@example.com,Some,Body,@Sanne.Run,1,12.00,2026-02-01,2026-02-01
oat.meal.queen@example.com,Unknown,Person,,2,30.10,,
maria@example.com,Maria,Lopez,,7,99.99,,
nobody@example.com,No,Body,,1,5.00,,
,Miss,Ing,,1,5.00,,
`;

let nell = '';
let sanne = '';
let oatmeal = '';
let maria = '';

beforeAll(async () => {
  test = await openTestCore();
  workspaceId = await test.database.createWorkspace('shop');
  client = test.client('shop');
  [nell = '', sanne = '', oatmeal = '', maria = ''] = await bringIn([
    creator('oat_nell', { name: 'Nell Thistle', emails: ['nell@example.com'] }),
    creator('sanne.run', { name: 'Sanne' }),
    creator('oatmealqueen', { name: 'Quinn' }),
    creator('maria_bakes', { name: 'María Lopez'.normalize('NFC').replace('í', 'i') }),
  ]);
});
afterAll(() => test.close());

describe('customers who are creators', () => {
  it('are found by address and account for certain, by name or by what stands before the @ as possible', async () => {
    const done = await client.upload(importCustomers, {}, { body: shop, fileName: 'customers.csv' });
    expect(done).toMatchObject({ rows: 7, customers: 5, added: 5, matched: 2, possible: 2, skipped: 1 });
    expect(done.faults[0]).toMatchObject({ row: 8, message: expect.stringContaining('nobody') });
    expect(done.columns).toMatchObject({ value: 'Total Spent (EUR)', lastOrder: 'Last order' });
    const { rows } = await client.call(listCustomerCreators, {});
    expect(rows.map((row) => [row.personId, row.certainty, row.signs, row.orders])).toEqual([
      [nell, 'certain', ['email'], 5],
      [sanne, 'certain', ['handle'], 1],
    ]);
    expect(rows[0]).toMatchObject({
      values: [{ amountMinor: '130000', currency: 'EUR' }],
      firstOrderOn: '2025-01-02',
      lastOrderOn: '2026-04-01',
      sources: ['customers.csv'],
      emails: [],
    });
    const possible = await client.call(listCustomerCreators, { certainty: 'possible' });
    expect(new Map(possible.rows.map((row) => [row.personId, row.signs]))).toEqual(
      new Map([
        [oatmeal, ['local_part']],
        [maria, ['name']],
      ]),
    );
  });

  it('are found by the search, by fact and by number of orders, once they are certain or confirmed', async () => {
    const customers = async () => {
      await test.core.infra.outbox.settle();
      const answer = await client.call(searchCreators, {
        filters: [{ field: 'fact.customer', op: 'is', value: true }],
        sort: { field: 'fact.orders_count', direction: 'desc' },
      });
      return answer.rows.map((hit) => hit.personId);
    };
    expect(await customers()).toEqual([nell, sanne]);
    await client.call(decideCustomer, { personId: maria, decision: 'confirmed' });
    expect(await customers()).toEqual([maria, nell, sanne]);
    await client.call(decideCustomer, { personId: sanne, decision: 'rejected' });
    expect(await customers()).toEqual([maria, nell]);
    expect((await client.call(listCustomerCreators, { certainty: 'rejected' })).rows[0]?.personId).toBe(sanne);
  });

  it('brought in again end in the same state, decisions and all', async () => {
    const before = await client.call(listCustomerCreators, {});
    const again = await client.upload(importCustomers, {}, { body: shop, fileName: 'customers.csv' });
    expect(again).toMatchObject({ customers: 5, added: 0 });
    expect(await client.call(listCustomerCreators, {})).toEqual(before);
    expect(await client.call(getCustomers, {})).toMatchObject({ customers: 5, matched: 2, possible: 1, emailsKept: 0 });
  });

  it('leave no address in the database unless keeping them was chosen', async () => {
    const texts = () =>
      test.core.infra.db.asSystem(async (tx) => {
        const { rows } = await sql<{ text: string }>`select c::text as text from customer c`.execute(tx);
        return rows.map((row) => row.text).join('\n');
      });
    expect(await texts()).not.toContain('@example.com');
    await client.call(matchCustomers, { text: 'kept@example.com', keepEmails: true });
    expect(await texts()).toContain('kept@example.com');
  });

  it('are told of creators that come later, by hash alone', async () => {
    const [late = ''] = await bringIn([creator('late_one', { emails: ['Nobody@Example.com'] })]);
    await test.core.infra.outbox.settle();
    const { rows } = await client.call(listCustomerCreators, {});
    expect(rows.find((row) => row.personId === late)).toMatchObject({
      certainty: 'certain',
      signs: ['email'],
      orders: 1,
    });
  });

  it('may be pasted as addresses and accounts; what is neither is told', async () => {
    const done = await client.call(matchCustomers, {
      text: '@oat_nell, sanne.run\nhttps://www.tiktok.com/@x_y ??? a@b',
      platform: 'instagram',
    });
    expect(done).toMatchObject({ rows: 5, skipped: 2, matched: 2 });
    expect(done.faults.map((fault) => fault.row)).toEqual([4, 5]);
    expect((await faultOf(client.call(matchCustomers, { text: '???' }))).code).toBe('discovery.customers_file');
  });

  it('count the orders of one customer once, whether known by account first or by address', async () => {
    const [two = ''] = await bringIn([creator('two_ways', { emails: ['two@example.com'] })]);
    const file = (text: string) => client.upload(importCustomers, {}, { body: text, fileName: 'x.csv' });
    await file('handle,orders\ntwo_ways,3\n');
    await file('email,handle,orders\ntwo@example.com,two_ways,4\n');
    await file('handle,orders\ntwo_ways,5\n');
    const { rows } = await client.call(listCustomerCreators, {});
    expect(rows.find((row) => row.personId === two)).toMatchObject({ orders: 5, customers: 1 });
  });

  it('of amounts say what cannot be read, and never guess a currency or a date', async () => {
    await bringIn([creator('amounts', { emails: ['amounts@example.com'] })]);
    const done = await client.upload(
      importCustomers,
      {},
      { body: 'email;total spent;last order\namounts@example.com;12,50;03/04/2026\n', fileName: 'x.csv' },
    );
    expect(done.faults.map((fault) => fault.message)).toEqual([
      expect.stringContaining('has no currency'),
      expect.stringContaining('write it like'),
    ]);
    await client.upload(
      importCustomers,
      { currency: 'EUR' },
      { body: 'email;total spent\namounts@example.com;12,50\n', fileName: 'x.csv' },
    );
    const { rows } = await client.call(listCustomerCreators, { limit: 500 });
    expect(rows.find((row) => row.profile?.handle === 'amounts')?.values).toEqual([
      { amountMinor: '1250', currency: 'EUR' },
    ]);
  });

  it('are forgotten as a whole, with what they said of creators', async () => {
    expect((await client.call(forgetCustomers, {})).forgotten).toBeGreaterThan(5);
    expect(await client.call(getCustomers, {})).toMatchObject({
      customers: 0,
      matched: 0,
      possible: 0,
      lastImportAt: null,
    });
    await test.core.infra.outbox.settle();
    const answer = await client
      .call(searchCreators, { filters: [{ field: 'fact.customer', op: 'known', value: true }] })
      .catch(() => null);
    expect(answer?.total ?? 0).toBe(0);
    expect((await faultOf(client.call(decideCustomer, { personId: nell, decision: 'confirmed' }))).message).toBe(
      'No such customer.',
    );
  });
});

describe('what is compared of an address or a name', () => {
  it('is one form for all spellings, never longer than what was given, and null for functions', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        const form = emailToCompare(email.toUpperCase());
        if (form !== null) {
          expect(form).toBe(emailToCompare(` ${form} `));
          expect((localPartToCompare(form) ?? '').length).toBeLessThanOrEqual(email.length);
        }
      }),
    );
    expect(localPartToCompare('info@shop.example')).toBeNull();
    expect(localPartToCompare('anna.b+news@shop.example')).toBe('annab');
    expect(nameToCompare('Anna')).toBeNull();
    expect(nameToCompare('  Anna   Berg ')).toBe('anna berg');
  });
});
