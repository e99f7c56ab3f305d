import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import { parseAmount } from '#kernel/money.ts';
import { dayIn } from '#kernel/time.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { FileAnswer, importTillOrders as importEndpoint } from '../api.ts';
import { addError, readUpload, startAnswer, type Table } from '../import-file.ts';
import { recordOrders } from '../record-orders.ts';
import { readCode } from '../rules/code.ts';
import { receiptId } from '../rules/judge-till-code.ts';
import { readInstantCell } from '../rules/read-dirty-cell.ts';
import type { ReadOrder } from '../rules/read-order.ts';
import { readTill } from './manage-tills.ts';

const columns = {
  receipt: ['receipt', 'receipt number', 'receipt no', 'transaction', 'id', 'order', 'bon', 'number'],
  date: ['date', 'time', 'sold at', 'created at', 'ordered at', 'day'],
  amount: ['amount', 'total', 'paid', 'gross', 'sum'],
  code: ['code', 'discount code', 'coupon', 'promo code', 'voucher'],
} as const;
type Column = keyof typeof columns;

const batchRows = 500;

/** In-store orders from CSV in the till's currency; the same file again changes nothing. Errors: not_found, tracking.bad_file. */
export async function importTillOrders(infra: Infra, call: Call<typeof importEndpoint>): Promise<FileAnswer> {
  const { workspaceId, input } = call;
  const { till, timeZone } = await infra.db.inWorkspace(workspaceId, async (tx) => ({
    till: await readTill(infra, tx, workspaceId, input.tillId),
    timeZone: (await getWorkspace(tx, workspaceId)).timeZone,
  }));
  const table = await readUpload<Column>(call.request, columns, ['receipt', 'date', 'amount']);
  const answer = startAnswer();
  const context = { table, timeZone, currency: till.currency, now: infra.clock.now() };
  for (let at = 0; at < table.rows.length; at += batchRows) {
    const orders: ReadOrder[] = [];
    for (const [offset, cells] of table.rows.slice(at, at + batchRows).entries()) {
      answer.read += 1;
      const read = readRow(cells, context);
      if (read.ok) orders.push(read.order);
      else addError(answer, { row: table.rowNumber(at + offset), field: read.field, message: read.message });
    }
    if (orders.length === 0) continue;
    const recorded = await infra.db.inWorkspace(workspaceId, (tx) =>
      recordOrders(infra, tx, { workspaceId, sourceId: till.source_id, orders }),
    );
    answer.created += recorded.created.size;
    answer.updated += recorded.updated.size;
    answer.unchanged += orders.length - recorded.created.size - recorded.updated.size;
  }
  return answer;
}

type Read = { ok: true; order: ReadOrder } | { ok: false; field: string; message: string };

function readRow(
  cells: readonly string[],
  of: { table: Table<Column>; timeZone: string; currency: string; now: Date },
): Read {
  const cell = (field: Column) => {
    const at = of.table.columns[field];
    return at === undefined ? '' : (cells[at] ?? '').trim();
  };
  const receipt = cell('receipt');
  if (receipt === '' || receipt.length > 60)
    return { ok: false, field: 'receipt', message: 'Needed, at most 60 characters.' };
  const sold = readInstantCell(cell('date'), of);
  if (!sold.ok) return { ok: false, field: 'date', message: sold.message };
  if (Date.parse(sold.value) > of.now.getTime() + 86_400_000)
    return { ok: false, field: 'date', message: `${cell('date')} lies in the future.` };
  const code = cell('code') === '' ? null : readCode(cell('code'));
  if (code !== null && !code.ok) return { ok: false, field: 'code', message: code.message };
  try {
    const paid = parseAmount(cell('amount').replace(',', '.'), of.currency);
    if (paid.amountMinor < 0n)
      return { ok: false, field: 'amount', message: 'Less than zero. Enter what was given back at the order.' };
    const details = {
      label: receipt,
      orderedAt: sold.value,
      amountMinor: paid.amountMinor.toString(),
      currency: of.currency,
      codes: code === null ? [] : [code.code],
      clickIds: [],
      customerHash: null,
      isNewCustomer: null,
      items: [],
      notices: [],
    };
    const externalId = receiptId(dayIn(of.timeZone, new Date(sold.value)), receipt);
    // The phone saw the code at the till: what it noted of a receipt stays over a file that came before or after.
    return {
      ok: true,
      order: {
        facts: { externalId, details: { value: details, at: sold.value, rank: -1 }, state: null, refunds: [] },
        email: null,
      },
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ok: false, field: 'amount', message: error.message };
  }
}
