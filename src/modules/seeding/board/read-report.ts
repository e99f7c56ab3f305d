import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { toMoneyJson } from '#kernel/money.ts';
import { type CampaignFacts, getCampaign, listContent, listEnrolments } from '#modules/campaigns/index.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import type { getSeedingReport as reportEndpoint, SeedingReport } from '../api.ts';
import { expectedBy, type PresentedParcel, presentParcels } from '../parcels/present-parcels.ts';
import { toNoPost } from '../people/no-post.ts';
import { newPlan } from '../plan/read-plan.ts';
import { selectNoPosts } from '../queries/no-post.ts';
import { selectParcelsOfCampaign } from '../queries/parcels.ts';
import { selectAsks, selectBarred } from '../queries/people.ts';
import { type PickLineRow, selectNewestPicks, selectPickLines } from '../queries/picks.ts';
import { selectPlan } from '../queries/plans.ts';
import { costOf } from '../rules/check-limits.ts';
import {
  type ReportFigures,
  rateCreatorsMin,
  reportFigures,
  type SentParcel,
  type Sum,
} from '../rules/report-figures.ts';

/** What became of the products of a campaign. Error: not_found. */
export async function readReport(infra: Infra, call: Call<typeof reportEndpoint>): Promise<SeedingReport> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { clock } = infra;
    const campaign = await getCampaign(tx, workspaceId, input.campaignId);
    const plan = (await selectPlan(tx, workspaceId, campaign.id)) ?? newPlan;
    const enrolments = await listEnrolments(tx, workspaceId, { campaignId: campaign.id, clock });
    const parcels = await presentParcels(tx, workspaceId, await selectParcelsOfCampaign(tx, workspaceId, campaign.id));
    const lines = Map.groupBy(
      await selectPickLines(
        tx,
        workspaceId,
        parcels.map((parcel) => parcel.row.pick_id),
      ),
      (line) => line.pick_id,
    );
    const sent = parcels.map((parcel) =>
      toSent(parcel, { lines: lines.get(parcel.row.pick_id) ?? [], campaign, plan }),
    );
    const live = (await listContent(tx, workspaceId, { campaignId: campaign.id, clock })).filter(
      (one) => one.state === 'live',
    );
    const posts = new Map(
      [...Map.groupBy(live, (one) => one.enrolmentId)].map(([id, own]) => [id, { posts: own.length }]),
    );
    const now = clock.now();
    const figures = reportFigures(sent, posts, now);
    const personIds = [...new Set(figures.waste.parcels.map((parcel) => parcel.personId))];
    const cards = await readPersonCards(tx, workspaceId, personIds);
    const barred = new Set(
      (await selectBarred(tx, workspaceId, { personIds, limit: personIds.length + 1 })).map((row) => row.person_id),
    );
    const reasons = new Map(
      (await selectNoPosts(tx, workspaceId, { campaignId: campaign.id })).map((row) => [
        row.enrolment_id,
        toNoPost(row),
      ]),
    );
    const picks = await selectNewestPicks(tx, workspaceId, campaign.id);
    const asks = await selectAsks(tx, workspaceId, campaign.id);
    const stateCount = (...states: string[]) => parcels.filter((parcel) => states.includes(parcel.row.state)).length;
    return {
      asOf: now.toISOString(),
      currency: campaign.currency,
      postWithinDays: plan.post_within_days,
      creators: enrolments.length,
      asked: new Set([...asks.filter((ask) => ask.kind === 'pick'), ...picks].map((one) => one.enrolment_id)).size,
      picked: picks.filter((pick) => pick.state === 'submitted' || pick.state === 'approved').length,
      ordered: parcels.length - stateCount('waiting', 'failed', 'cancelled'),
      shipped: sent.filter((parcel) => parcel.hasLeft).length,
      delivered: sent.filter((parcel) => parcel.deliveredAt !== null).length,
      returned: stateCount('returned'),
      lost: stateCount('lost'),
      ...presentFigures(figures, campaign),
      noPost: figures.waste.parcels.map((parcel) => ({
        personId: parcel.personId,
        enrolmentId: parcel.enrolmentId,
        name: cards.get(parcel.personId)?.name ?? 'A creator who was erased',
        deliveredAt: parcel.deliveredAt?.toISOString() ?? null,
        units: parcel.units,
        cost:
          parcel.goodsMinor === null
            ? null
            : toMoneyJson({ amountMinor: parcel.goodsMinor, currency: campaign.currency }),
        why: reasons.get(parcel.enrolmentId) ?? null,
        isBarred: barred.has(parcel.personId),
      })),
      method: methodOf(plan.post_within_days),
    };
  });
}

