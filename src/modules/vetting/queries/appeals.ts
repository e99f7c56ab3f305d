import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Appeal } from '../api.ts';

interface AppealRow {
  id: string;
  share_id: string;
  person_id: string;
  report_id: string;
  point: string;
  author_name: string;
  body: string;
  made_at: Date;
  outcome: string | null;
  answer: string | null;
  answered_by_name: string | null;
  answered_at: Date | null;
}

const columns = [
  'id',
  'share_id',
  'person_id',
  'report_id',
  'point',
  'author_name',
  'body',
  'made_at',
  'outcome',
  'answer',
  'answered_by_name',
  'answered_at',
] as const;

export async function insertAppeal(
  tx: Tx,
  workspaceId: string,
  appeal: Pick<Appeal, 'id' | 'personId' | 'reportId' | 'point' | 'authorName' | 'body' | 'madeAt'> & {
    shareId: string;
  },
): Promise<void> {
  await tx
    .insertInto('vetting_appeal')
    .values({
      workspace_id: workspaceId,
      id: appeal.id,
      share_id: appeal.shareId,
      person_id: appeal.personId,
      report_id: appeal.reportId,
      point: appeal.point,
      author_name: appeal.authorName,
      body: appeal.body,
      made_at: appeal.madeAt,
    })
    .execute();
}

/** Appeals made by one link, oldest first. */
export async function appealsOfShare(tx: Tx, workspaceId: string, shareId: string): Promise<Appeal[]> {
  const rows = await tx
    .selectFrom('vetting_appeal')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('share_id', '=', shareId)
    .orderBy('id')
    .limit(100)
    .execute();
  return rows.map(toAppeal);
}

export async function selectAppeals(
  tx: Tx,
  workspaceId: string,
  page: { personId: string | null; open: boolean; beforeId: string | null; limit: number },
): Promise<Appeal[]> {
  const rows = await tx
    .selectFrom('vetting_appeal')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .$if(page.personId !== null, (select) => select.where('person_id', '=', page.personId ?? ''))
    .$if(page.open, (select) => select.where('outcome', 'is', null))
    .$if(page.beforeId !== null, (select) => select.where('id', '<', page.beforeId ?? ''))
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map(toAppeal);
}

/** Answers an appeal; the newest answer stands. Null when there is no such appeal. */
export async function writeAnswer(
  tx: Tx,
  workspaceId: string,
  answer: { appealId: string; outcome: string; answer: string; by: { id: string; name: string }; at: Date },
): Promise<{ before: string | null; appeal: Appeal } | null> {
  const before = await tx
    .selectFrom('vetting_appeal')
    .select('outcome')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', answer.appealId)
    .forUpdate()
    .executeTakeFirst();
  if (before === undefined) return null;
  const row = await tx
    .updateTable('vetting_appeal')
    .set({
      outcome: answer.outcome,
      answer: answer.answer,
      answered_by: answer.by.id,
      answered_by_name: answer.by.name,
      answered_at: answer.at,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', answer.appealId)
    .returning(columns)
    .executeTakeFirstOrThrow();
  return { before: before.outcome, appeal: toAppeal(row) };
}

/** After a merge what was said of the absorbed person is said of the kept one. */
export async function moveAppeals(tx: Tx, workspaceId: string, from: string, to: string): Promise<void> {
  for (const table of ['vetting_share', 'vetting_appeal'] as const) {
    await sql`update ${sql.table(table)} set person_id = ${to} where workspace_id = ${workspaceId} and person_id = ${from}`.execute(
      tx,
    );
  }
}

function toAppeal(row: AppealRow): Appeal {
  return {
    id: row.id,
    personId: row.person_id,
    reportId: row.report_id,
    // Both columns are checked to hold nothing else.
    point: row.point as Appeal['point'],
    outcome: row.outcome as Appeal['outcome'],
    authorName: row.author_name,
    body: row.body,
    madeAt: row.made_at.toISOString(),
    answer: row.answer,
    answeredBy: row.answered_by_name,
    answeredAt: row.answered_at?.toISOString() ?? null,
  };
}
