import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  cancelOrderImport,
  createOrderSource,
  getOrderImport,
  importOrders,
  listOrderImportErrors,
  listOrderImports,
  listOrders,
  type OrderField,
  type OrderImport,
  type OrderMapping,
  orderFields,
  previewOrderFile,
  startOrderImport,
  uploadOrderFile,
} from '../api.ts';
import { planOrderColumns } from '../rules/plan-order-columns.ts';
import { runOrderImport } from './run-order-import.ts';

let test: TestCore;
let client: Client;
let workspaceId: string;
let sourceId: string;
beforeAll(async () => {
  // Runs are run here, one step at a time.
  test = await openTestCore({ isWorker: false });
  workspaceId = await test.database.createWorkspace('shop');
  client = test.client('shop');
  sourceId = (await client.call(createOrderSource, { name: 'Till of the shop', kind: 'csv' })).source.id;
});
afterAll(() => test.close());

const upload = (text: string, of: { sourceId?: string; name?: string } = {}) =>
  client.upload(
    uploadOrderFile,
    { sourceId: of.sourceId ?? sourceId },
    { body: new TextEncoder().encode(text), fileName: of.name ?? 'orders.csv' },
  );

/** Runs what was started here and now, since the queue of the program is not started in a test. */
async function run(importId: string, signal?: AbortSignal): Promise<OrderImport> {
  await runOrderImport(test.core.infra, { workspaceId, importId }, signal);
  return await client.call(getOrderImport, { importId });
}

async function failure(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => new Error('It did not fail'),
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw error;
}

const chosen = (fields: Partial<Record<string, OrderField>>, columns: string[]): OrderMapping => ({
  columns: columns.map((column) => ({ column, field: fields[column] ?? null })),
  dateOrder: 'month-first',
  currency: 'USD',
});

const many = (from: number, count: number) =>
  [
    'Order ID,Date,Total,Currency',
    ...Array.from({ length: count }, (_, at) => `M-${from + at},2026-05-14T10:00:00Z,${at + 1}.00,EUR`),
  ].join('\n');

describe('a file of orders', () => {
  const strange = [
    'Beleg;Tag;Brutto;Aktion',
    'A-1;03/04/2026;12.50;SUN',
    'A-2;03/05/2026;nothing;',
    'A-3;03/06/2026;7.00;SUN',
  ].join('\n');
  const headings = ['Beleg', 'Tag', 'Brutto', 'Aktion'];
  const mapping = chosen({ Beleg: 'id', Tag: 'orderedAt', Brutto: 'total', Aktion: 'codes' }, headings);

  it('with headings nobody knows says what is missing, is read as a person says, row by row, and stores nothing before the start', async () => {
    const first = await upload(strange);
    expect(first.problems).toHaveLength(3);
    expect(first.problems[0]).toContain('"Order id"');
    const bare = await failure(client.call(startOrderImport, { importId: first.importId, sourceId }));
    expect(bare).toMatchObject({ code: 'tracking.bad_file', details: [{ field: 'id' }, {}, { field: 'total' }] });

    const said = await client.call(previewOrderFile, { importId: first.importId, sourceId, mapping });
    expect(said).toMatchObject({ problems: [], rowsLookedAt: 3, rowsReadable: 2, errorsTotal: 1, isWhole: true });
    expect(said.errors).toEqual([{ row: 3, field: 'total', message: expect.stringContaining('nothing') }]);
    expect(said.rows.map((row) => row.order)).toEqual([
      { id: 'A-1', orderedAt: '2026-03-04T00:00:00.000Z', total: '12.50 USD', codes: ['SUN'] },
      null,
      { id: 'A-3', orderedAt: '2026-03-06T00:00:00.000Z', total: '7.00 USD', codes: ['SUN'] },
    ]);
    expect((await client.call(listOrders, { sourceId })).rows).toEqual([]);

    await client.call(startOrderImport, { importId: first.importId, sourceId, mapping });
    const done = await run(first.importId);
    expect(done).toMatchObject({ state: 'done', progress: 1, counts: { read: 3, created: 2, failed: 1 } });
    expect((await client.call(listOrderImportErrors, { importId: done.id })).rows).toMatchObject([{ row: 3 }]);
    expect((await client.call(listOrders, { sourceId })).rows).toHaveLength(2);
  });

  it('with the same headings is read the same way for the same source, and not for another one', async () => {
    const again = await upload(`${strange}\nA-4;12/31/2025;1.00;`);
    expect(again).toMatchObject({ isRemembered: true, problems: [], rowsReadable: 3, mapping });
    const other = (await client.call(createOrderSource, { name: 'Another till', kind: 'csv' })).source.id;
    expect(await upload(strange, { sourceId: other })).toMatchObject({ isRemembered: false });
  });

  it('whose date can be read in two ways is refused row by row until somebody says which', async () => {
    const told = await upload('Order,Date,Total,Currency\nD-1,03/04/2026,1.00,EUR\nD-2,31/04/2026,1.00,EUR');
    expect(told.errors.map((error) => error.field)).toEqual(['orderedAt', 'orderedAt']);
    const dayFirst = await client.call(previewOrderFile, {
      importId: told.importId,
      sourceId,
      mapping: { ...told.mapping, dateOrder: 'day-first' },
    });
    expect(dayFirst.rows.map((row) => row.order?.orderedAt ?? null)).toEqual(['2026-04-03T00:00:00.000Z', null]);
  });

  it('may be JSON or gzip, and lines of articles belong to the order above them across batches', async () => {
    const lines = Array.from({ length: 1200 }, (_, at) => `L-1,2026-05-14,${at === 0 ? '9.00' : ''},EUR`);
    const body = gzipSync(['Order ID,Date,Total,Currency', ...lines].join('\n'));
    const answer = await client.upload(importOrders, { sourceId }, { body, fileName: 'lines.csv.gz' });
    expect(answer).toMatchObject({ read: 1200, created: 1, skipped: 1199, errorsTotal: 0 });
    const json = JSON.stringify([{ order_id: 'J-1', date: '2026-05-14', total: 12.5, currency: 'EUR' }]);
    const read = await upload(json, { name: 'orders.json' });
    expect(read.rows[0]?.order).toMatchObject({ id: 'J-1', total: '12.50 EUR' });
  });

  it('of another workspace is not found', async () => {
    await test.database.createWorkspace('elsewhere');
    const other = test.client('elsewhere');
    const { importId } = await upload(many(1, 1));
    for (const endpoint of [getOrderImport, previewOrderFile, startOrderImport, cancelOrderImport])
      expect(await failure(other.call(endpoint, { importId }))).toMatchObject({ kind: 'not_found' });
    expect((await other.call(listOrderImports, {})).rows).toEqual([]);
  });
});

