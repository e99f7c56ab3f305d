import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';

const choicesSchema = z.array(
  z.object({
    label: z.string(),
    asks: z.string().nullable(),
    personId: z.string().nullable(),
    campaignId: z.string().nullable(),
  }),
);
export type StoredChoice = z.infer<typeof choicesSchema>[number];

export interface StoredSurvey {
  question: string;
  choices: StoredChoice[];
  thanks: string;
  isOpen: boolean;
  linkNo: number;
}

/** What a workspace asks; null when it never said. */
export async function selectSurvey(tx: Tx, workspaceId: string): Promise<StoredSurvey | null> {
  const row = await tx
    .selectFrom('survey')
    .select(['question', 'choices', 'thanks', 'is_open', 'link_no'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { question, thanks } = row;
  return { question, thanks, choices: choicesSchema.parse(row.choices), isOpen: row.is_open, linkNo: row.link_no };
}

/** Stores what is asked. */
export async function saveSurvey(tx: Tx, workspaceId: string, survey: StoredSurvey): Promise<void> {
  const values = {
    question: survey.question,
    choices: JSON.stringify(survey.choices),
    thanks: survey.thanks,
    is_open: survey.isOpen,
    link_no: survey.linkNo,
    updated_at: sql<Date>`now()`,
  };
  await tx
    .insertInto('survey')
    .values({ workspace_id: workspaceId, ...values })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(values))
    .execute();
}

/** Answers that came by the page since then. */
export async function countPageAnswers(tx: Tx, workspaceId: string, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from survey_answer where workspace_id = ${workspaceId} and via = 'page' and answered_at > ${since}`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}
