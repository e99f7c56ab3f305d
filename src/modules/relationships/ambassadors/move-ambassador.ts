import type { Tx } from '#infra/db/database.ts';
import type { Actor } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { dayIn } from '#kernel/time.ts';
import type { CampaignFacts } from '#modules/campaigns/index.ts';
import { findSuppressedPersons, mailPortalLink, readPersonCards } from '#modules/creators/index.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import type { Tier, TierMove } from '../api.ts';
import { tierChanged } from '../events.ts';
import { insertMove, upsertStanding } from '../queries/ambassadors.ts';
import { sayGives } from '../rules/tier-words.ts';
import { toMove } from './present-judgements.ts';

export interface Move {
  campaign: CampaignFacts;
  enrolmentId: string;
  personId: string;
  tiers: readonly Tier[];
  from: Tier;
  to: Tier;
  reason: string;
  judgementId: string | null;
  nextJudgedOn: string | null;
}

/** Puts an ambassador into another tier: standing, history, audit trail, event and a mail to them, all or nothing. `isMailed` is false where no mail could go out. */
export async function moveAmbassadorTo(
  infra: Infra,
  tx: Tx,
  of: { call: { workspaceId: string; actor: Actor; requestId: string }; move: Move },
): Promise<{ move: TierMove; isMailed: boolean }> {
  const { call, move } = of;
  const { workspaceId, actor, requestId } = call;
  const at = infra.clock.now();
  const { timeZone } = await getWorkspace(tx, workspaceId);
  const row = {
    workspace_id: workspaceId,
    id: newId('ambassadorMove', at.getTime()),
    campaign_id: move.campaign.id,
    enrolment_id: move.enrolmentId,
    person_id: move.personId,
    from_tier: move.from.id,
    to_tier: move.to.id,
    from_name: move.from.name,
    to_name: move.to.name,
    judgement_id: move.judgementId,
    reason: move.reason.slice(0, 2000),
    by_name: actor.name,
    moved_on: dayIn(timeZone, at),
    moved_at: at,
  };
  await insertMove(tx, row);
  await upsertStanding(tx, {
    workspace_id: workspaceId,
    enrolment_id: move.enrolmentId,
    campaign_id: move.campaign.id,
    person_id: move.personId,
    tier_id: move.to.id,
    since: row.moved_on,
  });
  await recordAudit(tx, {
    workspaceId,
    actor,
    requestId,
    action: 'ambassador.moved',
    subjectKind: 'enrolment',
    subjectId: move.enrolmentId,
    changes: { tier: { from: move.from.name, to: move.to.name }, reason: row.reason },
  });
  const isUp = move.tiers.indexOf(move.to) > move.tiers.indexOf(move.from);
  const { codePercent } = move.to.gives;
  await infra.outbox.emit(tx, {
    workspaceId,
    name: tierChanged,
    payload: {
      personId: move.personId,
      actorName: actor.name,
      campaignId: move.campaign.id,
      enrolmentId: move.enrolmentId,
      fromTier: move.from.name,
      toTier: move.to.name,
      outcome: isUp ? 'up' : 'down',
      reason: row.reason,
      ...(codePercent === null ? {} : { codePercent: String(codePercent) }),
    },
  });
  const isMailed = await tellOfMove(infra, tx, { workspaceId, actor, move, moveId: row.id, isUp });
  return { move: toMove(row), isMailed };
}

async function tellOfMove(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; actor: Actor; move: Move; moveId: string; isUp: boolean },
): Promise<boolean> {
  const { workspaceId, move } = of;
  const card = (await readPersonCards(tx, workspaceId, [move.personId])).get(move.personId);
  if (card === undefined || (await findSuppressedPersons(infra, tx, [card])).size > 0) return false;
  const gives = sayGives(move.to.gives);
  const { mail } = await mailPortalLink(infra, tx, {
    workspaceId,
    personId: move.personId,
    madeBy: of.actor.name,
    path: '/tiers',
    key: `ambassador-move/${of.moveId}`,
    subject: of.isUp
      ? `You are ${move.to.name} now: ${move.campaign.name}`
      : `Your tier changed: ${move.campaign.name}`,
    lines: [
      of.isUp
        ? `You have risen from ${move.from.name} to ${move.to.name} in ${move.campaign.name}. Thank you for your work.`
        : `From today you are ${move.to.name} in ${move.campaign.name}; before you were ${move.from.name}.`,
      `Why: ${move.reason}.`,
      ...(gives.length === 0 ? [] : [`${move.to.name} gives you: ${gives.join(', ')}.`]),
      ...(move.nextJudgedOn === null ? [] : [`We look at it again on ${move.nextJudgedOn}.`]),
      'Where you stand, and what is still needed for the next tier:',
    ],
  });
  return mail === 'queued';
}
