import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export async function selectAsked(
  tx: Tx,
  workspaceId: string,
  of: { askedBy: string; limit: number },
): Promise<{ typed: string; query: unknown; total: number; asked_at: Date }[]> {
  return tx
    .selectFrom('search_history')
    .select(['typed', 'query', 'total', 'asked_at'])
    .where('workspace_id', '=', workspaceId)
    .where('asked_by', '=', of.askedBy)
    .orderBy('asked_at', 'desc')
    .orderBy('question_hash')
    .limit(of.limit)
    .execute();
}

interface Asked {
  askedBy: string;
  hash: Buffer;
  typed: string;
  query: unknown;
  total: number;
  askedAt: Date;
  keptMax: number;
}

/** Keeps a question, or its newest time and count; lets the oldest beyond `keptMax` go. */
export async function upsertAsked(tx: Tx, workspaceId: string, asked: Asked): Promise<void> {
  await tx
    .insertInto('search_history')
    .values({
      workspace_id: workspaceId,
      asked_by: asked.askedBy,
      question_hash: asked.hash,
      typed: asked.typed,
      query: JSON.stringify(asked.query),
      total: asked.total,
      asked_at: asked.askedAt,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'asked_by', 'question_hash'])
        .doUpdateSet({ total: asked.total, asked_at: asked.askedAt }),
    )
    .execute();
  await sql`
    delete from search_history h
    using (
      select question_hash from search_history
      where workspace_id = ${workspaceId} and asked_by = ${asked.askedBy}
      order by asked_at desc, question_hash offset ${asked.keptMax}
    ) old
    where h.workspace_id = ${workspaceId} and h.asked_by = ${asked.askedBy} and h.question_hash = old.question_hash`.execute(
    tx,
  );
}

export async function deleteAsked(tx: Tx, workspaceId: string, askedBy: string): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('search_history')
    .where('workspace_id', '=', workspaceId)
    .where('asked_by', '=', askedBy)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
