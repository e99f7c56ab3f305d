import { type RefundFact, type RefundLine, refundKinds } from './order-facts.ts';
import { isFields, type OrderReader, shown } from './order-reader.ts';

const linesMax = 10_000;

/** Reads one refund; `at` is where it stands in the body. */
export function readRefundFields(
  reader: OrderReader,
  value: unknown,
  at: { at: string; currency: string | null; now: Date },
): RefundFact | null {
  const field = (name: string) => (at.at === '' ? name : `${at.at}.${name}`);
  if (!isFields(value)) return reader.fault(at.at, 'Must be an object.');
  const externalId = reader.text(value.id, field('id'), 200);
  const money = reader.money(
    { amount: value.amount, total: value.total, currency: value.currency ?? at.currency },
    at.at,
  );
  const refundedAt =
    value.refundedAt === undefined || value.refundedAt === null
      ? at.now.toISOString()
      : reader.instant(value.refundedAt, field('refundedAt'));
  const versionAt =
    value.updatedAt === undefined || value.updatedAt === null
      ? refundedAt
      : reader.instant(value.updatedAt, field('updatedAt'));
  const kind = value.kind ?? 'refund';
  if (kind !== 'refund' && kind !== 'chargeback')
    return reader.fault(field('kind'), `${shown(kind)} is no kind. Use ${refundKinds.join(' or ')}.`);
  const state = value.state ?? 'standing';
  if (state !== 'standing' && state !== 'void')
    return reader.fault(
      field('state'),
      `${shown(state)} is no state. Use standing, or void for one that was taken back.`,
    );
  const reason =
    value.reason === undefined || value.reason === null ? null : reader.text(value.reason, field('reason'), 300);
  if (externalId === null || money === null || refundedAt === null || versionAt === null) return null;
  const lines = reader
    .list(value.lines, field('lines'), linesMax)
    .map((line, index) => readLine(reader, line, { field: field(`lines.${index}`), currency: money.currency }))
    .filter((line) => line !== null);
  if (money.amountMinor === 0n && state === 'standing') return reader.fault(field('amount'), 'A refund of nothing.');
  const rank =
    typeof value.rank === 'number' && Number.isInteger(value.rank) ? Math.min(99, Math.max(0, value.rank)) : 0;
  return { externalId, kind, state, ...money, refundedAt, at: versionAt, rank, lines, reason };
}

function readLine(reader: OrderReader, value: unknown, at: { field: string; currency: string }): RefundLine | null {
  if (!isFields(value)) return reader.fault(at.field, 'Must be an object.');
  const lineId = reader.text(value.line, `${at.field}.line`, 100);
  const quantity = value.quantity ?? null;
  if (quantity !== null && (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 0))
    return reader.fault(`${at.field}.quantity`, 'Must be a whole number.');
  const hasTotal = value.total !== undefined || value.amount !== undefined;
  const money = hasTotal
    ? reader.money({ amount: value.amount, total: value.total, currency: value.currency ?? at.currency }, at.field)
    : null;
  return lineId === null ? null : { lineId, quantity, amountMinor: money?.amountMinor.toString() ?? null };
}
