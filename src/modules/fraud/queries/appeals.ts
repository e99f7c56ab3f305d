import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface AppealRow {
  id: string;
  group_id: string;
  person_id: string;
  body: string;
  made_at: Date;
  outcome: 'accepted' | 'declined' | null;
  answer: string | null;
  answered_by_name: string | null;
  answered_at: Date | null;
}

const columns = sql`id, group_id, person_id, body, made_at, outcome, answer, answered_by_name, answered_at`;

export async function selectAppeals(tx: Tx, workspaceId: string, groupIds: readonly string[]): Promise<AppealRow[]> {
  const { rows } = await sql<AppealRow>`
    select ${columns} from fraud_appeal where workspace_id = ${workspaceId} and group_id = any(${[...groupIds]}::text[]) order by made_at desc, id desc`.execute(
    tx,
  );
  return rows;
}

/** Appeals that wait, oldest first. */
export async function selectOpenAppeals(tx: Tx, workspaceId: string, limit: number): Promise<AppealRow[]> {
  const { rows } = await sql<AppealRow>`
    select ${columns} from fraud_appeal where workspace_id = ${workspaceId} and answered_at is null order by made_at, id limit ${limit}`.execute(
    tx,
  );
  return rows;
}

/** False when one of this group waits already. */
export async function insertAppeal(
  tx: Tx,
  workspaceId: string,
  of: { id: string; groupId: string; personId: string; body: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    insert into fraud_appeal (workspace_id, id, group_id, person_id, body, made_at)
    values (${workspaceId}, ${of.id}, ${of.groupId}, ${of.personId}, ${of.body}, ${of.at})
    on conflict (workspace_id, group_id) where answered_at is null do nothing returning id`.execute(tx);
  return rows.length > 0;
}

export async function lockAppeal(tx: Tx, workspaceId: string, id: string): Promise<AppealRow | undefined> {
  const { rows } = await sql<AppealRow>`
    select ${columns} from fraud_appeal where workspace_id = ${workspaceId} and id = ${id} for update`.execute(tx);
  return rows[0];
}

export async function writeAnswer(
  tx: Tx,
  workspaceId: string,
  of: { id: string; outcome: 'accepted' | 'declined'; answer: string; by: { id: string; name: string }; at: Date },
): Promise<void> {
  await sql`
    update fraud_appeal set outcome = ${of.outcome}, answer = ${of.answer}, answered_by = ${of.by.id}, answered_by_name = ${of.by.name}, answered_at = ${of.at}
    where workspace_id = ${workspaceId} and id = ${of.id}`.execute(tx);
}
