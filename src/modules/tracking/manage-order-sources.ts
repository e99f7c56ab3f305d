import type { Tx } from '#infra/db/database.ts';
import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newSigningSecret } from '#infra/seal.ts';
import { apiPrefix } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { encodeCursor } from '#kernel/page.ts';
import { dayMs } from '#kernel/time.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type {
  createOrderSource as createEndpoint,
  listDeliveries as deliveriesEndpoint,
  listOrderSources as listEndpoint,
  OrderSource,
  revokeOrderSource as revokeEndpoint,
  rotateOrderSource as rotateEndpoint,
} from './api.ts';
import { trackingError } from './errors.ts';
import { readCursor } from './list-links.ts';
import { selectDeliveries } from './queries/order-intake.ts';
import {
  findSourceByName,
  insertSource,
  revokeSource,
  rotateSecret,
  type SourceRow,
  selectSource,
  selectSources,
} from './queries/order-sources.ts';
import type { SecretBox } from './secret-box.ts';

const previousSecretMs = dayMs;

/** Makes a source; a webhook's signing secret is told this once. Error: tracking.source_taken. */
export async function createOrderSource(
  infra: Infra,
  box: SecretBox,
  call: Call<typeof createEndpoint>,
): Promise<{ source: OrderSource; secret: string | null }> {
  const { input, workspaceId } = call;
  const secret = input.kind === 'webhook' ? newSigningSecret() : null;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const id = newId('source', infra.clock.now().getTime());
    const isNew = await insertSource(tx, {
      workspaceId,
      id,
      name: input.name,
      kind: input.kind,
      sealedSecret: secret === null ? null : box.seal(secret, id),
      createdBy: call.actor.id,
    });
    if (!isNew)
      throw trackingError('source_taken', `There is a source named "${input.name}". Choose another name.`, [
        { field: 'name', message: 'Taken' },
      ]);
    await audit(tx, call, 'order-source.created', id, { name: { to: input.name }, kind: { to: input.kind } });
    return { source: await presentSource(infra, tx, workspaceId, id), secret };
  });
}

export async function listOrderSources(infra: Infra, call: Call<typeof listEndpoint>): Promise<OrderSource[]> {
  const rows = await infra.db.inWorkspace(call.workspaceId, (tx) => selectSources(tx, call.workspaceId));
  return rows.map((row) => toSource(infra, row));
}

/** Replaces the secret; the old one is accepted for another day. Errors: not_found, tracking.wrong_source_kind, source_revoked. */
export async function rotateOrderSource(
  infra: Infra,
  box: SecretBox,
  call: Call<typeof rotateEndpoint>,
): Promise<{ source: OrderSource; secret: string | null }> {
  const { workspaceId } = call;
  const id = call.input.sourceId;
  const secret = newSigningSecret();
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectSource(tx, workspaceId, id);
    if (row === undefined) throw notFound('order source');
    if (row.kind !== 'webhook')
      throw trackingError('wrong_source_kind', `"${row.name}" takes no webhooks, so it has no secret.`);
    if (row.revoked_at !== null) throw trackingError('source_revoked', `"${row.name}" was revoked. Make a new source.`);
    await rotateSecret(tx, {
      workspaceId,
      id,
      sealedSecret: box.seal(secret, id),
      previousUntil: new Date(infra.clock.now().getTime() + previousSecretMs),
    });
    await audit(tx, call, 'order-source.secret-replaced', id, {});
    return { source: await presentSource(infra, tx, workspaceId, id), secret };
  });
}

/** Error: not_found. */
export async function revokeOrderSource(infra: Infra, call: Call<typeof revokeEndpoint>): Promise<OrderSource> {
  const { workspaceId } = call;
  const id = call.input.sourceId;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await selectSource(tx, workspaceId, id)) === undefined) throw notFound('order source');
    await revokeSource(tx, workspaceId, id);
    await audit(tx, call, 'order-source.revoked', id, {});
    return await presentSource(infra, tx, workspaceId, id);
  });
}

/** Errors: not_found, tracking.bad_cursor. */
export async function listDeliveries(infra: Infra, call: Call<typeof deliveriesEndpoint>) {
  const { input, workspaceId } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await selectSource(tx, workspaceId, input.sourceId)) === undefined) throw notFound('order source');
    const rows = await selectDeliveries(tx, {
      workspaceId,
      sourceId: input.sourceId,
      limit: input.limit + 1,
      after: readCursor(input.cursor),
    });
    const page = rows.slice(0, input.limit);
    const last = page.at(-1);
    return {
      rows: page.map((row) => ({
        deliveryId: row.delivery_id,
        receivedAt: row.received_at.toISOString(),
        outcome: row.outcome ?? ('waiting' as const),
        message: row.message,
        orderId: row.conversion_id,
      })),
      nextCursor:
        rows.length > input.limit && last !== undefined ? encodeCursor([last.sort_key, last.delivery_id]) : null,
    };
  });
}

/**
 * The source a caller named, or the one with the default name, made when it is missing.
 * Errors: not_found, tracking.source_revoked.
 */
export async function resolveSource(
  infra: Infra,
  tx: Tx,
  of: {
    workspaceId: string;
    actor: Actor;
    sourceId: string | undefined;
    fallback: { name: string; kind: SourceRow['kind'] };
  },
): Promise<string> {
  if (of.sourceId !== undefined) {
    const row = await selectSource(tx, of.workspaceId, of.sourceId);
    if (row === undefined) throw notFound('order source');
    if (row.revoked_at !== null)
      throw trackingError('source_revoked', `"${row.name}" was revoked. Make a new source.`, [
        { field: 'sourceId', message: 'Revoked' },
      ]);
    return row.id;
  }
  const id = newId('source', infra.clock.now().getTime());
  await insertSource(tx, {
    workspaceId: of.workspaceId,
    id,
    ...of.fallback,
    sealedSecret: null,
    createdBy: of.actor.id,
  });
  const found = await findSourceByName(tx, of.workspaceId, of.fallback.name);
  if (found === undefined) throw notFound('order source');
  if (found.revoked_at !== null) {
    throw trackingError('source_revoked', `"${of.fallback.name}" was revoked. Name another source.`, [
      { field: 'sourceId', message: 'Needed' },
    ]);
  }
  return found.id;
}

async function presentSource(infra: Infra, tx: Tx, workspaceId: string, id: string): Promise<OrderSource> {
  const row = await selectSource(tx, workspaceId, id);
  if (row === undefined) throw notFound('order source');
  return toSource(infra, row);
}

function toSource(infra: Infra, row: SourceRow): OrderSource {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    webhookUrl: row.kind === 'webhook' ? `${infra.config.publicUrl}${apiPrefix}/order-sources/${row.id}/webhook` : null,
    createdAt: row.created_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    previousSecretUntil:
      row.previous_secret_until !== null && row.previous_secret_until > infra.clock.now()
        ? row.previous_secret_until.toISOString()
        : null,
    orders: Number(row.orders),
    lastReceivedAt: row.last_received_at?.toISOString() ?? null,
  };
}

function audit(
  tx: Tx,
  call: { workspaceId: string; actor: Actor; requestId: string },
  action: string,
  subjectId: string,
  changes: Record<string, unknown>,
): Promise<void> {
  return recordAudit(tx, {
    workspaceId: call.workspaceId,
    actor: call.actor,
    requestId: call.requestId,
    action,
    subjectKind: 'order_source',
    subjectId,
    changes,
  });
}
