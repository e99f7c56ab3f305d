import type { Tx } from '#infra/db/database.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import type { listCorrections } from '../api.ts';
import { selectCorrections } from './queries/corrections.ts';
import { selectClasses } from './queries/list-comments.ts';

/** Every correction of a comment with who, when and why, newest first; undone ones stay readable. Error: not_found. */
export async function readCorrections(
  tx: Tx,
  workspaceId: string,
  of: { commentId: string; limit: number },
): Promise<OutputOf<typeof listCorrections>> {
  if ((await selectClasses(tx, workspaceId, [of.commentId])).length === 0) throw notFound('comment');
  const rows = await selectCorrections(tx, workspaceId, of);
  return {
    rows: rows.map((row) => ({
      id: row.id,
      labels: row.after,
      reason: row.reason,
      by: row.byName,
      at: row.at.toISOString(),
      undoneAt: row.undoneAt?.toISOString() ?? null,
      undoneBy: row.undoneByName,
    })),
  };
}
