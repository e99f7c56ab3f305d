import type { Selectable } from 'kysely';
import type { CampaignInvitation } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type InvitationRow = Selectable<CampaignInvitation>;

export function invitationsOfPerson(tx: Tx, workspaceId: string, personId: string): Promise<InvitationRow[]> {
  return tx
    .selectFrom('campaign_invitation')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .orderBy('sent_at', 'desc')
    .orderBy('enrolment_id')
    .execute();
}

export function invitationsOfCampaign(tx: Tx, workspaceId: string, campaignId: string): Promise<InvitationRow[]> {
  return tx
    .selectFrom('campaign_invitation')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .orderBy('sent_at', 'desc')
    .orderBy('enrolment_id')
    .execute();
}

export interface NewInvitation {
  workspaceId: string;
  enrolmentId: string;
  campaignId: string;
  personId: string;
  message: string;
  respondBy: string | null;
  sentBy: string;
  sentAt: Date;
}

/** A second invitation of the same creator takes the place of the first; an answer that was given stays, unless it was no. */
export async function putInvitation(tx: Tx, row: NewInvitation): Promise<void> {
  const values = {
    message: row.message,
    respond_by: row.respondBy,
    sent_by: row.sentBy,
    sent_at: row.sentAt,
    answer: null,
    answer_reason: null,
    answered_at: null,
  };
  await tx
    .insertInto('campaign_invitation')
    .values({
      workspace_id: row.workspaceId,
      enrolment_id: row.enrolmentId,
      campaign_id: row.campaignId,
      person_id: row.personId,
      ...values,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'enrolment_id']).doUpdateSet(values))
    .execute();
}

export interface Answer {
  workspaceId: string;
  enrolmentId: string;
  campaignId: string;
  personId: string;
  answer: 'accepted' | 'declined' | 'countered';
  reason: string | null;
  at: Date;
}

/** Keeps the first answer. False when there was one already. */
export async function putAnswer(tx: Tx, row: Answer): Promise<boolean> {
  const done = await tx
    .insertInto('campaign_invitation')
    .values({
      workspace_id: row.workspaceId,
      enrolment_id: row.enrolmentId,
      campaign_id: row.campaignId,
      person_id: row.personId,
      sent_by: '',
      sent_at: row.at,
      answer: row.answer,
      answer_reason: row.reason,
      answered_at: row.at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'enrolment_id'])
        .doUpdateSet({ answer: row.answer, answer_reason: row.reason, answered_at: row.at })
        .where('campaign_invitation.answer', 'is', null),
    )
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
