import { createHash } from 'node:crypto';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { AppError, notFound } from '#kernel/errors.ts';
import type { IntakeAnswer, receivePostback as postbackEndpoint, receiveOrder as receiveEndpoint } from './api.ts';
import { trackingError } from './errors.ts';
import { findIntakeSource } from './find-intake-source.ts';
import type { Intake } from './intake.ts';
import type { LiveHub } from './live-hub.ts';
import type { OrderShopAdapter } from './order-shops/port.ts';
import type { ArrivedDelivery } from './queries/order-intake.ts';
import type { IntakeSource } from './queries/order-sources.ts';
import { topicOf } from './rules/read-delivery.ts';
import { readExactJson } from './rules/read-exact-json.ts';
import { postbackValues } from './rules/read-postback.ts';
import type { SecretBox } from './secret-box.ts';
import { verifyPostback } from './verify-postback.ts';
import { type SignatureVerdict, verifySignature } from './verify-signature.ts';

const bodyBytesMax = 5 * 1024 * 1024;

export interface IntakeParts {
  infra: Infra;
  box: SecretBox;
  hub: LiveHub;
  intake: Intake;
  orderShops: readonly OrderShopAdapter[];
}

/**
 * Takes what a source sends: signature, then raw into the database, then read. The answer goes out after the commit; a repeat of a delivery gets the first
 * answer. A shop that would send in vain again gets 200 for what is refused, and the log says why. Errors: not_found, tracking.bad_signature, bad_order,
 * bad_refund; anything else is a 5xx and worth a repeat.
 */
export async function receiveOrder(parts: IntakeParts, call: Call<typeof receiveEndpoint>): Promise<IntakeAnswer> {
  const { infra, box, orderShops } = parts;
  const { request } = call;
  const body = await readBody(request);
  const source = await findIntakeSource(infra, call.input.sourceId);
  const now = infra.clock.now();
  const signed = { body, headers: request.headers, secrets: secretsOf(box, source, now), now };
  if (source.kind === 'postback') return takePostback(parts, { source, call, body });
  const adapter = orderShops.find((one) => one.kind === source.kind);
  if (adapter?.isPing(request.headers, body) === true)
    return {
      deliveryId: '',
      outcome: 'unused',
      orderId: null,
      notices: [{ field: '', message: 'Somebody is here. Deliveries are taken when they are signed.' }],
    };
  check(adapter === undefined ? verifySignature(signed) : adapter.verify({ ...signed, settings: source.settings }));
  const value = parse(body);
  const name =
    adapter === undefined
      ? { id: standardId(request.headers), topic: topicOf(value) }
      : adapter.nameOf(request.headers, value);
  // A signature that names no delivery: the same bytes are the same delivery.
  const deliveryId = name.id?.slice(0, 200) || `sha256:${createHash('sha256').update(body).digest('hex')}`;
  return take(parts, source, { deliveryId, topic: name.topic?.slice(0, 100) ?? null, body });
}

/** The same by the address of a postback alone, as some networks send it. */
export async function receivePostback(parts: IntakeParts, call: Call<typeof postbackEndpoint>): Promise<IntakeAnswer> {
  const source = await findIntakeSource(parts.infra, call.input.sourceId);
  if (source.kind !== 'postback') throw notFound('order source');
  return takePostback(parts, { source, call, body: Buffer.alloc(0) });
}

async function takePostback(
  parts: IntakeParts,
  of: { source: IntakeSource; call: { request: Request }; body: Buffer },
): Promise<IntakeAnswer> {
  const { source, call, body } = of;
  const params = new URLSearchParams(new URL(call.request.url).search);
  for (const [name, value] of paramsOf(body)) params.append(name, value);
  const now = parts.infra.clock.now();
  check(verifyPostback({ params, headers: call.request.headers, secrets: secretsOf(parts.box, source, now) }));
  const values = postbackValues(params);
  const stored = Buffer.from(JSON.stringify(Object.fromEntries(values)));
  const deliveryId = `sha256:${createHash('sha256').update(JSON.stringify(values)).digest('hex')}`;
  return take(parts, source, { deliveryId, topic: null, body: stored });
}

async function take(parts: IntakeParts, source: IntakeSource, arrived: ArrivedDelivery): Promise<IntakeAnswer> {
  const outcome = await parts.intake.take(source, arrived);
  if (outcome.kind === 'refusal') {
    const { code, message, details } = outcome.error;
    const isShop = parts.orderShops.some((one) => one.kind === source.kind);
    if (!isShop) throw new AppError('invalid', code, message, details);
    const notices = details.map((detail) => ({ field: detail.field ?? '', message: detail.message }));
    return { deliveryId: arrived.deliveryId, outcome: 'refused', orderId: null, notices };
  }
  const { answer } = outcome;
  if (answer.orderId !== null && answer.outcome === 'applied')
    parts.hub.publishOrder({ workspaceId: source.workspace_id, orderId: answer.orderId });
  return answer;
}

function check(verdict: SignatureVerdict): void {
  if (!verdict.ok) throw trackingError('bad_signature', verdict.message);
}

function standardId(headers: Headers): string | null {
  return headers.has('webhook-signature') ? headers.get('webhook-id') : null;
}

/** Null for what is no JSON; its reader says so. */
function parse(body: Buffer): unknown {
  try {
    return readExactJson(body.toString('utf8'));
  } catch {
    return null;
  }
}

/** Names and values of a postback's body: a form, or a flat JSON object. */
function paramsOf(body: Buffer): [string, string][] {
  if (body.length === 0) return [];
  const value = parse(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [...new URLSearchParams(body.toString('utf8'))];
  return Object.entries(value).flatMap(([name, inner]): [string, string][] =>
    typeof inner === 'string' || typeof inner === 'number' ? [[name, String(inner)]] : [],
  );
}

/** The secrets of a source that are valid now: one, or two while one is being replaced. */
export function secretsOf(box: SecretBox, source: IntakeSource, now: Date): string[] {
  const sealed = [
    source.secret,
    source.previous_secret_until !== null && source.previous_secret_until > now ? source.previous_secret : null,
  ];
  return sealed.filter((secret) => secret !== null).map((secret) => box.open(secret, source.id));
}

async function readBody(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (request.body === null) return Buffer.alloc(0);
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    if (bytes > bodyBytesMax)
      throw trackingError(
        'bad_order',
        `The body is larger than ${bodyBytesMax} bytes. Send large histories as a CSV import.`,
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
