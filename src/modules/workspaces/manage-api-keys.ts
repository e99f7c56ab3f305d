import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import type { ApiKey, createApiKey, listApiKeys, revokeApiKey } from './api.ts';
import { invalidField, workspacesError } from './errors.ts';
import { newKeySecret } from './key-secret.ts';
import { insertKey, type KeyRow, keyById, keysOf, revokeKeyRow } from './queries/api-keys.ts';
import { recordAudit } from './record-audit.ts';
import { scopeNotHeld } from './rules/permissions.ts';

export async function listKeys(infra: Infra, call: Call<typeof listApiKeys>): Promise<{ rows: ApiKey[] }> {
  const rows = await infra.db.inWorkspace(call.workspaceId, (tx) => keysOf(tx, call.workspaceId));
  return { rows: rows.map(toApiKey) };
}

/** Makes a key; the answer holds it, once. Errors: workspaces.invalid for a past expiry; scope_not_held when a key would give more than it has. */
export function makeKey(infra: Infra, call: Call<typeof createApiKey>): Promise<ApiKey & { key: string }> {
  const { workspaceId, input, actor, requestId } = call;
  const now = infra.clock.now();
  const expiresAt = input.expiresAt === undefined ? null : new Date(input.expiresAt);
  if (expiresAt !== null && expiresAt <= now)
    throw invalidField('expiresAt', `${input.expiresAt} is past; choose a time to come`);
  const scopes = input.scopes.includes('all') ? ['all'] : [...new Set(input.scopes)];
  const { key, prefix, hash } = newKeySecret();
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await refuseGivingMore(tx, call);
    const row = await insertKey(tx, {
      workspaceId,
      id: newId('apiKey'),
      name: input.name,
      prefix,
      secretHash: hash,
      scopes,
      createdBy: actor.name,
      createdAt: now,
      expiresAt,
    });
    const changes = { name: { to: row.name }, scopes: { to: scopes }, expiresAt: { to: expiresAt } };
    const about = { workspaceId, actor, requestId };
    await recordAudit(tx, { ...about, action: 'api_key.created', subjectKind: 'api_key', subjectId: row.id, changes });
    return { ...toApiKey(row), key };
  });
}

/** Ends a key for ever; ending it again changes nothing. Error: not_found. */
export function endKey(infra: Infra, call: Call<typeof revokeApiKey>): Promise<ApiKey> {
  const { workspaceId, input, actor, requestId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const revoked = await revokeKeyRow(tx, { workspaceId, id: input.keyId, now: infra.clock.now() });
    if (revoked === undefined) {
      const ended = await keyById(tx, workspaceId, input.keyId);
      if (ended === undefined) throw notFound('API key');
      return toApiKey(ended);
    }
    const about = { workspaceId, actor, requestId };
    const changes = { name: revoked.name };
    await recordAudit(tx, {
      ...about,
      action: 'api_key.revoked',
      subjectKind: 'api_key',
      subjectId: revoked.id,
      changes,
    });
    return toApiKey(revoked);
  });
}

async function refuseGivingMore(tx: Tx, call: Call<typeof createApiKey>): Promise<void> {
  if (call.actor.kind !== 'api_key') return;
  const own = await keyById(tx, call.workspaceId, call.actor.id);
  const missing = scopeNotHeld(own?.scopes ?? [], call.input.scopes);
  if (missing !== null)
    throw workspacesError(
      'scope_not_held',
      `The key "${call.actor.name}" has not the scope ${missing} and cannot give it.`,
    );
}

function toApiKey(row: KeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: `rpt_${row.prefix}`,
    scopes: row.scopes,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
