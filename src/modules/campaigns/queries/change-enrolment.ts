import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface EnrolmentChange {
  fee_minor?: bigint | null;
  fee_paid_on?: string | null;
  signed_fee_minor?: bigint | null;
  signed_fee_currency?: string | null;
  product_cost_minor?: bigint | null;
  profile_id?: string;
  note?: string | null;
  owner_id?: string | null;
  respond_by?: string | null;
  drafts_by?: string | null;
  live_from?: string | null;
  live_until?: string | null;
  tags?: string[];
  blocker?: string | null;
  blocker_since?: Date | null;
  contract_ended_on?: string | null;
  contract_end_reason?: string | null;
}

export async function findCampaignIdOf(tx: Tx, workspaceId: string, enrolmentId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('enrolment')
    .select('campaign_id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', enrolmentId)
    .executeTakeFirst();
  return row?.campaign_id ?? null;
}

export async function lockEnrolment(tx: Tx, workspaceId: string, id: string) {
  return tx
    .selectFrom('enrolment')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateEnrolmentRow(
  tx: Tx,
  workspaceId: string,
  of: { id: string; change: EnrolmentChange },
): Promise<void> {
  await tx
    .updateTable('enrolment')
    .set(of.change)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .execute();
}

export interface EnrolmentFields {
  id: string;
  fee_minor: bigint | null;
  product_cost_minor: bigint | null;
  owner_id: string | null;
  note: string | null;
  tags: string[];
  respond_by: string | null;
  drafts_by: string | null;
  live_from: string | null;
  live_until: string | null;
}

/** Writes the plain fields of many enrolments, each row its own values, in one statement. */
export async function updateEnrolmentRows(
  tx: Tx,
  workspaceId: string,
  rows: readonly EnrolmentFields[],
): Promise<void> {
  if (rows.length === 0) return;
  const list = JSON.stringify(
    rows.map((row) => ({
      ...row,
      fee_minor: row.fee_minor?.toString() ?? null,
      product_cost_minor: row.product_cost_minor?.toString() ?? null,
    })),
  );
  await sql`
    update enrolment e
    set fee_minor = new.fee_minor, product_cost_minor = new.product_cost_minor, owner_id = new.owner_id, note = new.note, tags = new.tags,
      respond_by = new.respond_by, drafts_by = new.drafts_by, live_from = new.live_from, live_until = new.live_until
    from jsonb_to_recordset(${list}::jsonb) as new (id text, fee_minor bigint, product_cost_minor bigint, owner_id text, note text, tags text[],
      respond_by date, drafts_by date, live_from date, live_until date)
    where e.workspace_id = ${workspaceId} and e.id = new.id`.execute(tx);
}
