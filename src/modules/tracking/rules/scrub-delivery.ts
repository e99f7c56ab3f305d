import { orderBody } from '../api/orders.ts';

const known = new Set([...Object.keys(orderBody), 'orderId', 'cancelledAt', 'refundedAt']);

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What is kept of a delivery once it was read: the fields an order is made of. Names and addresses of customers, which shops
 * send along, are not among them; the e-mail address stays as its hash.
 */
export function scrubDelivery(body: Uint8Array, hashEmail: (email: string) => string): string {
  const text = new TextDecoder().decode(body);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return withoutAddresses(text);
  }
  if (!isFields(value)) return withoutAddresses(text);
  if (value.type === undefined) return withoutAddresses(JSON.stringify(scrubOrder(value, hashEmail)));
  return withoutAddresses(
    JSON.stringify({ type: value.type, data: isFields(value.data) ? scrubOrder(value.data, hashEmail) : null }),
  );
}

function scrubOrder(order: Fields, hashEmail: (email: string) => string): Fields {
  const kept = Object.fromEntries(Object.entries(order).filter(([key]) => known.has(key)));
  if (isFields(kept.customer)) {
    const { email, emailHash, isNew } = kept.customer;
    // What was kept once is kept again when it is read again.
    kept.customer = { isNew, ...(typeof email === 'string' ? { emailHash: hashEmail(email) } : { emailHash }) };
  }
  return kept;
}

export function withoutAddresses(text: string): string {
  return text.replace(/[^\s"'<>,;:(){}[\]\\]{1,64}@[^\s"'<>,;:(){}[\]\\]{1,255}/g, '[address]');
}
