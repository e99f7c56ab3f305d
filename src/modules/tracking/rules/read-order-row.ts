import type { ErrorDetail } from '#kernel/errors.ts';
import { currencyExponent, isKnownCurrency } from '#kernel/money.ts';
import type { OrderField } from '../api.ts';
import { type DateOrder, readAmountCell, readInstantCell } from './read-dirty-cell.ts';
import { type OrderVerdict, readOrder } from './read-order.ts';

/** Names that shops' exports give to the columns of an order, best first. */
export const orderColumns = {
  id: [
    'order id',
    'external id',
    'order number',
    'order no',
    'order',
    'name',
    'transaction id',
    'id',
    'bestellnummer',
    'numero de pedido',
    'numéro de commande',
  ],
  orderedAt: [
    'ordered at',
    'order date',
    'created at',
    'paid at',
    'processed at',
    'date created',
    'date',
    'datum',
    'bestelldatum',
    'fecha',
  ],
  updatedAt: ['updated at', 'modified', 'date modified'],
  total: [
    'total',
    'amount',
    'order total',
    'total price',
    'grand total',
    'order amount',
    'revenue',
    'total amount',
    'summe',
    'gesamt',
  ],
  currency: ['currency', 'currency code', 'order currency', 'währung'],
  state: ['state', 'status', 'financial status', 'order status'],
  codes: [
    'codes',
    'code',
    'discount code',
    'discount codes',
    'coupon',
    'coupons',
    'coupon code',
    'promo code',
    'voucher',
    'gutschein',
  ],
  clickIds: ['rapport click', 'click id', 'click ids', 'clickid'],
  email: ['email', 'customer email', 'billing email', 'e mail'],
  isNew: ['is new customer', 'new customer', 'first order'],
  refundId: ['refund id'],
  refundTotal: ['refund amount', 'refunded amount', 'refund total', 'total refunded', 'refund'],
} as const satisfies Record<OrderField, readonly string[]>;

export interface RowContext {
  columns: Partial<Record<OrderField, number>>;
  timeZone: string;
  /** For rows that name none. */
  currency: string | null;
  /** How 03/04/2026 is read; null: not at all. */
  dateOrder: DateOrder | null;
  now: Date;
}

/** Reads one row of an order file. A fault names the field by the column's meaning. */
export function readOrderRow(cells: readonly string[], context: RowContext): OrderVerdict {
  const cell = (field: OrderField) => {
    const at = context.columns[field];
    return at === undefined ? '' : (cells[at] ?? '').trim();
  };
  const faults: ErrorDetail[] = [];
  const currency = (cell('currency') || context.currency || '').toUpperCase();
  const exponent = isKnownCurrency(currency) ? currencyExponent(currency) : 2;
  const total = readAmountCell(cell('total'), exponent);
  if (!total.ok) faults.push({ field: 'total', message: total.message });
  const used = currency || (total.ok ? (total.value.currency ?? '') : '');
  if (used === '')
    faults.push({
      field: 'currency',
      message: 'No currency in the row. Add a column "currency", or name one for the whole file.',
    });
  if (total.ok && total.value.currency !== null && total.value.currency !== used)
    faults.push({ field: 'currency', message: `The amount is in ${total.value.currency}, the row says ${used}.` });
  const orderedAt = readInstantCell(cell('orderedAt'), context);
  if (!orderedAt.ok) faults.push({ field: 'orderedAt', message: orderedAt.message });
  const updatedAt = cell('updatedAt') === '' ? null : readInstantCell(cell('updatedAt'), context);
  if (updatedAt !== null && !updatedAt.ok) faults.push({ field: 'updatedAt', message: updatedAt.message });
  const refund = readRefundCells(cell('refundId'), cell('refundTotal'), { exponent, currency: used, id: cell('id') });
  if (refund !== null && !refund.ok) faults.push({ field: 'refund', message: refund.message });
  if (faults.length > 0 || !total.ok || !orderedAt.ok) return { ok: false, details: faults };
  return readOrder(
    {
      id: cell('id'),
      orderedAt: orderedAt.value,
      updatedAt: updatedAt?.ok === true ? updatedAt.value : null,
      total: total.value.decimal,
      currency: used,
      state: stateOf(cell('state')),
      codes: cell('codes')
        .split(/[,;|\s]+/)
        .filter((code) => code !== ''),
      clickIds: cell('clickIds')
        .split(/[,;|\s]+/)
        .filter((id) => id !== ''),
      customer: { email: cell('email') || null, isNew: flagOf(cell('isNew')) },
      refunds: refund?.ok === true ? [{ ...refund.value, refundedAt: orderedAt.value }] : [],
    },
    { now: context.now },
  );
}

function readRefundCells(
  id: string,
  text: string,
  order: { exponent: number; currency: string; id: string },
): { ok: true; value: { id: string; total: string; currency: string } } | { ok: false; message: string } | null {
  if (text === '' || /^[^\d]*0*([.,]0*)?$/.test(text)) return null;
  const amount = readAmountCell(text, order.exponent);
  if (!amount.ok) return amount;
  return {
    ok: true,
    value: { id: id === '' ? `${order.id}/refund` : id, total: amount.value.decimal, currency: order.currency },
  };
}

// Refunds are amounts of their own, so a refunded order stays paid here.
function stateOf(text: string): 'paid' | 'cancelled' | null {
  if (text === '') return null;
  return /cancel|void|storn|failed|declin/i.test(text) ? 'cancelled' : 'paid';
}

function flagOf(text: string): boolean | null {
  if (/^(true|yes|1|new|y|ja|si)$/i.test(text)) return true;
  if (/^(false|no|0|returning|n|nein)$/i.test(text)) return false;
  return null;
}
