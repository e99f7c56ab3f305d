import { toMoneyJson } from '#kernel/money.ts';
import type { PersonCard } from '#modules/creators/index.ts';
import type { Enrolment, Stage } from './api.ts';
import type { EnrolmentRow } from './queries/roster.ts';
import { feeStanding } from './rules/sum-budget.ts';
import { tellBlockingOf } from './tell-blocking-of.ts';

export interface EnrolmentFrame {
  stage: Stage;
  card: PersonCard | undefined;
  currency: string;
  today: { day: string; timeZone: string };
}

/** An enrolment as it is answered. A person who was erased since stays as a row without a name, for the money's sake. */
export function presentEnrolment(row: EnrolmentRow, frame: EnrolmentFrame): Enrolment {
  const { stage, card, currency, today } = frame;
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
    productCost: money(row.product_cost_minor),
    note: row.note,
    ownerId: row.owner_id,
    blocker: row.blocker,
    blocking: tellBlockingOf(row, stage, today),
    deliverables: { total: row.deliverables, live: row.live, nextDueOn: row.next_due_on },
    addedAt: row.added_at.toISOString(),
    removedAt: row.removed_at?.toISOString() ?? null,
    removedReason: row.removed_reason,
  };
}
