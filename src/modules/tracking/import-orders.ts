import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { isKnownCurrency } from '#kernel/money.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { FileAnswer, importOrders as importEndpoint } from './api.ts';
import { trackingError } from './errors.ts';
import { addError, readUpload, startAnswer } from './import-file.ts';
import { resolveSource } from './manage-order-sources.ts';
import { recordOrders } from './record-orders.ts';
import type { ReadOrder } from './rules/read-order.ts';
import { orderColumns, type RowContext, readOrderRow } from './rules/read-order-row.ts';

const batchRows = 500;

/**
 * Imports orders from a file. Rows at fault are told and left out, the rest is stored; the same file again changes nothing.
 * Errors: tracking.bad_file, not_found, source_revoked.
 */
export async function importOrders(infra: Infra, call: Call<typeof importEndpoint>): Promise<FileAnswer> {
  const { input, workspaceId } = call;
  const currency = input.currency?.toUpperCase() ?? null;
  if (currency !== null && !isKnownCurrency(currency)) {
    throw trackingError('bad_file', `"${currency}" is no ISO 4217 currency code. Use one such as USD, EUR or JPY.`, [
      { field: 'currency', message: 'Not known' },
    ]);
  }
  const table = await readUpload(call.request, orderColumns, ['id', 'orderedAt', 'total']);
  const { sourceId, timeZone } = await infra.db.inWorkspace(workspaceId, async (tx) => ({
    sourceId: await resolveSource(infra, tx, {
      workspaceId,
      actor: call.actor,
      sourceId: input.sourceId,
      fallback: { name: 'CSV', kind: 'csv' },
    }),
    timeZone: (await getWorkspace(tx, workspaceId)).timeZone,
  }));
  const context: RowContext = { columns: table.columns, timeZone, currency, now: infra.clock.now() };
  const answer = startAnswer();
  let lastId = '';
  for (let at = 0; at < table.rows.length; at += batchRows) {
    const orders: ReadOrder[] = [];
    for (const [offset, cells] of table.rows.slice(at, at + batchRows).entries()) {
      answer.read += 1;
      const id = cellOf(cells, table.columns.id);
      // Shops write a line for each article and the total on the first one only.
      if (id !== '' && id === lastId && cellOf(cells, table.columns.total) === '') {
        answer.skipped += 1;
        continue;
      }
      lastId = id;
      const verdict = readOrderRow(cells, context);
      if (verdict.ok) orders.push(verdict.order);
      else
        for (const detail of verdict.details)
          addError(answer, { row: table.rowNumber(at + offset), field: detail.field ?? '', message: detail.message });
    }
    await store(infra, answer, { workspaceId, sourceId, orders });
  }
  return answer;
}

async function store(
  infra: Infra,
  answer: FileAnswer,
  of: { workspaceId: string; sourceId: string; orders: ReadOrder[] },
): Promise<void> {
  if (of.orders.length === 0) return;
  const recorded = await infra.db.inWorkspace(of.workspaceId, (tx) => recordOrders(infra, tx, of));
  answer.created += recorded.created.size;
  answer.updated += recorded.updated.size;
  answer.unchanged += of.orders.length - recorded.created.size - recorded.updated.size;
}

function cellOf(cells: readonly string[], at: number | undefined): string {
  return at === undefined ? '' : (cells[at] ?? '').trim();
}
