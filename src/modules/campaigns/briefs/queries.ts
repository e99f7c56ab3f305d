import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface ReceiptRow {
  id: string;
  campaign_id: string;
  enrolment_id: string;
  version: number;
  part_hash: string;
  shown: unknown;
  sent_by: string;
  first_sent_at: Date;
  sent_at: Date;
  times: number;
  mail: 'queued' | 'off' | 'no_address';
  opened_at: Date | null;
}

export interface AcknowledgementRow {
  receipt_id: string;
  enrolment_id: string;
  version: number;
  part_hash: string;
  name: string;
  ip: string;
  acknowledged_at: Date;
}

/** Enrolments of a campaign that were not removed, or those named; locked in id order when they are about to be written. */
export async function selectBriefReaders(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; enrolmentIds?: readonly string[] },
): Promise<{ id: string; person_id: string; removed_at: Date | null }[]> {
  const { rows } = await sql<{ id: string; person_id: string; removed_at: Date | null }>`
    select id, person_id, removed_at from enrolment
    where workspace_id = ${workspaceId} and campaign_id = ${of.campaignId}
      and (${of.enrolmentIds ?? null}::text[] is null and removed_at is null or id = any(${of.enrolmentIds ?? []}::text[]))
    order by added_at, id`.execute(tx);
  return rows;
}

/** The enrolment with its campaign; of a person where one is named. */
export async function selectReader(
  tx: Tx,
  workspaceId: string,
  of: { enrolmentId: string; personId?: string },
): Promise<
  | {
      id: string;
      person_id: string;
      campaign_id: string;
      removed_at: Date | null;
      campaign_name: string;
      brief_version: number;
    }
  | undefined
> {
  let query = tx
    .selectFrom('enrolment as e')
    .innerJoin('campaign as c', (join) =>
      join.onRef('c.workspace_id', '=', 'e.workspace_id').onRef('c.id', '=', 'e.campaign_id'),
    )
    .select(['e.id', 'e.person_id', 'e.campaign_id', 'e.removed_at', 'c.name as campaign_name', 'c.brief_version'])
    .where('e.workspace_id', '=', workspaceId)
    .where('e.id', '=', of.enrolmentId);
  if (of.personId !== undefined) query = query.where('e.person_id', '=', of.personId);
  return query.executeTakeFirst();
}

/** The newest receipt of each enrolment. */
export async function selectNewestReceipts(
  tx: Tx,
  workspaceId: string,
  enrolmentIds: readonly string[],
): Promise<ReceiptRow[]> {
  const { rows } = await sql<ReceiptRow>`
    select distinct on (enrolment_id) id, campaign_id, enrolment_id, version, part_hash, shown, sent_by, first_sent_at, sent_at, times, mail, opened_at
    from brief_receipt where workspace_id = ${workspaceId} and enrolment_id = any(${enrolmentIds}::text[])
    order by enrolment_id, sent_no desc`.execute(tx);
  return rows;
}

/** All that was agreed to by these enrolments, newest first. */
export async function selectAcknowledgements(
  tx: Tx,
  workspaceId: string,
  enrolmentIds: readonly string[],
): Promise<AcknowledgementRow[]> {
  const { rows } = await sql<AcknowledgementRow>`
    select receipt_id, enrolment_id, version, part_hash, name, ip, acknowledged_at from brief_acknowledgement
    where workspace_id = ${workspaceId} and enrolment_id = any(${enrolmentIds}::text[])
    order by acknowledged_at desc, id desc`.execute(tx);
  return rows;
}

/** The text of a receipt as it read. */
export async function selectShown(tx: Tx, workspaceId: string, receiptId: string): Promise<unknown> {
  const row = await tx
    .selectFrom('brief_receipt')
    .select('shown')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', receiptId)
    .executeTakeFirst();
  return row?.shown;
}

export interface NewReceipt {
  id: string;
  campaignId: string;
  enrolmentId: string;
  version: number;
  partHash: string;
  shown: unknown;
  sentBy: string;
  mail: ReceiptRow['mail'];
  at: Date;
}

