import { toMoneyJson } from '#kernel/money.ts';
import type { PersonCard } from '#modules/creators/index.ts';
import type { Enrolment, EnrolmentDates, Stage } from './api.ts';
import type { RosterFrame } from './queries/campaigns.ts';
import type { EnrolmentRow } from './queries/roster.ts';
import { feeStanding } from './rules/sum-budget.ts';
import { tellBlockingOf } from './tell-blocking-of.ts';

export interface EnrolmentFrame {
  stage: Stage;
  card: PersonCard | undefined;
  frame: RosterFrame;
  today: { day: string; timeZone: string };
}

/** An enrolment as it is answered. A person who was erased since stays as a row without a name, for the money's sake. */
export function presentEnrolment(row: EnrolmentRow, frame: EnrolmentFrame): Enrolment {
  const { stage, card, today } = frame;
  const { currency } = frame.frame;
  const money = (amountMinor: bigint | null) => (amountMinor === null ? null : toMoneyJson({ amountMinor, currency }));
  const profile = card?.profiles.find((one) => one.profileId === row.profile_id) ?? card?.profiles[0];
  const standing = feeStanding({
    phase: stage.phase,
    isRemoved: row.removed_at !== null,
    isPaid: row.fee_paid_on !== null,
  });
  return {
    id: row.id,
    campaignId: row.campaign_id,
    person: {
      id: card?.personId ?? row.person_id,
      name: card?.name ?? 'Erased creator',
      country: card?.country ?? null,
    },
    profile:
      profile === undefined
        ? null
        : {
            id: profile.profileId,
            platform: profile.platform,
            handle: profile.handle,
            url: profile.url,
            followers: profile.followers,
          },
    stage: stage.name,
    stageLabel: stage.label,
    phase: stage.phase,
    stageSince: row.stage_since.toISOString(),
    fee: money(row.fee_minor),
    feeState: row.fee_minor === null ? null : standing,
    feePaidOn: row.fee_paid_on,
    signedFee:
      row.signed_fee_minor === null || row.signed_fee_currency === null
        ? null
        : toMoneyJson({ amountMinor: row.signed_fee_minor, currency: row.signed_fee_currency }),
    productCost: money(row.product_cost_minor),
    postage: money(row.postage_minor),
    note: row.note,
    ownerId: row.owner_id,
    blocker: row.blocker,
    blocking: tellBlockingOf(row, stage, { ...today, frame: frame.frame }),
    deliverables: { total: row.deliverables, live: row.live, nextDueOn: row.next_due_on },
    dates: datesOf(row, frame.frame),
    ownDates: datesOf(row, null),
    tags: row.tags,
    contractEnd:
      row.contract_ended_on === null ? null : { on: row.contract_ended_on, reason: row.contract_end_reason ?? '' },
    addedAt: row.added_at.toISOString(),
    removedAt: row.removed_at?.toISOString() ?? null,
    removedReason: row.removed_reason,
  };
}

/** The days that hold for a creator: their own, else those of the brief. */
export function datesOf(row: Dates, brief: Dates | null): EnrolmentDates {
  return {
    respondBy: row.respond_by ?? brief?.respond_by ?? null,
    draftsBy: row.drafts_by ?? brief?.drafts_by ?? null,
    liveFrom: row.live_from ?? brief?.live_from ?? null,
    liveUntil: row.live_until ?? brief?.live_until ?? null,
  };
}

type Dates = Pick<RosterFrame, 'respond_by' | 'drafts_by' | 'live_from' | 'live_until'>;