describe('a run', () => {
  it('that was killed goes on from its last committed batch, and every order is in once', async () => {
    const { importId } = await upload(many(10_000, 1300));
    await client.call(startOrderImport, { importId, sourceId });
    const abort = new AbortController();
    const { infra } = test.core;
    // Dies once the first batch is in: the next one is not begun.
    const dying = new Proxy(infra, {
      get: (target, name, self) =>
        name === 'outbox'
          ? {
              ...target.outbox,
              emitAll: async (...args: Parameters<typeof target.outbox.emitAll>) => {
                await target.outbox.emitAll(...args);
                abort.abort(new Error('killed'));
              },
            }
          : Reflect.get(target, name, self),
    });
    await expect(runOrderImport(dying, { workspaceId, importId }, abort.signal)).rejects.toThrow('killed');
    const half = await client.call(getOrderImport, { importId });
    expect(half).toMatchObject({ state: 'running', counts: { read: 500, created: 500 } });
    await infra.db.inWorkspace(workspaceId, (tx) =>
      sql`update order_import set lease_until = now() - interval '1 second' where workspace_id = ${workspaceId} and id = ${importId}`.execute(
        tx,
      ),
    );
    expect(await run(importId)).toMatchObject({ state: 'done', counts: { read: 1300, created: 1300, unchanged: 0 } });
  });

  it('stops when it is cancelled, keeps what is in, and goes on when it is started again', async () => {
    const { importId } = await upload(many(20_000, 600));
    await client.call(startOrderImport, { importId, sourceId });
    expect((await failure(client.call(startOrderImport, { importId, sourceId }))).code).toBe('tracking.import_state');
    await client.call(cancelOrderImport, { importId });
    expect(await run(importId)).toMatchObject({ state: 'cancelled', counts: { read: 0 } });
    await client.call(startOrderImport, { importId, sourceId });
    expect(await run(importId)).toMatchObject({ state: 'done', counts: { created: 600 } });
    expect((await failure(client.call(startOrderImport, { importId, sourceId }))).code).toMatch(
      /import_state|file_gone/,
    );
  });

  it('drops a file that was uploaded and never started', async () => {
    const { importId } = await upload(many(1, 1));
    expect(await client.call(cancelOrderImport, { importId })).toMatchObject({ state: 'cancelled' });
    expect((await failure(client.call(previewOrderFile, { importId }))).code).toBe('tracking.file_gone');
  });
});

describe('a mapping', () => {
  it('reads each field from one column at most, and a mapping said again gives itself', () => {
    const heading = fc.constantFrom('Order ID', 'Total', 'Date', 'Currency', 'Coupon', 'Notes', 'Refund', 'E-mail');
    fc.assert(
      fc.property(fc.uniqueArray(heading, { minLength: 1 }), (headings) => {
        const plan = planOrderColumns(headings, null);
        const used = plan.flatMap(({ field }) => (field === null ? [] : [field]));
        expect(new Set(used).size).toBe(used.length);
        expect(used.every((field) => orderFields.includes(field))).toBe(true);
        const again = planOrderColumns(headings, { columns: plan });
        expect(again.map(({ field }) => field)).toEqual(plan.map(({ field }) => field));
      }),
    );
  });
});
