import { createHash } from 'node:crypto';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import {
  type AskedSearch,
  type forgetSearches,
  type rememberSearch,
  savedQuerySchema,
  type searchHistory,
} from './api.ts';
import { deleteAsked, selectAsked, upsertAsked } from './queries/search-history.ts';

/** Older questions than these are let go, so that a history stays one. */
const keptMax = 100;

export async function readHistory(infra: Infra, call: Call<typeof searchHistory>): Promise<{ rows: AskedSearch[] }> {
  const { workspaceId, actor, input } = call;
  const rows = await infra.db.inWorkspace(workspaceId, (tx) =>
    selectAsked(tx, workspaceId, { askedBy: actor.id, limit: input.limit }),
  );
  // A question asked before its filters changed shape is not shown rather than shown wrong.
  return {
    rows: rows.flatMap((row) => {
      const query = savedQuerySchema.safeParse(row.query);
      return query.success
        ? [{ typed: row.typed, query: query.data, total: row.total, askedAt: row.asked_at.toISOString() }]
        : [];
    }),
  };
}

export async function remember(infra: Infra, call: Call<typeof rememberSearch>): Promise<null> {
  const { workspaceId, actor, input } = call;
  const hash = createHash('sha256')
    .update(JSON.stringify([input.typed, input.query]))
    .digest();
  await infra.db.inWorkspace(workspaceId, (tx) =>
    upsertAsked(tx, workspaceId, { askedBy: actor.id, hash, ...input, askedAt: infra.clock.now(), keptMax }),
  );
  return null;
}

export async function forgetHistory(infra: Infra, call: Call<typeof forgetSearches>): Promise<{ forgotten: number }> {
  const { workspaceId, actor } = call;
  const forgotten = await infra.db.inWorkspace(workspaceId, (tx) => deleteAsked(tx, workspaceId, actor.id));
  return { forgotten };
}
