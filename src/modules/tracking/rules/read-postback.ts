import { z } from 'zod';
import { type DeliveryVerdict, ofVerdict } from './read-delivery.ts';
import { readCancellation, readOrder } from './read-order.ts';

/** Which of a sender's fields holds what; the names of a postback address are the sender's own. */
export const postbackFields = {
  id: 'order_id',
  total: 'amount',
  currency: 'currency',
  orderedAt: 'time',
  clickId: 'click_id',
  code: 'code',
  email: 'email',
  state: 'status',
} as const;
export type PostbackField = keyof typeof postbackFields;

const name = z.string().trim().min(1).max(60);
export const postbackSettingsSchema = z.object({
  fields: z
    .object({
      id: name,
      total: name,
      currency: name,
      orderedAt: name,
      clickId: name,
      code: name,
      email: name,
      state: name,
    })
    .partial()
    .default({}),
  currency: z.string().length(3).optional(),
});
export type PostbackSettings = z.infer<typeof postbackSettingsSchema>;

/** Fields that carry the token or signature: never kept, never part of what is signed. */
export const postbackProofs: ReadonlySet<string> = new Set(['token', 'signature']);

/** The values of a postback without its proof, by name, in the order of the names: what is signed, kept and read. */
export function postbackValues(params: URLSearchParams): [string, string][] {
  return [...params]
    .filter(([key]) => !postbackProofs.has(key))
    .sort((a, b) => (a[0] === b[0] ? (a[1] < b[1] ? -1 : 1) : a[0] < b[0] ? -1 : 1));
}

/** What is kept of a postback: the fields it is read by. */
export function keepPostback(
  values: Readonly<Record<string, string>>,
  of: { settings: PostbackSettings; hashEmail: (email: string) => string },
): Record<string, string> {
  const fieldOf = (field: PostbackField) => of.settings.fields[field] ?? postbackFields[field];
  const kept = new Set(Object.keys(postbackFields).map((field) => fieldOf(field as PostbackField)));
  const email = values[fieldOf('email')];
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => {
      if (!kept.has(key)) return [];
      if (key !== fieldOf('email')) return [[key, value]];
      return email === undefined || email === ''
        ? []
        : [[key, email.startsWith('hash:') ? email : `hash:${of.hashEmail(email)}`]];
    }),
  );
}

/** Reads a postback by the names its sender uses. Left out, the time is that of arrival and the currency that of the source. */
export function readPostback(values: unknown, of: { settings: PostbackSettings; now: Date }): DeliveryVerdict {
  const { settings, now } = of;
  const given = z.record(z.string(), z.string()).safeParse(values);
  if (!given.success)
    return { kind: 'refused', details: [{ field: '', message: 'The postback must be names with text values.' }] };
  const nameOf = (field: PostbackField) => settings.fields[field] ?? postbackFields[field];
  const partOf = (field: PostbackField) => {
    const value = given.data[nameOf(field)]?.trim();
    return value === undefined || value === '' ? null : value;
  };
  const email = partOf('email');
  const isCancelled = /cancel|reject|declin|void|refund|storn/i.test(partOf('state') ?? '');
  const verdict =
    isCancelled && partOf('total') === null
      ? readCancellation({ id: partOf('id') }, now)
      : readOrder(
          {
            id: partOf('id'),
            orderedAt: instantOf(partOf('orderedAt')) ?? now.toISOString(),
            total: partOf('total'),
            currency: partOf('currency')?.toUpperCase() ?? settings.currency ?? null,
            state: isCancelled ? 'cancelled' : 'paid',
            codes: partOf('code') === null ? [] : [partOf('code')],
            clickIds: partOf('clickId') === null ? [] : [partOf('clickId')],
            customer: email === null ? null : email.startsWith('hash:') ? { emailHash: email.slice(5) } : { email },
          },
          { now },
        );
  const read = ofVerdict(verdict);
  if (read.kind !== 'refused') return read;
  const names: Record<string, string> = { ...postbackNames, id: nameOf('id'), orderId: nameOf('id') };
  return {
    kind: 'refused',
    details: read.details.map((detail) => {
      const field = (detail.field ?? '').split('.')[0] ?? '';
      const our = names[field] ?? field;
      return { ...detail, field: our in postbackFields ? nameOf(our as PostbackField) : our };
    }),
  };
}

const postbackNames: Record<string, string> = {
  amount: 'total',
  total: 'total',
  codes: 'code',
  clickIds: 'clickId',
  customer: 'email',
};

/** Seconds or milliseconds since 1970 as ISO; other text as it is. */
function instantOf(text: string | null): string | null {
  if (text === null) return null;
  if (/^\d{9,10}$/.test(text)) return new Date(Number(text) * 1000).toISOString();
  if (/^\d{12,13}$/.test(text)) return new Date(Number(text)).toISOString();
  return text;
}
