import type { Tx } from '#infra/db/database.ts';
import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newSigningSecret } from '#infra/seal.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { dayMs } from '#kernel/time.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import {
  type createWebhookEndpoint as createCall,
  endpointsMax,
  type removeWebhookEndpoint as removeCall,
  type rotateWebhookSecret as rotateCall,
  type updateWebhookEndpoint as updateCall,
  type WebhookEndpoint,
} from './api.ts';
import { webhooksError } from './errors.ts';
import { listedEvents } from './event-list.ts';
import { presentEndpoint, presentEndpoints } from './present-endpoints.ts';
import { deleteEndpoint, insertEndpoint, replaceSecret, selectEndpoint, updateEndpoint } from './queries/endpoints.ts';
import type { Receiver } from './receiver.ts';
import { unknownEvent } from './rules/happenings.ts';
import { sealSecret } from './secrets.ts';

const previousSecretMs = dayMs;

/**
 * Adds an endpoint; a signing secret made here is told this once.
 * Errors: webhooks.bad_target, unknown_event, secret_needed, name_taken, full.
 */
export async function createEndpoint(
  infra: Infra,
  receivers: readonly Receiver[],
  call: Call<typeof createCall>,
): Promise<OutputOf<typeof createCall>> {
  const { input, workspaceId, actor } = call;
  const receiver = receiverOf(receivers, input.kind);
  checkTarget(receiver, input.target);
  const events = checkedEvents(receiver, input.events);
  const secret = receiver.secret === 'ours' ? newSigningSecret() : (input.secret ?? null);
  if (receiver.secret === 'theirs' && secret === null)
    throw webhooksError('secret_needed', 'The other side asks for a secret of its own. Enter it.', [
      { field: 'secret', message: 'Needed' },
    ]);
  const now = infra.clock.now();
  const id = newId('webhookEndpoint', now.getTime());
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await presentEndpoints(tx, workspaceId, now)).length >= endpointsMax)
      throw webhooksError('full', `There are ${endpointsMax} endpoints, which is the most. Remove one first.`);
    const isNew = await insertEndpoint(tx, workspaceId, {
      id,
      kind: input.kind,
      name: input.name,
      target: input.target,
      events,
      secret: secret === null || receiver.secret === null ? null : sealSecret(infra, id, secret),
      created_by_name: actor.name,
      created_at: now,
    });
    if (!isNew) throw nameTaken(input.name);
    const { kind, name, target } = input;
    await audit(tx, call, 'webhook-endpoint.created', id, {
      kind: { to: kind },
      name: { to: name },
      target: { to: target },
    });
    return {
      endpoint: await presentEndpoint(tx, workspaceId, { id, now }),
      secret: receiver.secret === 'ours' ? secret : null,
    };
  });
}

/** Switching it on again begins anew: what was disabled is forgotten. Errors: not_found, webhooks.bad_target, unknown_event, name_taken. */
export async function changeEndpoint(
  infra: Infra,
  receivers: readonly Receiver[],
  call: Call<typeof updateCall>,
): Promise<WebhookEndpoint> {
  const { input, workspaceId } = call;
  const id = input.endpointId;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectEndpoint(tx, workspaceId, id);
    if (row === undefined) throw notFound('webhook endpoint');
    const receiver = receiverOf(receivers, row.kind);
    if (input.target !== undefined) checkTarget(receiver, input.target);
    const changed = {
      id,
      name: input.name ?? row.name,
      target: input.target ?? row.target,
      events: input.events === undefined ? row.events : checkedEvents(receiver, input.events),
      state: input.isOn === undefined ? row.state : input.isOn ? ('on' as const) : ('off' as const),
    };
    const isFresh = changed.state === 'on' && row.state !== 'on';
    const isSaved = await updateEndpoint(tx, workspaceId, {
      ...changed,
      disabled_because: changed.state === 'disabled' ? row.disabled_because : null,
      failing_since: isFresh ? null : row.failing_since,
    });
    if (!isSaved) throw nameTaken(changed.name);
    const changes = Object.fromEntries(
      (['name', 'target', 'events', 'state'] as const)
        .filter((field) => JSON.stringify(row[field]) !== JSON.stringify(changed[field]))
        .map((field) => [field, { from: row[field], to: changed[field] }]),
    );
    if (Object.keys(changes).length > 0) await audit(tx, call, 'webhook-endpoint.changed', id, changes);
    return await presentEndpoint(tx, workspaceId, { id, now: infra.clock.now() });
  });
}

/** Replaces the signing secret; messages are signed with the old one too for another day. Errors: not_found, webhooks.no_secret. */
export async function rotateEndpoint(
  infra: Infra,
  receivers: readonly Receiver[],
  call: Call<typeof rotateCall>,
): Promise<OutputOf<typeof rotateCall>> {
  const { workspaceId } = call;
  const id = call.input.endpointId;
  const now = infra.clock.now();
  const secret = newSigningSecret();
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectEndpoint(tx, workspaceId, id);
    if (row === undefined) throw notFound('webhook endpoint');
    if (receiverOf(receivers, row.kind).secret !== 'ours')
      throw webhooksError('no_secret', `"${row.name}" is not signed, so it has no secret of ours.`);
    const previousUntil = new Date(now.getTime() + previousSecretMs);
    await replaceSecret(tx, workspaceId, { id, secret: sealSecret(infra, id, secret), previousUntil });
    await audit(tx, call, 'webhook-endpoint.secret-replaced', id, {});
    return { endpoint: await presentEndpoint(tx, workspaceId, { id, now }), secret };
  });
}

/** Error: not_found. */
export async function removeEndpoint(infra: Infra, call: Call<typeof removeCall>): Promise<{ removed: true }> {
  const { workspaceId } = call;
  const id = call.input.endpointId;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectEndpoint(tx, workspaceId, id);
    if (row === undefined) throw notFound('webhook endpoint');
    await deleteEndpoint(tx, workspaceId, id);
    await audit(tx, call, 'webhook-endpoint.removed', id, { name: { from: row.name }, target: { from: row.target } });
    return { removed: true as const };
  });
}

function receiverOf(receivers: readonly Receiver[], kind: Receiver['kind']): Receiver {
  const found = receivers.find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`Nothing sends to ${kind}`);
  return found;
}

function checkTarget(receiver: Receiver, target: string): void {
  const fault = receiver.faultOf(target);
  if (fault !== null) throw webhooksError('bad_target', fault, [{ field: 'target', message: fault }]);
}

function checkedEvents(receiver: Receiver, events: readonly string[]): string[] {
  if (receiver.events !== null) return [];
  const unknown = unknownEvent(events, listedEvents);
  if (unknown !== null)
    throw webhooksError('unknown_event', `There is no event "${unknown}". webhook-events.list names them.`, [
      { field: 'events', message: `"${unknown}" is not known` },
    ]);
  return [...new Set(events)];
}

function nameTaken(name: string) {
  return webhooksError('name_taken', `There is an endpoint named "${name}". Choose another name.`, [
    { field: 'name', message: 'Taken' },
  ]);
}

function audit(
  tx: Tx,
  call: { workspaceId: string; actor: Actor; requestId: string },
  action: string,
  subjectId: string,
  changes: Record<string, unknown>,
): Promise<void> {
  const { workspaceId, actor, requestId } = call;
  return recordAudit(tx, {
    workspaceId,
    actor,
    requestId,
    action,
    subjectKind: 'webhook_endpoint',
    subjectId,
    changes,
  });
}
