import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface WordingRow {
  version: number;
  text: string;
  channels: string[];
  is_paid: boolean;
  territory: string;
  days: number | null;
  saved_by: string;
  saved_at: Date;
}

/** The newest wording of a campaign. */
export async function selectWording(tx: Tx, workspaceId: string, campaignId: string): Promise<WordingRow | undefined> {
  const { rows } = await sql<WordingRow>`
    select version, text, channels, is_paid, territory, days, saved_by, saved_at from rights_wording
    where workspace_id = ${workspaceId} and campaign_id = ${campaignId} order by version desc limit 1`.execute(tx);
  return rows[0];
}

export async function insertWording(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; row: WordingRow },
): Promise<void> {
  await tx
    .insertInto('rights_wording')
    .values({ workspace_id: workspaceId, campaign_id: of.campaignId, ...of.row })
    .execute();
}

export interface NewAcceptance {
  id: string;
  campaign_id: string;
  enrolment_id: string;
  deliverable_id: string;
  submission_id: string;
  round: number;
  person_id: string;
  wording_version: number;
  shown: string;
  text_hash: string;
  name: string;
  address: string;
  user_agent: string;
  accepted_at: Date;
}

/** Writes that a round was handed in with these words; the same round again changes nothing. */
export async function insertAcceptance(tx: Tx, workspaceId: string, row: NewAcceptance): Promise<void> {
  await tx
    .insertInto('rights_acceptance')
    .values({ workspace_id: workspaceId, ...row })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'submission_id', 'round']).doNothing())
    .execute();
}

/** Whether a creator accepted a version for a piece already. */
export async function hasAccepted(
  tx: Tx,
  workspaceId: string,
  of: { deliverableId: string; version: number },
): Promise<boolean> {
  const row = await tx
    .selectFrom('rights_acceptance')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('deliverable_id', '=', of.deliverableId)
    .where('wording_version', '=', of.version)
    .executeTakeFirst();
  return row !== undefined;
}

export async function selectAcceptances(tx: Tx, workspaceId: string, campaignId: string, limit: number) {
  return tx
    .selectFrom('rights_acceptance')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .orderBy('accepted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Rights accepted with a piece: the newest acceptance of each piece counts. */
export interface AcceptedRight {
  id: string;
  deliverable_id: string;
  accepted_at: Date;
  channels: string[];
  is_paid: boolean;
  territory: string;
  days: number | null;
  name: string;
}

export async function selectAcceptedRights(tx: Tx, workspaceId: string, enrolmentId: string): Promise<AcceptedRight[]> {
  const { rows } = await sql<AcceptedRight>`
    select distinct on (a.deliverable_id) a.id, a.deliverable_id, a.accepted_at, w.channels, w.is_paid, w.territory, w.days, a.name
    from rights_acceptance a
    join rights_wording w on w.workspace_id = a.workspace_id and w.campaign_id = a.campaign_id and w.version = a.wording_version
    where a.workspace_id = ${workspaceId} and a.enrolment_id = ${enrolmentId}
    order by a.deliverable_id, a.accepted_at desc, a.id desc`.execute(tx);
  return rows;
}
