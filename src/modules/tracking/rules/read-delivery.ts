import type { ErrorDetail } from '#kernel/errors.ts';
import { type OrderVerdict, type ReadOrder, readCancellation, readOrder, readRefund } from './read-order.ts';

type Notice = { field: string; message: string };

/** What customers asked to have forgotten: of whom, or of which orders; `isAll`: of everybody the source ever named. */
export interface Redaction {
  email: string | null;
  emailHash: string | null;
  orderIds: string[];
  isAll: boolean;
}

export type DeliveryVerdict =
  | {
      kind: 'order';
      order: ReadOrder;
      notices: Notice[];
      /** Other ids of the order at its source: what is said of them belongs to it. */
      aliases?: string[];
    }
  /** Two ids of one order: what is said of `alias` belongs to `externalId`. */
  | { kind: 'alias'; alias: string; externalId: string }
  | { kind: 'redact'; redaction: Redaction; message: string }
  | { kind: 'unused'; message: string }
  | { kind: 'refused'; details: ErrorDetail[] };

/** The JSON of a body, or why it is none. */
export function parseBody(
  body: Uint8Array,
  parse: (text: string) => unknown = JSON.parse,
): { ok: true; value: unknown } | { ok: false; details: ErrorDetail[] } {
  try {
    return { ok: true, value: parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unreadable';
    return { ok: false, details: [{ field: '', message: `The body is not JSON in UTF-8: ${why}` }] };
  }
}

/**
 * Reads a webhook's body: `{"type": "order.paid" | "order.created" | "order.updated" | "order.cancelled" | "order.refunded", "data": {...}}`,
 * or an order by itself. Other types are taken and not used.
 */
export function readDelivery(body: Uint8Array, now: Date): DeliveryVerdict {
  const parsed = parseBody(body);
  if (!parsed.ok) return { kind: 'refused', details: parsed.details };
  const { value } = parsed;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { kind: 'refused', details: [{ field: '', message: 'The body must be a JSON object.' }] };
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
        kind: 'unused',
        message: `Not used: nothing is done with ${JSON.stringify(envelope.type)?.slice(0, 60)}.`,
      };
  }
}

/** What the type of a body is, for the log; null for an order by itself. */
export function topicOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const { type } = body as Record<string, unknown>;
  return typeof type === 'string' ? type.slice(0, 100) : null;
}

export function ofVerdict(verdict: OrderVerdict, prefix = ''): DeliveryVerdict {
  if (verdict.ok) return { kind: 'order', order: verdict.order, notices: [] };
  return {
    kind: 'refused',
    details: verdict.details.map((detail) => ({
      ...detail,
      field: `${prefix}${detail.field ?? ''}`.replace(/\.$/, ''),
    })),
  };
}
