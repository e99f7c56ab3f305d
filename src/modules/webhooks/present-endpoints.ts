import type { Tx } from '#infra/db/database.ts';
import { notFound } from '#kernel/errors.ts';
import { dayMs } from '#kernel/time.ts';
import type { WebhookEndpoint } from './api.ts';
import { type EndpointCounts, type EndpointRow, selectEndpoints } from './queries/endpoints.ts';

const weekMs = 7 * dayMs;

/** All endpoints of a workspace, the oldest first. */
export async function presentEndpoints(tx: Tx, workspaceId: string, now: Date): Promise<WebhookEndpoint[]> {
  const rows = await selectEndpoints(tx, workspaceId, new Date(now.getTime() - weekMs));
  return rows.map((row) => toEndpoint(row, now));
}

/** Error: not_found. */
export async function presentEndpoint(
  tx: Tx,
  workspaceId: string,
  of: { id: string; now: Date },
): Promise<WebhookEndpoint> {
  const found = (await presentEndpoints(tx, workspaceId, of.now)).find((one) => one.id === of.id);
  if (found === undefined) throw notFound('webhook endpoint');
  return found;
}

function toEndpoint(row: EndpointRow & EndpointCounts, now: Date): WebhookEndpoint {
  const isPreviousValid = row.previous_secret_until !== null && row.previous_secret_until > now;
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    target: row.target,
    events: row.events,
    state: row.state,
    disabledBecause: row.disabled_because,
    failingSince: row.failing_since?.toISOString() ?? null,
    previousSecretUntil: isPreviousValid ? (row.previous_secret_until?.toISOString() ?? null) : null,
    createdByName: row.created_by_name,
    createdAt: row.created_at.toISOString(),
    week: { delivered: Number(row.delivered), waiting: Number(row.waiting), failed: Number(row.failed) },
  };
}
