import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { dayIn } from '#kernel/time.ts';
import { findTrackedEnrolments, readCredits } from '#modules/attribution/index.ts';
import { type CampaignFacts, listContent, listEnrolments } from '#modules/campaigns/index.ts';
import { type Bond, bondsOf } from '#modules/contracts/index.ts';
import type { TierFact } from '../api.ts';
import { measureAmbassador, type OrdersOfDay, type OwedPiece } from '../rules/measure-ambassador.ts';

/** An ambassador of a campaign: on the roster, and bound by a contract that holds, or agreed without one. */
export interface Member {
  enrolmentId: string;
  personId: string;
  name: string;
  memberSince: string;
  contractEndsOn: string | null;
}

/** Ambassadors by name, and how many of the roster have agreed to nothing yet. Whose contract ran out or was broken off is none any more. */
export async function readMembers(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; campaignId: string; timeZone: string },
): Promise<{ members: Member[]; notYet: number }> {
  const { workspaceId, campaignId, timeZone } = of;
  const enrolments = await listEnrolments(tx, workspaceId, { campaignId, clock: infra.clock });
  const ids = enrolments.map((one) => one.id);
  const bonds = await bondsOf(tx, workspaceId, ids);
  const members = enrolments.flatMap((one): Member[] => {
    const bond: Bond | undefined = bonds.get(one.id);
    const isMember = bond === undefined ? one.phase !== 'considering' : bond.holds;
    if (!isMember) return [];
    return [
      {
        enrolmentId: one.id,
        personId: one.person.id,
        name: one.person.name,
        memberSince: bond?.since ?? dayIn(timeZone, new Date(one.addedAt)),
        contractEndsOn: bond?.endsOn ?? null,
      },
    ];
  });
  members.sort((a, b) => (a.name === b.name ? (a.enrolmentId < b.enrolmentId ? -1 : 1) : a.name < b.name ? -1 : 1));
  const notYet = enrolments.filter((one) => bonds.get(one.id) === undefined && one.phase === 'considering').length;
  return { members, notYet };
}

export interface Span {
  from: string;
  until: string;
}

/** Measures every member over a span of days, both included: a few statements, however many they are. */
export async function measureMembers(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; campaign: CampaignFacts; timeZone: string; members: readonly Member[]; span: Span },
): Promise<Map<string, TierFact[]>> {
  const { workspaceId, campaign, timeZone, span } = of;
  const today = dayIn(timeZone, infra.clock.now());
  const tracked = await findTrackedEnrolments(tx, workspaceId, campaign.id);
  const credits = await readCredits(tx, {
    workspaceId,
    campaignId: campaign.id,
    from: span.from,
    to: span.until,
    timeZone,
  });
  const orders = new Map<string, OrdersOfDay[]>();
  for (const { enrolmentId, day, currency, orders: count, creditedMinor } of credits) {
    if (enrolmentId === null) continue;
    const row = { day, currency, orders: Number(count), creditedMinor };
    orders.set(enrolmentId, [...(orders.get(enrolmentId) ?? []), row]);
  }
  const pieces = new Map<string, OwedPiece[]>();
  for (const item of await listContent(tx, workspaceId, { campaignId: campaign.id, clock: infra.clock })) {
    if (item.state === 'cancelled') continue;
    const isLive = item.state === 'live' && item.liveAt !== null;
    const liveOn = isLive && item.liveAt !== null ? dayIn(timeZone, new Date(item.liveAt)) : null;
    const piece = { title: item.title, dueOn: item.dueOn, liveOn };
    pieces.set(item.enrolmentId, [...(pieces.get(item.enrolmentId) ?? []), piece]);
  }
  return new Map(
    of.members.map((member) => [
      member.enrolmentId,
      measureAmbassador({
        ...span,
        today,
        memberSince: member.memberSince,
        currency: campaign.currency,
        isTracked: tracked.has(member.enrolmentId),
        orders: orders.get(member.enrolmentId) ?? [],
        pieces: pieces.get(member.enrolmentId) ?? [],
      }),
    ]),
  );
}
