import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { type CarriedRows, type CarriedTo, settleRows } from './queries/carried-rows.ts';
import { closeRepeatedLines, raiseSentNo, reopenRepeatedLines } from './queries/join-rows.ts';

/** The campaign's own rows that follow a join. What both have stays with the joined one, to be there when it is parted. */
export const campaignRows: readonly CarriedRows[] = [
  {
    table: 'deliverable',
    unless: (kept) => sql`r.brief_line is not null and exists (
      select from deliverable k where k.workspace_id = r.workspace_id and k.enrolment_id = ${kept} and k.brief_line = r.brief_line)`,
  },
  { table: 'campaign_cost' },
  { table: 'enrolment_happening', key: 'happening', unless: has('enrolment_happening', 'happening') },
  { table: 'enrolment_step', key: 'stage', unless: has('enrolment_step', 'stage') },
  { table: 'deadline_reminder', hasPerson: true },
  { table: 'task', hasPerson: true },
  { table: 'brief_override', key: 'enrolment_id', unless: has('brief_override') },
  { table: 'brief_receipt', unless: has('brief_receipt', 'part_hash') },
  {
    table: 'brief_acknowledgement',
    hasPerson: true,
    unless: (kept) => sql`not exists (
      select from brief_receipt k where k.workspace_id = r.workspace_id and k.enrolment_id = ${kept} and k.id = r.receipt_id)`,
  },
];

/** Whether the kept enrolment has a row of the table with the same value in a column already; without a column, any row. */
export function has(table: string, column?: string) {
  return (kept: string) => sql`exists (
    select from ${sql.table(table)} k where k.workspace_id = r.workspace_id and k.enrolment_id = ${kept}
      ${column === undefined ? sql`` : sql`and ${sql.ref(`k.${column}`)} = ${sql.ref(`r.${column}`)}`})`;
}

/** Settles all these tables, and what of the campaign's own needs more than another owner. */
export async function settleOwnRows(tx: Tx, of: CarriedTo, tables: readonly CarriedRows[]): Promise<void> {
  const { workspaceId, joinedId, keptId } = of;
  const isCarried = keptId !== null && keptId !== joinedId;
  if (isCarried) {
    await closeRepeatedLines(tx, workspaceId, { joinedId, keptId });
    await raiseSentNo(tx, workspaceId, { joinedId, keptId });
  }
  for (const rows of tables) await settleRows(tx, of, rows);
  if (keptId === null) await reopenRepeatedLines(tx, workspaceId, joinedId);
}
