import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** A piece as lines of a brief are held against it. */
export interface HeldPiece {
  id: string;
  enrolmentId: string;
  platform: string;
  format: string;
  title: string;
  dueOn: string | null;
  briefLine: string | null;
  isSigned: boolean;
}

/** All pieces of creators on a campaign, the oldest first. */
export async function selectHeldPieces(
  tx: Tx,
  workspaceId: string,
  enrolmentIds: readonly string[],
): Promise<HeldPiece[]> {
  const { rows } = await sql<HeldPiece>`
    select id, enrolment_id as "enrolmentId", platform, format, title, due_on as "dueOn", brief_line as "briefLine", contract_id is not null and state <> 'cancelled' as "isSigned"
    from deliverable where workspace_id = ${workspaceId} and enrolment_id = any(${[...enrolmentIds]}::text[]) order by id`.execute(
    tx,
  );
  return rows;
}

/** The contract each piece of an enrolment is owed by; pieces nobody signed for are left out. */
export async function selectContractsOfPieces(
  tx: Tx,
  workspaceId: string,
  enrolmentId: string,
): Promise<{ id: string; contract_id: string }[]> {
  const { rows } = await sql<{ id: string; contract_id: string }>`
    select id, contract_id from deliverable
    where workspace_id = ${workspaceId} and enrolment_id = ${enrolmentId} and contract_id is not null order by id`.execute(
    tx,
  );
  return rows;
}

/** Says of pieces which line of the brief they stand for. */
export async function setBriefLines(
  tx: Tx,
  workspaceId: string,
  some: readonly { id: string; briefLine: string }[],
): Promise<void> {
  if (some.length === 0) return;
  await sql`
    update deliverable d set brief_line = s.line
    from unnest(${some.map((one) => one.id)}::text[], ${some.map((one) => one.briefLine)}::text[]) as s (id, line)
    where d.workspace_id = ${workspaceId} and d.id = s.id`.execute(tx);
}
