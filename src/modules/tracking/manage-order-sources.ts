import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newSigningSecret } from '#infra/seal.ts';
import { apiPrefix } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { isKnownCurrency } from '#kernel/money.ts';
import { dayMs } from '#kernel/time.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type {
  createOrderSource as createEndpoint,
  listOrderSources as listEndpoint,
  OrderSource,
  revokeOrderSource as revokeEndpoint,
  rotateOrderSource as rotateEndpoint,
  updateOrderSource as updateEndpoint,
} from './api.ts';
import { givenSecretKinds, receivingKinds } from './api.ts';
import { trackingError } from './errors.ts';
import {
  findSourceByName,
  insertSource,
  revokeSource,
  rotateSecret,
  type SourceRow,
  selectSource,
  selectSources,
  updateSource,
} from './queries/order-sources.ts';
import { postbackSettingsSchema } from './rules/read-postback.ts';
import type { SecretBox } from './secret-box.ts';

const previousSecretMs = dayMs;

/** Makes a source; a webhook's signing secret is told this once. Error: tracking.source_taken. */
export async function createOrderSource(
  infra: Infra,
  box: SecretBox,
  call: Call<typeof createEndpoint>,
): Promise<{ source: OrderSource; secret: string | null }> {
  const { input, workspaceId } = call;
  const { made, kept } = secretFor(input.kind, input.secret);
  const settings = readSettings(input.kind, input.settings ?? {});
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const id = newId('source', infra.clock.now().getTime());
    const isNew = await insertSource(tx, {
      workspaceId,
      id,
      name: input.name,
      kind: input.kind,
      settings,
      sealedSecret: kept === null ? null : box.seal(kept, id),
      createdBy: call.actor.id,
    });
    if (!isNew)
      throw trackingError('source_taken', `There is a source named "${input.name}". Choose another name.`, [
        { field: 'name', message: 'Taken' },
      ]);
    await audit(tx, call, 'order-source.created', id, { name: { to: input.name }, kind: { to: input.kind } });
    return { source: await presentSource(infra, tx, workspaceId, id), secret: made };
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
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectSource(tx, workspaceId, id);
    if (row === undefined) throw notFound('order source');
    if (!receivingKinds.has(row.kind))
      throw trackingError('wrong_source_kind', `"${row.name}" takes no webhooks, so it has no secret.`);
    if (row.revoked_at !== null) throw trackingError('source_revoked', `"${row.name}" was revoked. Make a new source.`);
    const { made, kept } = secretFor(row.kind, call.input.secret);
    await rotateSecret(tx, {
      workspaceId,
      id,
      sealedSecret: box.seal(kept ?? '', id),
      previousUntil: new Date(infra.clock.now().getTime() + previousSecretMs),
    });
    await audit(tx, call, 'order-source.secret-replaced', id, {});
    return { source: await presentSource(infra, tx, workspaceId, id), secret: made };
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

/** Changes name or settings. Errors: not_found, tracking.source_taken, bad_source. */
export async function updateOrderSource(infra: Infra, call: Call<typeof updateEndpoint>): Promise<OrderSource> {
  const { workspaceId, input } = call;
  const id = input.sourceId;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectSource(tx, workspaceId, id);
    if (row === undefined) throw notFound('order source');
    const name = input.name ?? row.name;
    const settings = input.settings === undefined ? row.settings : readSettings(row.kind, input.settings);
    if (!(await updateSource(tx, { workspaceId, id, name, settings })))
      throw trackingError('source_taken', `There is a source named "${name}". Choose another name.`, [
        { field: 'name', message: 'Taken' },
      ]);
    await audit(tx, call, 'order-source.changed', id, {
      ...(name === row.name ? {} : { name: { from: row.name, to: name } }),
      ...(input.settings === undefined ? {} : { settings: { from: row.settings, to: settings } }),
    });
    return await presentSource(infra, tx, workspaceId, id);
  });
}

/** The secret of a source: entered where the sender makes it, otherwise made here and told this once. */
function secretFor(kind: SourceRow['kind'], given: string | undefined): { made: string | null; kept: string | null } {
  if (!receivingKinds.has(kind)) return { made: null, kept: null };
  if (given !== undefined && kind !== 'webhook' && kind !== 'postback') return { made: null, kept: given };
  if (givenSecretKinds.has(kind))
    throw trackingError(
      'bad_source',
      `${kind === 'stripe' ? 'Stripe' : 'Shopify'} makes the signing secret. Enter it here.`,
      [{ field: 'secret', message: 'Needed' }],
    );
  const made =
    kind === 'postback' || kind === 'woocommerce' ? randomBytes(24).toString('base64url') : newSigningSecret();
  return { made, kept: made };
}

const shopifySettings = z.object({ shop: z.string().trim().min(3).max(120).optional() });

/** The settings of a kind, checked. Error: tracking.bad_source with the field at fault. */
function readSettings(kind: SourceRow['kind'], given: Record<string, unknown>): Record<string, unknown> {
  const schema = kind === 'postback' ? postbackSettingsSchema : kind === 'shopify' ? shopifySettings : z.object({});
  const parsed = schema.strict().safeParse(given);
  if (!parsed.success) {
    const details = parsed.error.issues.map((issue) => ({
      field: ['settings', ...issue.path].join('.'),
      message: issue.message,
    }));
    throw trackingError(
      'bad_source',
      `${details[0]?.field ?? 'settings'}: ${details[0]?.message ?? 'not valid'}`,
      details,
    );
  }
  const currency = 'currency' in parsed.data ? parsed.data.currency : undefined;
  if (typeof currency === 'string' && !isKnownCurrency(currency))
    throw trackingError('bad_source', `"${currency}" is no ISO 4217 currency code. Use one such as USD, EUR or JPY.`, [
      { field: 'settings.currency', message: 'Not known' },
    ]);
  return parsed.data;
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
    settings: row.settings,
    webhookUrl: receivingKinds.has(row.kind)
      ? `${infra.config.publicUrl}${apiPrefix}/order-sources/${row.id}/webhook`
      : null,
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
