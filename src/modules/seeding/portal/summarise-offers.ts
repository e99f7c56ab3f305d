import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { findEnrolments, getCampaign } from '#modules/campaigns/index.ts';
import type { portalListOffers as listEndpoint } from '../api.ts';
import { presentParcels } from '../parcels/present-parcels.ts';
import { knownAddress } from '../people/addresses.ts';
import { type Offer, readOffer } from '../picks/submit-pick.ts';
import { type ParcelRow, selectParcelsOfPerson } from '../queries/parcels.ts';
import { selectAsksOfPerson } from '../queries/people.ts';
import { selectPickLines, selectPicksOfEnrolments } from '../queries/picks.ts';

export type OfferStep = 'choose' | 'choose_again' | 'address' | 'waiting' | 'on_the_way' | 'arrived';

export interface OfferSummary {
  enrolmentId: string;
  campaignId: string;
  campaignName: string;
  step: OfferStep;
  product: string | null;
  dueOn: string | null;
  deliveredAt: Date | null;
  isObliged: boolean;
}

/** Campaigns on which a creator may choose or waits for a parcel, the last asked first. */
export async function summariseOffers(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; personId: string },
): Promise<OfferSummary[]> {
  const { workspaceId, personId } = of;
  const asks = await selectAsksOfPerson(tx, workspaceId, personId);
  const parcels = await selectParcelsOfPerson(tx, workspaceId, personId);
  const ids = [...new Set([...asks.map((ask) => ask.enrolment_id), ...parcels.map((parcel) => parcel.enrolment_id)])];
  const enrolments = (await findEnrolments(tx, workspaceId, { ids, clock: infra.clock })).filter(
    (one) => one.removedAt === null && one.person.id === personId,
  );
  const newest = new Map<string, Awaited<ReturnType<typeof selectPicksOfEnrolments>>[number]>();
  for (const pick of await selectPicksOfEnrolments(
    tx,
    workspaceId,
    enrolments.map((one) => one.id),
  ))
    if (!newest.has(pick.enrolment_id)) newest.set(pick.enrolment_id, pick);
  const lines = Map.groupBy(
    await selectPickLines(
      tx,
      workspaceId,
      [...newest.values()].map((pick) => pick.id),
    ),
    (line) => line.pick_id,
  );
  const hasAddress = (await knownAddress(tx, workspaceId, personId)) !== null;
  const summaries: OfferSummary[] = [];
  for (const enrolment of enrolments) {
    const campaign = await getCampaign(tx, workspaceId, enrolment.campaignId);
    if (campaign.state === 'archived') continue;
    const own = await readOfferOrNull(infra, tx, { ...of, enrolmentId: enrolment.id });
    if (own === null) continue;
    const pick = newest.get(enrolment.id);
    const parcel = parcels.find((one) => one.pick_id === pick?.id);
    const isAskedForAddress = asks.some((ask) => ask.enrolment_id === enrolment.id && ask.kind === 'address');
    const step = stepOf({ offer: own, parcel, hasAddress, isAskedForAddress });
    if (step === null) continue;
    const [shown] = parcel === undefined ? [] : await presentParcels(tx, workspaceId, [parcel]);
    summaries.push({
      enrolmentId: enrolment.id,
      campaignId: campaign.id,
      campaignName: campaign.name,
      step,
      product: (pick === undefined ? undefined : lines.get(pick.id)?.[0])?.product_name ?? null,
      dueOn: own.plan.pick_until,
      deliveredAt: shown?.stand.deliveredAt ?? null,
      isObliged: own.plan.is_obliged,
    });
  }
  return summaries;
}

async function readOfferOrNull(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; personId: string; enrolmentId: string },
): Promise<Offer | null> {
  try {
    return await readOffer(infra, tx, of);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'not_found') return null;
    throw error;
  }
}

function stepOf(of: {
  offer: Offer;
  parcel: ParcelRow | undefined;
  hasAddress: boolean;
  isAskedForAddress: boolean;
}): OfferStep | null {
  const { offer, parcel, hasAddress } = of;
  const { newest } = offer;
  if (parcel !== undefined && parcel.state !== 'cancelled') {
    if (parcel.state === 'delivered') return 'arrived';
    if (parcel.state === 'returned' || parcel.state === 'lost') return null;
    if (parcel.problem === 'address_missing' || parcel.problem === 'address_refused') return 'address';
    return parcel.state === 'shipped' ? 'on_the_way' : 'waiting';
  }
  const isChosen = newest !== null && (newest.state === 'submitted' || newest.state === 'approved');
  if (isChosen || (of.isAskedForAddress && offer.askedAt === null))
    return hasAddress ? (isChosen ? 'waiting' : null) : 'address';
  if (offer.closed !== null || offer.askedAt === null) return null;
  return newest?.state === 'rejected' ? 'choose_again' : 'choose';
}

export async function listOffers(infra: Infra, call: Call<typeof listEndpoint>) {
  const { workspaceId, actor } = call;
  const offers = await infra.db.inWorkspace(workspaceId, (tx) =>
    summariseOffers(infra, tx, { workspaceId, personId: actor.id }),
  );
  return offers.map(({ enrolmentId, campaignName, step, product }) => ({ enrolmentId, campaignName, step, product }));
}
