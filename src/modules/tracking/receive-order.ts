import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { AppError, type ErrorDetail, notFound } from '#kernel/errors.ts';
import { type IntakeAnswer, intakeAnswerSchema, type receiveOrder as receiveEndpoint } from './api.ts';
import { trackingError } from './errors.ts';
import type { LiveHub } from './live-hub.ts';
import { closeIntake, type DeliveryKey, insertIntake, lockIntake, waitingIntakes } from './queries/order-intake.ts';
import { findWebhookSource, type SourceSecrets } from './queries/order-sources.ts';
import { hashEmail, recordOrders } from './record-orders.ts';
import { type DeliveryVerdict, readDelivery } from './rules/read-delivery.ts';
import { scrubDelivery } from './rules/scrub-delivery.ts';
import type { SecretBox } from './secret-box.ts';
import { verifySignature } from './verify-signature.ts';

const bodyBytesMax = 5 * 1024 * 1024;
const sweepRowsMax = 500;
const sweepAgeMs = 30_000;

/** What a delivery came to: an answer, or a refusal that is kept and given again to every repeat. */
type Outcome =
  | { kind: 'answer'; answer: IntakeAnswer }
  | { kind: 'refusal'; error: { code: string; message: string; details: ErrorDetail[] } };

/**
 * Takes a shop's webhook: signature, then raw into the database, then read. The answer goes out after the commit; a repeat of a
 * delivery gets the first answer. Errors: not_found, tracking.bad_signature, bad_order; anything else is a 5xx and worth a repeat.
 */
export async function receiveOrder(
  parts: { infra: Infra; box: SecretBox; hub: LiveHub },
  call: Call<typeof receiveEndpoint>,
): Promise<IntakeAnswer> {
  const { infra, box, hub } = parts;
  const { sourceId } = call.input;
  const body = await readBody(call.request);
  const source = await findWebhookSource(infra.db, sourceId);
  if (source === undefined) throw notFound('order source');
  const now = infra.clock.now();
  const verdict = verifySignature({
    body,
    headers: call.request.headers,
    secrets: secretsOf(box, { id: sourceId, ...source }, now),
    now,
  });
  if (!verdict.ok) throw trackingError('bad_signature', verdict.message);
  // A plain signature names no delivery: the same bytes are the same delivery.
  const deliveryId = call.request.headers.has('webhook-signature')
    ? (call.request.headers.get('webhook-id') ?? '')
    : `sha256:${createHash('sha256').update(body).digest('hex')}`;
  const key = { workspaceId: source.workspace_id, sourceId, deliveryId };
  const outcome = await storeAndRead(infra, key, body);
  if (outcome.kind === 'refusal')
    throw new AppError('invalid', outcome.error.code, outcome.error.message, outcome.error.details);
  if (outcome.answer.orderId !== null && outcome.answer.outcome === 'applied')
    hub.publishOrder({ workspaceId: key.workspaceId, orderId: outcome.answer.orderId });
  return outcome.answer;
}

/** Reads what a crash left unread. Returns how many deliveries it closed. */
export async function sweepIntake(infra: Infra): Promise<number> {
  const keys = await waitingIntakes(infra.db, new Date(infra.clock.now().getTime() - sweepAgeMs), sweepRowsMax);
  let closed = 0;
  for (const key of keys) {
    const outcome = await storeAndRead(infra, key, null);
    if (outcome.kind === 'refusal' || outcome.answer.outcome !== 'waiting') closed += 1;
  }
  return closed;
}

function storeAndRead(infra: Infra, key: DeliveryKey, body: Buffer | null): Promise<Outcome> {
  return infra.db.inWorkspace(key.workspaceId, async (tx): Promise<Outcome> => {
    const isNew = body !== null && (await insertIntake(tx, key, body));
    const stored = isNew ? { outcome: null, answer: null, body, conversion_id: null } : await lockIntake(tx, key);
    if (stored === undefined) throw notFound('delivery');
    if (stored.outcome !== null) return firstOutcome(stored.answer);
    const verdict = readDelivery(stored.body, infra.clock.now());
    await sql`savepoint reading`.execute(tx);
    try {
      return await apply(infra, tx, {
        key,
        verdict,
        body: scrubDelivery(stored.body, (email) => hashEmail(infra, key.workspaceId, email)),
      });
    } catch (error) {
      // What arrived stays, whatever reading it met; the sweep reads it again.
      infra.log.error({ err: error, ...key }, 'a stored delivery could not be read, it will be tried again');
      await sql`rollback to savepoint reading`.execute(tx);
      return { kind: 'answer', answer: { deliveryId: key.deliveryId, outcome: 'waiting', orderId: null, notices: [] } };
    }
  });
}

async function apply(
  infra: Infra,
  tx: Parameters<typeof recordOrders>[1],
  of: { key: DeliveryKey; verdict: DeliveryVerdict; body: string },
): Promise<Outcome> {
  const { key, verdict, body } = of;
  if (!verdict.ok) {
    const [first] = verdict.details;
    const message =
      first === undefined
        ? 'The order cannot be read.'
        : `${first.field === '' || first.field === undefined ? 'The delivery' : first.field}: ${first.message}`;
    const error = { code: 'tracking.bad_order', message, details: verdict.details };
    await closeIntake(tx, key, { outcome: 'refused', answer: { error }, conversionId: null, body });
    return { kind: 'refusal', error };
  }
  const recorded = verdict.order === null ? null : await recordOrders(infra, tx, { ...key, orders: [verdict.order] });
  const externalId = verdict.order?.facts.externalId ?? '';
  const orderId = recorded?.idOf.get(externalId) ?? null;
  const isChanged = recorded !== null && (recorded.created.has(externalId) || recorded.updated.has(externalId));
  const isEarly = recorded !== null && orderId === null;
  const outcome = isChanged || isEarly ? ('applied' as const) : ('unchanged' as const);
  const notices = [
    ...verdict.notices,
    ...(verdict.order?.facts.details?.value.notices ?? []).map((message) => ({ field: 'clickIds', message })),
    ...(isEarly
      ? [{ field: 'orderId', message: 'The order itself has not arrived yet; this is kept until it does.' }]
      : []),
  ];
  const answer = { deliveryId: key.deliveryId, outcome, orderId, notices };
  await closeIntake(tx, key, { outcome, answer, conversionId: orderId, body });
  return { kind: 'answer', answer };
}

function firstOutcome(stored: unknown): Outcome {
  const answer = intakeAnswerSchema.safeParse(stored);
  if (answer.success) return { kind: 'answer', answer: answer.data };
  const { error } = stored as { error: { code: string; message: string; details: ErrorDetail[] } };
  return { kind: 'refusal', error };
}

function secretsOf(box: SecretBox, source: SourceSecrets & { id: string }, now: Date): string[] {
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
