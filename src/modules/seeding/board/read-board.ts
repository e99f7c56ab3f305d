import type { Clock } from '#infra/clock.ts';
import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { Deliverable, Enrolment } from '#modules/campaigns/api.ts';
import { getCampaign, listContent, listEnrolments } from '#modules/campaigns/index.ts';
import { type listSeeding as listEndpoint, type SeedingRow, seedingSteps } from '../api.ts';
import { type PresentedParcel, presentParcels } from '../parcels/present-parcels.ts';
import { toDoNotGift } from '../people/do-not-gift.ts';
import { presentPicks } from '../picks/present-picks.ts';
import { selectParcelsOfCampaign } from '../queries/parcels.ts';
import { type AskRow, selectAddresses, selectAsks, selectBarred } from '../queries/people.ts';
import { selectNewestPicks } from '../queries/picks.ts';
import { nextStep } from '../rules/next-step.ts';

/** Creators of a campaign with what they chose and where it is. Error: not_found. */
export async function listSeeding(infra: Infra, call: Call<typeof listEndpoint>) {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await getCampaign(tx, workspaceId, input.campaignId);
    const rows = await readBoard(tx, { workspaceId, campaignId: input.campaignId, clock: infra.clock });
    const counts = Object.fromEntries(seedingSteps.map((step) => [step, 0]));
    for (const row of rows) counts[row.step] = (counts[row.step] ?? 0) + 1;
    return {
      rows: input.step === undefined ? rows : rows.filter((row) => row.step === input.step),
      counts,
      total: rows.length,
    };
  });
}

/** All rows of a campaign in the order of its roster; a few statements however many creators. */
export async function readBoard(
  tx: Tx,
  of: { workspaceId: string; campaignId: string; clock: Clock },
): Promise<SeedingRow[]> {
  const { workspaceId, campaignId, clock } = of;
  const enrolments = await listEnrolments(tx, workspaceId, { campaignId, clock });
  const personIds = enrolments.map((enrolment) => enrolment.person.id);
  const picks = await presentPicks(tx, workspaceId, await selectNewestPicks(tx, workspaceId, campaignId));
  const parcels = await presentParcels(tx, workspaceId, await selectParcelsOfCampaign(tx, workspaceId, campaignId));
  const content = (await listContent(tx, workspaceId, { campaignId, clock })).filter((one) => one.state === 'live');
  const about = {
    picks: new Map(picks.map((pick) => [pick.enrolmentId, pick])),
    parcels: new Map(parcels.map((parcel) => [parcel.row.pick_id, parcel])),
    asks: Map.groupBy(await selectAsks(tx, workspaceId, campaignId), (ask) => ask.enrolment_id),
    addresses: new Map((await selectAddresses(tx, workspaceId, personIds)).map((row) => [row.person_id, row.address])),
    barred: new Map(
      (await selectBarred(tx, workspaceId, { personIds, limit: personIds.length + 1 })).map((row) => [
        row.person_id,
        row,
      ]),
    ),
    posts: Map.groupBy(content, (one) => one.enrolmentId),
  };
  return enrolments.map((enrolment) => toRow(enrolment, about, clock.now()));
}

interface About {
  picks: Map<string, NonNullable<SeedingRow['pick']>>;
  parcels: Map<string, PresentedParcel>;
  asks: Map<string, AskRow[]>;
  addresses: Map<string, { country: string; city: string }>;
  barred: Map<string, Parameters<typeof toDoNotGift>[0]>;
  posts: Map<string, Deliverable[]>;
}

function toRow(enrolment: Enrolment, about: About, now: Date): SeedingRow {
  const pick = about.picks.get(enrolment.id) ?? null;
  const parcel = pick === null ? null : (about.parcels.get(pick.id) ?? null);
  const shipment = parcel?.shipment ?? null;
  const asks = about.asks.get(enrolment.id) ?? [];
  const ask = (kind: AskRow['kind']) => {
    const row = asks.find((one) => one.kind === kind);
    return row === undefined ? null : { at: row.asked_at.toISOString(), times: row.times, mail: row.mail_state };
  };
  const address = about.addresses.get(enrolment.person.id);
  const barred = about.barred.get(enrolment.person.id);
  const posts = about.posts.get(enrolment.id) ?? [];
  const asked = { pick: ask('pick'), address: ask('address') };
  const step = nextStep({
    isBarred: barred !== undefined,
    isAsked: asked.pick !== null,
    pick,
    hasAddress: address !== undefined,
    shipment,
    hasPosted: posts.length > 0,
    isWindowOver: shipment?.postExpectedBy != null && new Date(shipment.postExpectedBy) < now,
  });
  const liveAt = posts.flatMap((post) => post.liveAt ?? []).sort();
  return {
    enrolmentId: enrolment.id,
    personId: enrolment.person.id,
    name: enrolment.person.name,
    handle: enrolment.profile?.handle ?? null,
    step,
    since: sinceOf(step, { asked, pick, shipment, postedAt: liveAt[0] ?? null }),
    asked,
    pick,
    address: address === undefined ? null : { country: address.country, city: address.city },
    shipment,
    livePosts: posts.length,
    postedAt: liveAt[0] ?? null,
    doNotGift: barred === undefined ? null : toDoNotGift(barred),
  };
}

function sinceOf(
  step: SeedingRow['step'],
  of: {
    asked: SeedingRow['asked'];
    pick: SeedingRow['pick'];
    shipment: SeedingRow['shipment'];
    postedAt: string | null;
  },
): string | null {
  switch (step) {
    case 'not_asked':
    case 'barred':
      return null;
    case 'choosing':
      return of.asked.pick?.at ?? null;
    case 'to_decide':
      return of.pick?.createdAt ?? null;
    case 'choosing_again':
    case 'address_missing':
    case 'to_send':
      return of.pick?.decidedAt ?? of.pick?.createdAt ?? null;
    case 'on_the_way':
      return of.shipment?.shippedAt ?? null;
    case 'delivered':
      return of.shipment?.deliveredAt ?? of.shipment?.shippedAt ?? null;
    case 'no_post':
      return of.shipment?.postExpectedBy ?? null;
    case 'posted':
      return of.postedAt;
    case 'returned':
    case 'lost':
      // The parcel's own story says when.
      return null;
    default:
      return of.shipment?.createdAt ?? null;
  }
}