function toSent(
  parcel: PresentedParcel,
  of: {
    lines: readonly PickLineRow[];
    campaign: CampaignFacts;
    plan: Pick<typeof newPlan, never> & { post_within_days: number; shipping_cost_minor: bigint | null };
  },
): SentParcel {
  const { row, stand } = parcel;
  const isOneCurrency = of.lines.every((line) => line.currency === of.campaign.currency);
  return {
    personId: row.person_id,
    enrolmentId: row.enrolment_id,
    units: of.lines.reduce((sum, line) => sum + line.quantity, 0),
    goodsMinor: isOneCurrency
      ? costOf(of.lines.map((line) => ({ quantity: line.quantity, unitCostMinor: line.unit_cost_minor })))
      : null,
    shippingMinor: row.cost_minor ?? of.plan.shipping_cost_minor,
    hasLeft: stand.shippedAt !== null || row.state === 'returned' || row.state === 'lost',
    deliveredAt: stand.deliveredAt,
    isReturned: row.state === 'returned',
    isLost: row.state === 'lost',
    expectedBy: expectedBy(stand.deliveredAt, of.plan.post_within_days),
  };
}

function presentFigures(figures: ReportFigures, campaign: CampaignFacts) {
  const { currency } = campaign;
  const money = (sum: Sum, what: string) => ({
    value: sum.minor === null ? null : toMoneyJson({ amountMinor: sum.minor, currency }),
    missing:
      sum.minor !== null
        ? null
        : sum.unknown > 0
          ? `${what} is not known for ${sum.unknown} of ${sum.n + sum.unknown} parcels`
          : 'No such parcel yet',
    n: sum.n,
  });
  const { postRate, costPerPost, waste } = figures;
  return {
    posted: figures.posted,
    stillInWindow: figures.stillInWindow,
    postRate: {
      ...postRate,
      missing:
        postRate.rate === null
          ? `Not enough data: ${postRate.n} creators whose time to post has ended, at least ${rateCreatorsMin} are needed`
          : null,
    },
    goodsCost: money(figures.goods, 'Cost of goods'),
    shippingCost: money(figures.shipping, 'Postage'),
    costPerPost: {
      value: costPerPost.minor === null ? null : toMoneyJson({ amountMinor: costPerPost.minor, currency }),
      missing: costPerPost.missing,
      n: costPerPost.posts,
    },
    waste: {
      units: waste.units,
      unitsShipped: waste.unitsShipped,
      share: waste.unitsShipped === 0 ? null : waste.units / waste.unitsShipped,
      cost: money(waste.cost, 'Cost of goods'),
    },
  };
}

function methodOf(days: number): string[] {
  return [
    `Post rate: creators with a live post over creators with a delivered parcel whose ${days} days after delivery are over. The interval is Wilson’s at 95 %.`,
    'Cost per post: cost of goods (never retail) and postage of all parcels that left, over the live posts of those creators.',
    `Waste: pieces that left for creators who did not post within ${days} days after delivery, and pieces lost on the way; what came back is not waste.`,
    'Posts are the live deliverables of the campaign; a post that nobody entered or found is not counted.',
  ];
}
