import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { dayIn } from '#kernel/time.ts';
import type { Deliverable, Enrolment } from '#modules/campaigns/api.ts';
import {
  type CampaignFacts,
  findCampaign,
  listDeliverablesOfPerson,
  listEnrolmentsOfPerson,
} from '#modules/campaigns/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { getPortalCampaign, listPortalCampaigns, PortalCampaign } from './api.ts';
import { type InvitationRow, invitationsOfPerson } from './queries/invitations.ts';
import { jobSteps } from './rules/job-steps.ts';

interface Who {
  workspaceId: string;
  personId: string;
}

/** Campaigns a creator knows of: they were invited, or are past that. Who is only being considered is not told. */
export async function campaignsOf(infra: Infra, tx: Tx, who: Who): Promise<PortalCampaign[]> {
  const { workspaceId, personId } = who;
  const { clock } = infra;
  const enrolments = await listEnrolmentsOfPerson(tx, workspaceId, { personId, clock });
  const deliverables = await listDeliverablesOfPerson(tx, workspaceId, { personId, clock });
  const invitations = new Map(
    (await invitationsOfPerson(tx, workspaceId, personId)).map((row) => [row.enrolment_id, row]),
  );
  const { timeZone } = await getWorkspace(tx, workspaceId);
  const today = dayIn(timeZone, clock.now());
  const rows: PortalCampaign[] = [];
  for (const enrolment of enrolments) {
    const invitation = invitations.get(enrolment.id);
    if (enrolment.removedAt !== null || !isKnown(enrolment, invitation)) continue;
    const campaign = await findCampaign(tx, workspaceId, enrolment.campaignId);
    // A campaign in the making is told only to whom the brand has asked already.
    if (campaign === null || (campaign.state === 'draft' && invitation === undefined)) continue;
    const own = deliverables.filter((one) => one.enrolmentId === enrolment.id);
    rows.push(toCampaign({ enrolment, invitation, campaign, deliverables: own, today }));
  }
  return rows;
}

export function listCampaigns(
  infra: Infra,
  call: Call<typeof listPortalCampaigns>,
): Promise<{ rows: PortalCampaign[] }> {
  const { workspaceId, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => ({
    rows: await campaignsOf(infra, tx, { workspaceId, personId: actor.id }),
  }));
}

/** Error: not_found, also for another creator's. */
export function getCampaign(infra: Infra, call: Call<typeof getPortalCampaign>): Promise<PortalCampaign> {
  const { workspaceId, actor, input } = call;
  return infra.db.inWorkspace(workspaceId, (tx) =>
    campaignOf(infra, tx, { workspaceId, personId: actor.id, enrolmentId: input.enrolmentId }),
  );
}

export async function campaignOf(infra: Infra, tx: Tx, of: Who & { enrolmentId: string }): Promise<PortalCampaign> {
  const found = (await campaignsOf(infra, tx, of)).find((one) => one.enrolmentId === of.enrolmentId);
  if (found === undefined) throw notFound('campaign');
  return found;
}

function isKnown(enrolment: Enrolment, invitation: InvitationRow | undefined): boolean {
  return invitation !== undefined || enrolment.phase !== 'considering' || enrolment.stage === 'invited';
}

interface Parts {
  enrolment: Enrolment;
  invitation: InvitationRow | undefined;
  campaign: CampaignFacts;
  deliverables: readonly Deliverable[];
  today: string;
}

function toCampaign({ enrolment, invitation, campaign, deliverables, today }: Parts): PortalCampaign {
  return {
    enrolmentId: enrolment.id,
    campaignId: campaign.id,
    name: campaign.name,
    model: campaign.model,
    startsOn: campaign.startsOn,
    endsOn: campaign.endsOn,
    isOver: campaign.endsOn < today || campaign.state === 'ended' || campaign.state === 'archived',
    invitation: toInvitation(enrolment, invitation, today),
    steps: jobSteps({
      phase: enrolment.phase,
      isAccepted: invitation?.answer === 'accepted',
      deliverables,
      hasFee: enrolment.fee !== null,
      isPaid: enrolment.feeState === 'paid',
    }),
    fee: enrolment.fee,
    feeState: enrolment.feeState,
    feePaidOn: enrolment.feePaidOn,
    dates: enrolment.dates,
    deliverables: deliverables.map(({ id, title, platform, format, dueOn, isLate, state, liveUrl }) => ({
      id,
      title,
      platform,
      format,
      dueOn,
      isLate,
      state,
      liveUrl,
    })),
  };
}

/** Null for who is on the campaign without ever having been asked. */
function toInvitation(
  enrolment: Enrolment,
  row: InvitationRow | undefined,
  today: string,
): PortalCampaign['invitation'] {
  if (row === undefined && enrolment.phase !== 'considering') return null;
  const respondBy = row?.respond_by ?? enrolment.dates.respondBy;
  const isOver = respondBy !== null && respondBy < today;
  const answered = row?.answer ?? (enrolment.phase === 'considering' ? null : 'accepted');
  return {
    state:
      answered === null
        ? isOver
          ? 'over'
          : 'open'
        : answered === 'declined' || answered === 'countered'
          ? answered
          : 'accepted',
    message: row?.message ?? '',
    respondBy,
    sentAt: row === undefined || row.sent_by === '' ? null : row.sent_at.toISOString(),
    answeredAt: row?.answered_at?.toISOString() ?? null,
  };
}
