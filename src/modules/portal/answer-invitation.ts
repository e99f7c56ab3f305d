import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { advanceEnrolment } from '#modules/campaigns/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { acceptInvitation, declineInvitation, PortalCampaign } from './api.ts';
import { portalError } from './errors.ts';
import { invitationAccepted, invitationDeclined, type PortalEventPayload } from './events.ts';
import { putAnswer } from './queries/invitations.ts';
import { campaignOf } from './read-campaigns.ts';

/** Accepting twice is accepting once. Errors: not_found; portal.answered, portal.invitation_over. */
export function accept(infra: Infra, call: Call<typeof acceptInvitation>): Promise<PortalCampaign> {
  const { workspaceId, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const of = { workspaceId, personId: actor.id, enrolmentId: call.input.enrolmentId };
    const campaign = await campaignOf(infra, tx, of);
    if (campaign.invitation?.state === 'accepted') return campaign;
    refuseClosed(campaign);
    await answer(infra, tx, { call, campaign, said: 'accepted', reason: null });
    return campaignOf(infra, tx, of);
  });
}

/** Declining twice is declining once: afterwards the campaign is none of theirs. Errors: as accept. */
export function decline(infra: Infra, call: Call<typeof declineInvitation>): Promise<null> {
  const { workspaceId, actor, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await campaignOf(infra, tx, { workspaceId, personId: actor.id, enrolmentId: input.enrolmentId });
    refuseClosed(campaign);
    await answer(infra, tx, { call, campaign, said: 'declined', reason: input.reason });
    return null;
  });
}

function refuseClosed(campaign: PortalCampaign): void {
  const state = campaign.invitation?.state ?? 'accepted';
  if (campaign.isOver || state === 'over')
    throw portalError(
      'invitation_over',
      `The day to answer for ${campaign.name} has passed. Write to the brand if you still want to.`,
    );
  if (state === 'accepted' || state === 'declined')
    throw portalError('answered', `You have answered for ${campaign.name} already.`);
}

interface Said {
  call: Call;
  campaign: PortalCampaign;
  said: 'accepted' | 'declined';
  reason: string | null;
}

async function answer(infra: Infra, tx: Tx, { call, campaign, said, reason }: Said): Promise<void> {
  const { workspaceId, actor, requestId } = call;
  const { enrolmentId, campaignId } = campaign;
  const at = infra.clock.now();
  const row = { workspaceId, enrolmentId, campaignId, personId: actor.id, answer: said, reason, at };
  // Somebody else of two at once was first: what they said stands.
  if (!(await putAnswer(tx, row))) throw portalError('answered', `You have answered for ${campaign.name} already.`);
  await advanceEnrolment(infra, tx, { workspaceId, enrolmentId, reason: said, by: actor, requestId });
  await recordAudit(tx, {
    workspaceId,
    actor,
    requestId,
    action: `invitation.${said}`,
    subjectKind: 'enrolment',
    subjectId: enrolmentId,
    ...(reason === null ? {} : { changes: { reason } }),
  });
  const payload: PortalEventPayload = {
    actorName: actor.name,
    campaignId,
    enrolmentId,
    personId: actor.id,
    ...(reason === null ? {} : { reason }),
  };
  const name = said === 'accepted' ? invitationAccepted : invitationDeclined;
  await infra.outbox.emit(tx, { workspaceId, name, payload });
}
