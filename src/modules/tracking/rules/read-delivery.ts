import type { ErrorDetail } from '#kernel/errors.ts';
import { type OrderVerdict, type ReadOrder, readCancellation, readOrder, readRefund } from './read-order.ts';

export type DeliveryVerdict =
  | { ok: true; order: ReadOrder | null; notices: { field: string; message: string }[] }
  | { ok: false; details: ErrorDetail[] };

/**
 * Reads a webhook's body: `{"type": "order.paid" | "order.created" | "order.updated" | "order.cancelled" | "order.refunded", "data": {...}}`,
 * or an order by itself. Other types are taken and not used.
 */
export function readDelivery(body: Uint8Array, now: Date): DeliveryVerdict {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    return {
      ok: false,
      details: [
        {
          field: '',
          message: `The body is not JSON in UTF-8: ${error instanceof Error ? error.message : 'unreadable'}`,
        },
      ],
    };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { ok: false, details: [{ field: '', message: 'The body must be a JSON object.' }] };
  const envelope = value as Record<string, unknown>;
  if (envelope.type === undefined) return ofVerdict(readOrder(envelope, { now }));
  switch (envelope.type) {
    case 'order.paid':
    case 'order.created':
    case 'order.updated':
      return ofVerdict(readOrder(envelope.data, { now }), 'data.');
    case 'order.cancelled':
      return ofVerdict(readCancellation(envelope.data, now), 'data.');
    case 'order.refunded':
      return ofVerdict(readRefund(envelope.data, now), 'data.');
    default:
      return {
        ok: true,
        order: null,
        notices: [{ field: 'type', message: `Nothing is done with ${JSON.stringify(envelope.type)?.slice(0, 60)}.` }],
      };
  }
}

function ofVerdict(verdict: OrderVerdict, prefix = ''): DeliveryVerdict {
  if (verdict.ok) return { ok: true, order: verdict.order, notices: [] };
  return {
    ok: false,
    details: verdict.details.map((detail) => ({
      ...detail,
      field: `${prefix}${detail.field ?? ''}`.replace(/\.$/, ''),
    })),
  };
}
