import { formatAmount } from '#kernel/money.ts';
import type { FileRow } from '#modules/creators/index.ts';
import type { OrderImportPreview } from '../api.ts';
import type { ReadOrder } from '../rules/read-order.ts';
import { type RowContext, readOrderRow } from '../rules/read-order-row.ts';
import { textCells } from './open-order-file.ts';

type ShownOrder = NonNullable<OrderImportPreview['rows'][number]['order']>;
export type RowRead =
  | { kind: 'order'; order: ReadOrder; shown(): ShownOrder | null }
  /** A further line of the order above. */
  | { kind: 'line' }
  | { kind: 'faults'; faults: { row: number; field: string; message: string }[] };

/** Reads the rows of a file one after the other; shops write a line for each article and the total on the first one only. */
export class OrderRows {
  readonly #context: RowContext;
  lastOrder: string;

  constructor(context: RowContext, lastOrder = '') {
    this.#context = context;
    this.lastOrder = lastOrder;
  }

  read(one: FileRow): RowRead {
    if ('problem' in one) return { kind: 'faults', faults: [{ row: one.row, field: '', message: one.problem }] };
    const cells = textCells(one.cells);
    const { columns } = this.#context;
    const id = columns.id === undefined ? '' : (cells[columns.id] ?? '').trim();
    const total = columns.total === undefined ? '' : (cells[columns.total] ?? '').trim();
    if (id !== '' && id === this.lastOrder && total === '') return { kind: 'line' };
    this.lastOrder = id;
    const verdict = readOrderRow(cells, this.#context);
    if (!verdict.ok)
      return {
        kind: 'faults',
        faults: verdict.details.map(({ field, message }) => ({ row: one.row, field: field ?? '', message })),
      };
    return { kind: 'order', order: verdict.order, shown: () => shownOrder(verdict.order) };
  }
}

function shownOrder({ facts }: ReadOrder): ShownOrder | null {
  if (facts.details === null) return null;
  const { orderedAt, amountMinor, currency, codes } = facts.details.value;
  const total = `${formatAmount({ amountMinor: BigInt(amountMinor), currency })} ${currency}`;
  return { id: facts.externalId, orderedAt, total, codes };
}
