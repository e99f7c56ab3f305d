import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { dayIn } from '#kernel/time.ts';
import type { Enrolment } from '#modules/campaigns/api.ts';
import { advanceEnrolment, type CampaignFacts, findEnrolment, getCampaign } from '#modules/campaigns/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { portalPick as pickEndpoint } from '../api.ts';
import { seedingError } from '../errors.ts';
import { pickApproved, pickSubmitted } from '../events.ts';
import { record } from '../frame.ts';
import { selectAddresses, selectAsksOfPerson, selectBarred } from '../queries/people.ts';
import {
  decidePick,
  insertPick,
  lockPicks,
  type PickRow,
  replaceLines,
  selectPicksOfEnrolments,
} from '../queries/picks.ts';
import { lockPlan, type PlanRow, selectPlan } from '../queries/plans.ts';
import { checkLimits } from '../rules/check-limits.ts';
import { readLines } from './read-lines.ts';
import { settleCost } from './settle-cost.ts';

type Submit = Call<typeof pickEndpoint>;

/**
 * A creator chooses, or changes the choice while nobody has decided. Choices of one campaign come one after the other, so that limits hold over all.
 * Errors: not_found, not_open, decided_already, over_limit, no_stock, unknown_variant.
 */
export async function submitPick(infra: Infra, call: Submit): Promise<void> {
  const { workspaceId, input, actor } = call;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const offer = await readOffer(infra, tx, {
      workspaceId,
      personId: actor.id,
      enrolmentId: input.enrolmentId,
      isHeld: true,
    });
    const { enrolment, campaign, plan } = offer;
    if (offer.closed !== null) throw seedingError('not_open', offer.closed);
    const open = openPick(offer.newest, offer.askedAt);
    const [address] = await selectAddresses(tx, workspaceId, [actor.id]);
    const read = await readLines(tx, workspaceId, {
      campaignId: campaign.id,
      currency: campaign.currency,
      lines: input.lines,
      pickId: open?.id ?? null,
      country: address?.address.country ?? null,
    });
    const faults = checkLimits(read.wanted, {
      itemsMax: plan.items_max,
      valueMaxMinor: plan.value_max_minor,
      unitsLeft: plan.units_max === null ? null : plan.units_max - read.chosenElsewhere,
    });
    const [fault] = faults;
    if (fault !== undefined) {
      const details = faults.map((one) => ({ field: 'lines', message: one.message }));
      throw seedingError(
        faults.every((one) => one.code === 'stock') ? 'no_stock' : 'over_limit',
        fault.message,
        details,
      );
    }
    const at = infra.clock.now();
    const pickId = open?.id ?? newId('pick', at.getTime());
    const isDecided = !plan.needs_approval;
    if (open === null) {
      await insertPick(tx, workspaceId, {
        id: pickId,
        campaignId: campaign.id,
        enrolmentId: enrolment.id,
        personId: actor.id,
        round: (offer.newest?.round ?? 0) + 1,
        state: isDecided ? 'approved' : 'submitted',
        pickedBy: 'creator',
        note: input.note,
        at,
        decidedBy: isDecided ? 'Rapport' : null,
      });
    } else {
      await decidePick(tx, workspaceId, {
        id: pickId,
        state: 'submitted',
        reason: null,
        by: null,
        at,
        note: input.note,
      });
    }
    await replaceLines(tx, workspaceId, { pickId, lines: read.writes });
    const payload = { campaignId: campaign.id, enrolmentId: enrolment.id, personId: actor.id, pickId };
    const changes = { lines: read.writes.map((line) => ({ variantId: line.variantId, quantity: line.quantity })) };
    await record(infra, tx, {
      frame: call,
      action: pickSubmitted,
      subject: { kind: 'pick', id: pickId },
      changes,
      payload,
    });
    if (!isDecided) return;
    await record(infra, tx, { frame: call, action: pickApproved, subject: { kind: 'pick', id: pickId }, payload });
    await advanceEnrolment(infra, tx, {
      workspaceId,
      enrolmentId: enrolment.id,
      reason: 'product_picked',
      by: actor,
      requestId: call.requestId,
    });
    await settleCost(infra, tx, { frame: call, campaignId: campaign.id, enrolmentId: enrolment.id });
  });
}

/** The choice that may still be changed; null when a new one is to be made. Errors: decided_already, not_open. */
function openPick(newest: PickRow | null, askedAt: Date | null): PickRow | null {
  if (newest === null) return null;
  switch (newest.state) {
    case 'submitted':
      return newest;
    case 'approved':
      if (!newest.is_sent)
        throw seedingError(
          'decided_already',
          'Your choice was confirmed already. Write to the brand if it has to change.',
        );
      // A further gift is offered by asking again.
      if (askedAt !== null && askedAt > newest.created_at) return null;
      throw seedingError('sent_already', 'Your choice is on its way already.');
    case 'rejected':
    case 'cancelled':
      return null;
  }
}

export interface Offer {
  enrolment: Enrolment;
  campaign: CampaignFacts;
  plan: PlanRow;
  newest: PickRow | null;
  askedAt: Date | null;
  /** Why nothing can be chosen now. */
  closed: string | null;
}

/** What a campaign offers one creator. Error: not_found, also for another creator's and for who was never asked. */
export async function readOffer(
  infra: Infra,
  tx: Tx,
  of: {
    workspaceId: string;
    personId: string;
    enrolmentId: string;
    /** Holds plan and choice until the transaction ends, before any variant is: everybody takes them in this order. */
    isHeld?: boolean;
  },
): Promise<Offer> {
  const { workspaceId, personId } = of;
  const enrolment = await findEnrolment(tx, workspaceId, { id: of.enrolmentId, clock: infra.clock });
  if (enrolment === null || enrolment.person.id !== personId || enrolment.removedAt !== null) throw notFound('offer');
  const plan = await (of.isHeld === true ? lockPlan : selectPlan)(tx, workspaceId, enrolment.campaignId);
  const asks = (await selectAsksOfPerson(tx, workspaceId, personId)).filter((ask) => ask.enrolment_id === enrolment.id);
  const [seen] = await selectPicksOfEnrolments(tx, workspaceId, [enrolment.id]);
  const [newest = null] =
    seen === undefined ? [] : of.isHeld === true ? await lockPicks(tx, workspaceId, [seen.id]) : [seen];
  if (plan === undefined || (asks.length === 0 && newest === null)) throw notFound('offer');
  const campaign = await getCampaign(tx, workspaceId, enrolment.campaignId);
  const asked = asks.find((ask) => ask.kind === 'pick');
  const isBarred = (await selectBarred(tx, workspaceId, { personIds: [personId], limit: 1 })).length > 0;
  const { timeZone } = await getWorkspace(tx, workspaceId);
  const closed = closedReason({
    plan,
    campaign,
    today: dayIn(timeZone, infra.clock.now()),
    isOpen: !isBarred && (asked !== undefined || newest !== null),
  });
  return { enrolment, campaign, plan, newest, askedAt: asked?.asked_at ?? null, closed };
}

function closedReason(of: { plan: PlanRow; campaign: CampaignFacts; today: string; isOpen: boolean }): string | null {
  const { plan, campaign, today } = of;
  if (campaign.state === 'ended' || campaign.state === 'archived') return 'The campaign has ended.';
  if (plan.pick_until !== null && today > plan.pick_until) return `Products could be chosen until ${plan.pick_until}.`;
  if (plan.state === 'closed' || !of.isOpen)
    return 'Products cannot be chosen just now. Write to the brand if you think they should.';
  return null;
}
