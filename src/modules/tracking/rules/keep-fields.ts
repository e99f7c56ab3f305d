import { isFields } from './order-reader.ts';
import { withoutAddresses } from './scrub-delivery.ts';

const emailNames = new Set(['email', 'contact_email', 'customer_email', 'receipt_email']);
/** The name under which the hash of an address is kept in place of the address. */
export const emailHashField = 'rapport_email_hash';

/**
 * A body with the fields named and no others, at any depth: what is kept of a shop's delivery once it was read. An address is kept as its hash beside it.
 */
export function keepFields(
  body: unknown,
  of: { kept: ReadonlySet<string>; hashEmail: (email: string) => string },
): string {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isFields(value)) return value;
    const entries = Object.entries(value).flatMap(([name, inner]): [string, unknown][] =>
      of.kept.has(name) && !emailNames.has(name) ? [[name, walk(inner)]] : [],
    );
    const { email, emailHash } = customerOf(value);
    const hash = email === null ? emailHash : of.hashEmail(email);
    return Object.fromEntries(hash === null ? entries : [...entries, [emailHashField, hash]]);
  };
  return withoutAddresses(JSON.stringify(walk(body)));
}

/** The customer of a body or of a part of it: the address as sent, or its hash as kept. */
export function customerOf(...parts: readonly unknown[]): { email: string | null; emailHash: string | null } {
  for (const part of parts) {
    if (!isFields(part)) continue;
    const hash = part[emailHashField];
    if (typeof hash === 'string') return { email: null, emailHash: hash };
    for (const name of emailNames) {
      const email = part[name];
      if (typeof email === 'string' && email.trim() !== '') return { email, emailHash: null };
    }
  }
  return { email: null, emailHash: null };
}