/** Writes what was sent. The same text again counts one time more, and is unread in the newer version only if it was before. */
export async function insertReceipts(tx: Tx, workspaceId: string, rows: readonly NewReceipt[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('brief_receipt')
    .values(
      rows.map((row) => ({
        workspace_id: workspaceId,
        id: row.id,
        campaign_id: row.campaignId,
        enrolment_id: row.enrolmentId,
        version: row.version,
        part_hash: row.partHash,
        shown: JSON.stringify(row.shown),
        sent_by: row.sentBy,
        first_sent_at: row.at,
        sent_at: row.at,
        sent_no: sql<number>`(
          select coalesce(max(r.sent_no), 0) + 1 from brief_receipt r
          where r.workspace_id = ${workspaceId} and r.enrolment_id = ${row.enrolmentId})`,
        mail: row.mail,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'enrolment_id', 'part_hash']).doUpdateSet((set) => ({
        times: sql`brief_receipt.times + 1`,
        version: set.ref('excluded.version'),
        sent_at: set.ref('excluded.sent_at'),
        sent_no: set.ref('excluded.sent_no'),
        sent_by: set.ref('excluded.sent_by'),
        mail: set.ref('excluded.mail'),
      })),
    )
    .execute();
}

export async function setOpened(tx: Tx, workspaceId: string, of: { receiptId: string; at: Date }): Promise<void> {
  await tx
    .updateTable('brief_receipt')
    .set({ opened_at: of.at })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.receiptId)
    .where('opened_at', 'is', null)
    .execute();
}

/** False when this text was agreed to before. */
export async function insertAcknowledgement(
  tx: Tx,
  workspaceId: string,
  of: {
    id: string;
    receiptId: string;
    enrolmentId: string;
    personId: string;
    version: number;
    partHash: string;
    name: string;
    ip: string;
    userAgent: string;
    at: Date;
  },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('brief_acknowledgement')
    .values({
      workspace_id: workspaceId,
      id: of.id,
      receipt_id: of.receiptId,
      enrolment_id: of.enrolmentId,
      person_id: of.personId,
      version: of.version,
      part_hash: of.partHash,
      name: of.name,
      ip: of.ip,
      user_agent: of.userAgent,
      acknowledged_at: of.at,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'receipt_id']).doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Overrides of these enrolments. */
export async function selectOverrides(tx: Tx, workspaceId: string, enrolmentIds: readonly string[]) {
  return tx
    .selectFrom('brief_override')
    .select(['enrolment_id', 'override', 'changed_by', 'changed_at'])
    .where('workspace_id', '=', workspaceId)
    .where('enrolment_id', '=', sql<string>`any(${[...enrolmentIds]}::text[])`)
    .orderBy('enrolment_id')
    .execute();
}

export async function upsertOverride(
  tx: Tx,
  workspaceId: string,
  of: { enrolmentId: string; override: unknown; changedBy: string; at: Date },
): Promise<void> {
  const row = { override: JSON.stringify(of.override), changed_by: of.changedBy, changed_at: of.at };
  await tx
    .insertInto('brief_override')
    .values({ workspace_id: workspaceId, enrolment_id: of.enrolmentId, ...row })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'enrolment_id']).doUpdateSet(row))
    .execute();
}

export async function deleteOverride(tx: Tx, workspaceId: string, enrolmentId: string): Promise<void> {
  await tx
    .deleteFrom('brief_override')
    .where('workspace_id', '=', workspaceId)
    .where('enrolment_id', '=', enrolmentId)
    .execute();
}

/** Enrolments of a person to whom a brief was sent, newest first, with the name of the campaign; removed ones are left out. */
export async function selectBriefsOfPerson(
  tx: Tx,
  workspaceId: string,
  personId: string,
): Promise<{ enrolment_id: string; campaign_id: string; campaign_name: string }[]> {
  const { rows } = await sql<{ enrolment_id: string; campaign_id: string; campaign_name: string }>`
    select e.id as enrolment_id, c.id as campaign_id, c.name as campaign_name
    from enrolment e join campaign c on c.workspace_id = e.workspace_id and c.id = e.campaign_id
    join lateral (select max(sent_at) as at from brief_receipt r where r.workspace_id = e.workspace_id and r.enrolment_id = e.id) sent on sent.at is not null
    where e.workspace_id = ${workspaceId} and e.person_id = ${personId} and e.removed_at is null
    order by sent.at desc, e.id desc`.execute(tx);
  return rows;
}
