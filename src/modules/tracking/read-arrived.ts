import type { OrderShopAdapter } from './order-shops/port.ts';
import type { SourceRow } from './queries/order-sources.ts';
import { keepFields } from './rules/keep-fields.ts';
import { type DeliveryVerdict, parseBody, readDelivery } from './rules/read-delivery.ts';
import { readExactJson } from './rules/read-exact-json.ts';
import { keepPostback, postbackSettingsSchema, readPostback } from './rules/read-postback.ts';
import { scrubDelivery } from './rules/scrub-delivery.ts';

/** The part of a source that reading needs. */
export interface ReadingSource {
  kind: SourceRow['kind'];
  settings: Record<string, unknown>;
}

export interface Arrived {
  topic: string | null;
  body: Buffer;
}

/** What a delivery says, by the adapter of its source. */
export function readArrived(
  adapters: readonly OrderShopAdapter[],
  source: ReadingSource,
  of: { arrived: Arrived; now: Date },
): DeliveryVerdict {
  const { arrived, now } = of;
  const adapter = adapters.find((one) => one.kind === source.kind);
  if (adapter === undefined && source.kind !== 'postback') return readDelivery(arrived.body, now);
  const parsed = parseBody(arrived.body, readExactJson);
  if (!parsed.ok) return { kind: 'refused', details: parsed.details };
  if (adapter === undefined)
    return readPostback(parsed.value, { settings: postbackSettingsSchema.parse(source.settings), now });
  return adapter.read({ topic: arrived.topic, body: parsed.value }, now);
}

/** What is kept of a delivery once it was read: what an order is made of, with hashes in place of addresses. Read again it says the same. */
export function keepArrived(
  adapters: readonly OrderShopAdapter[],
  source: ReadingSource,
  of: { arrived: Arrived; hashEmail: (email: string) => string },
): string {
  const { arrived, hashEmail } = of;
  const adapter = adapters.find((one) => one.kind === source.kind);
  if (adapter === undefined && source.kind !== 'postback') return scrubDelivery(arrived.body, hashEmail);
  const parsed = parseBody(arrived.body, readExactJson);
  if (!parsed.ok) return scrubDelivery(arrived.body, hashEmail);
  if (adapter !== undefined) return keepFields(parsed.value, { kept: adapter.kept, hashEmail });
  const values = parsed.value as Record<string, string>;
  return JSON.stringify(keepPostback(values, { settings: postbackSettingsSchema.parse(source.settings), hashEmail }));
}
