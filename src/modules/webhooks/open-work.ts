import type { Tx } from '#infra/db/database.ts';
import type { OpenWork } from '#kernel/open-work.ts';
import { selectTroubled } from './queries/endpoints.ts';

const quietMs = 3_600_000;

/** Endpoints that were disabled, or that have failed for an hour. */
export async function openWork(tx: Tx, workspaceId: string, of: { now: Date }): Promise<OpenWork[]> {
  const rows = await selectTroubled(tx, workspaceId, new Date(of.now.getTime() - quietMs));
  return rows.map((row) => ({
    kind: row.state === 'disabled' ? 'webhook.disabled' : 'webhook.failing',
    title: row.state === 'disabled' ? `Nothing is sent to ${row.name} any more` : `${row.name} takes no messages`,
    detail: row.disabled_because ?? 'It is tried again for 24 hours. See what it answers.',
    since: row.failing_since?.toISOString() ?? null,
    dueOn: null,
    path: `/webhooks/${row.id}`,
    campaignId: null,
    personId: null,
  }));
}
