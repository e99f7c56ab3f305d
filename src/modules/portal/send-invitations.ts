import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { dayIn, daysBetween } from '#kernel/time.ts';
import type { Enrolment } from '#modules/campaigns/api.ts';
import { advanceEnrolment, type CampaignFacts, findEnrolments, getCampaign } from '#modules/campaigns/index.ts';
import { getPersons, mailPortalLink, readPersonCards } from '#modules/creators/index.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import type { CampaignInvitation, listInvitations, sendInvitations } from './api.ts';
import { invalidField, portalError } from './errors.ts';
import { invitationSent, type PortalEventPayload } from './events.ts';
import { invitationsOfCampaign, putInvitation } from './queries/invitations.ts';

type Sent = OutputOf<typeof sendInvitations>;
type Row = Sent['rows'][number];

const linkDaysMin = 14;

/** Invites creators of a roster, all in one transaction. Errors: not_found; portal.invalid for a day that has passed; campaign_closed. */
export function invite(infra: Infra, call: Call<typeof sendInvitations>): Promise<Sent> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaign(tx, workspaceId, input.campaignId);
    if (campaign.state === 'archived' || campaign.state === 'ended')
      throw portalError('campaign_closed', `"${campaign.name}" is over. Reopen it before you invite anybody.`);
    const workspace = await getWorkspace(tx, workspaceId);
    const today = dayIn(workspace.timeZone, infra.clock.now());
    if (input.respondBy !== null && input.respondBy < today) throw invalidField('respondBy', 'has passed already');
    const ids = [...new Set(input.enrolmentIds)];
    const found = await findEnrolments(tx, workspaceId, { ids, clock: infra.clock });
    const here = new Map(found.filter((one) => one.campaignId === campaign.id).map((one) => [one.id, one]));
    const persons = await getPersons(
      tx,
      workspaceId,
      found.map((one) => one.person.id),
    );
    const days = Math.max(linkDaysMin, input.respondBy === null ? 0 : daysBetween(today, input.respondBy) + 1);
    const answer: Sent = { rows: [], skipped: [] };
    for (const enrolmentId of ids) {
      const enrolment = here.get(enrolmentId);
      const reason = whyNot(enrolment);
      if (enrolment === undefined || reason !== null)
        answer.skipped.push({ enrolmentId, reason: reason ?? 'Not on this campaign' });
      else {
        const to = persons.get(enrolment.person.id)?.emails[0] ?? null;
        const frame = { call, campaign, brandName: workspace.name, days: Math.min(365, days) };
        answer.rows.push(await inviteOne(infra, tx, { ...frame, enrolment, to }));
      }
    }
    return answer;
  });
}

function whyNot(enrolment: Enrolment | undefined): string | null {
  if (enrolment === undefined) return 'Not on this campaign';
  if (enrolment.removedAt !== null) return 'Taken off the roster';
  if (enrolment.phase !== 'considering') return 'Agreed already';
  return null;
}

interface One {
  call: Call<typeof sendInvitations>;
  campaign: CampaignFacts;
  brandName: string;
  days: number;
  enrolment: Enrolment;
  to: string | null;
}

async function inviteOne(infra: Infra, tx: Tx, one: One): Promise<Row> {
  const { call, campaign, enrolment, to } = one;
  const { workspaceId, actor, requestId, input } = call;
  const personId = enrolment.person.id;
  const now = infra.clock.now();
  const respondBy = input.respondBy ?? enrolment.dates.respondBy;
  const row = { enrolmentId: enrolment.id, campaignId: campaign.id, personId, respondBy };
  await putInvitation(tx, { ...row, workspaceId, message: input.message, sentBy: actor.name, sentAt: now });
  await advanceEnrolment(infra, tx, {
    workspaceId,
    enrolmentId: enrolment.id,
    reason: 'invited',
    by: actor,
    requestId,
  });
  const { mail, link } = await mailPortalLink(infra, tx, {
    workspaceId,
    personId,
    madeBy: actor.name,
    path: `/campaigns/${enrolment.id}`,
    days: one.days,
    brand: one.brandName,
    to: { name: enrolment.person.name, email: to },
    key: `invitation:${enrolment.id}:${requestId}`,
    subject: `${one.brandName} invites you: ${campaign.name}`,
    lines: [
      input.message.trim(),
      `${one.brandName} would like you on "${campaign.name}". See what it is about and say yes or no here:`,
    ],
    after: respondBy === null ? '' : `Please answer by ${respondBy}.`,
  });
  await recordAudit(tx, {
    workspaceId,
    actor,
    requestId,
    action: 'invitation.sent',
    subjectKind: 'enrolment',
    subjectId: enrolment.id,
    changes: { mail, respondBy },
  });
  const payload: PortalEventPayload = {
    actorName: actor.name,
    campaignId: campaign.id,
    enrolmentId: enrolment.id,
    personId,
  };
  await infra.outbox.emit(tx, { workspaceId, name: invitationSent, payload });
  return { enrolmentId: enrolment.id, personName: enrolment.person.name, mail, link: mail === 'queued' ? null : link };
}

export function readInvitations(
  infra: Infra,
  call: Call<typeof listInvitations>,
): Promise<{ rows: CampaignInvitation[] }> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await getCampaign(tx, workspaceId, input.campaignId);
    const rows = await invitationsOfCampaign(tx, workspaceId, input.campaignId);
    const cards = await readPersonCards(
      tx,
      workspaceId,
      rows.map((row) => row.person_id),
    );
    return {
      rows: rows.map((row) => ({
        enrolmentId: row.enrolment_id,
        personId: row.person_id,
        personName: cards.get(row.person_id)?.name ?? 'Creator without a name',
        message: row.message,
        respondBy: row.respond_by,
        sentBy: row.sent_by,
        sentAt: row.sent_at.toISOString(),
        answer:
          row.answer === 'accepted' || row.answer === 'declined' || row.answer === 'countered' ? row.answer : null,
        answerReason: row.answer_reason,
        answeredAt: row.answered_at?.toISOString() ?? null,
      })),
    };
  });
}
