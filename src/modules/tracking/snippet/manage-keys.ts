import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Tx } from '#infra/db/database.ts';
import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type {
  createSnippetKey as createEndpoint,
  listSnippetKeys as listEndpoint,
  revokeSnippetKey as revokeEndpoint,
  SnippetKey,
  updateSnippetKey as updateEndpoint,
} from '../api.ts';
import { trackingError } from '../errors.ts';
import { resolveSource } from '../manage-order-sources.ts';
import { changeSnippetKey, insertSnippetKey, type SnippetKeyRow, selectSnippetKeys } from '../queries/snippet.ts';
import { readPageHost } from '../rules/browser-word.ts';
import { snippetText } from './snippet-text.ts';

export const snippetFile = 'rapport.js';
const gzipBytes = gzipSync(snippetText, { level: 9 }).length;

export async function listSnippetKeys(
  infra: Infra,
  call: Call<typeof listEndpoint>,
): Promise<OutputOf<typeof listEndpoint>> {
  const rows = await infra.db.inWorkspace(call.workspaceId, (tx) => selectSnippetKeys(tx, call.workspaceId));
  return {
    scriptUrl: `${infra.config.publicUrl}/${snippetFile}`,
    bytes: Buffer.byteLength(snippetText),
    gzipBytes,
    keys: rows.map((row) => toKey(infra, row)),
  };
}

/** Makes a publishable key. Errors: tracking.bad_host (field `hosts.<n>`), not_found, source_revoked. */
export async function createSnippetKey(infra: Infra, call: Call<typeof createEndpoint>): Promise<SnippetKey> {
  const { workspaceId, input, actor } = call;
  const hosts = readHosts(input.hosts);
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const at = infra.clock.now();
    const fallback = { name: 'Script on pages', kind: 'snippet' as const };
    const sourceId = await resolveSource(infra, tx, { workspaceId, actor, sourceId: input.sourceId, fallback });
    const id = newId('snippetKey', at.getTime());
    const key = `rpk_${randomBytes(18).toString('base64url')}`;
    await insertSnippetKey(tx, {
      workspaceId,
      id,
      sourceId,
      key,
      hosts,
      consent: input.consent,
      createdBy: actor.id,
      at,
    });
    await audit(tx, call, { id, action: 'snippet-key.created', changes: { hosts, consent: input.consent } });
    return await readKey(infra, tx, workspaceId, id);
  });
}

/** Errors: not_found, tracking.bad_host. */
export async function updateSnippetKey(infra: Infra, call: Call<typeof updateEndpoint>): Promise<SnippetKey> {
  const { workspaceId, input } = call;
  const hosts = input.hosts === undefined ? null : readHosts(input.hosts);
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const [before] = await selectSnippetKeys(tx, workspaceId, input.keyId);
    if (before === undefined) throw notFound('snippet key');
    const after = {
      id: before.id,
      hosts: hosts ?? before.hosts,
      consent: input.consent ?? before.consent,
      revokedAt: before.revoked_at,
    };
    await changeSnippetKey(tx, workspaceId, after);
    await audit(tx, call, {
      id: before.id,
      action: 'snippet-key.changed',
      changes: {
        hosts: { from: before.hosts, to: after.hosts },
        consent: { from: before.consent, to: after.consent },
      },
    });
    return await readKey(infra, tx, workspaceId, before.id);
  });
}

/** Error: not_found. */
export async function revokeSnippetKey(infra: Infra, call: Call<typeof revokeEndpoint>): Promise<SnippetKey> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const [before] = await selectSnippetKeys(tx, workspaceId, input.keyId);
    if (before === undefined) throw notFound('snippet key');
    const revokedAt = before.revoked_at ?? infra.clock.now();
    await changeSnippetKey(tx, workspaceId, { id: before.id, hosts: before.hosts, consent: before.consent, revokedAt });
    await audit(tx, call, { id: before.id, action: 'snippet-key.revoked', changes: {} });
    return await readKey(infra, tx, workspaceId, before.id);
  });
}

function readHosts(texts: readonly string[]): string[] {
  return [
    ...new Set(
      texts.map((text, at) => {
        const verdict = readPageHost(text);
        if (!verdict.ok)
          throw trackingError('bad_host', verdict.message, [{ field: `hosts.${at}`, message: verdict.message }]);
        return verdict.host;
      }),
    ),
  ];
}

async function readKey(infra: Infra, tx: Tx, workspaceId: string, id: string): Promise<SnippetKey> {
  const [row] = await selectSnippetKeys(tx, workspaceId, id);
  if (row === undefined) throw notFound('snippet key');
  return toKey(infra, row);
}

function toKey(infra: Infra, row: SnippetKeyRow): SnippetKey {
  const consent = row.consent === 'store' ? '' : ` data-consent="${row.consent}"`;
  return {
    id: row.id,
    key: row.key,
    sourceId: row.source_id,
    sourceName: row.source_name,
    hosts: row.hosts,
    consent: row.consent,
    tag: `<script async src="${infra.config.publicUrl}/${snippetFile}" data-key="${row.key}"${consent}></script>`,
    seenAt: row.seen_at?.toISOString() ?? null,
    seenHost: row.seen_host,
    orders: row.orders,
    unverified: row.unverified,
    createdAt: row.created_at.toISOString(),
    revokedAt: (row.revoked_at ?? row.source_revoked_at)?.toISOString() ?? null,
  };
}

function audit(
  tx: Tx,
  call: { workspaceId: string; actor: Actor; requestId: string },
  of: { id: string; action: string; changes: Record<string, unknown> },
): Promise<void> {
  return recordAudit(tx, {
    workspaceId: call.workspaceId,
    actor: call.actor,
    requestId: call.requestId,
    action: of.action,
    subjectKind: 'snippet_key',
    subjectId: of.id,
    changes: of.changes,
  });
}
