import type { Tx } from '#infra/db/database.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { findEnrolments, getCampaign } from '#modules/campaigns/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import {
  addressConsent,
  type portalGetOffer as getEndpoint,
  type portalListOffers as listEndpoint,
  type Product,
  type portalProductPicture as pictureEndpoint,
  type SeedingOffer,
} from '../api.ts';
import { pictureOf } from '../catalogue/pictures.ts';
import { presentProducts } from '../catalogue/present-products.ts';
import { type PresentedParcel, presentParcels } from '../parcels/present-parcels.ts';
import { knownAddress } from '../people/addresses.ts';
import { presentPicks } from '../picks/present-picks.ts';
import { type Offer, readOffer } from '../picks/submit-pick.ts';
import { type ParcelRow, selectParcelsOfPerson } from '../queries/parcels.ts';
import { selectAsksOfPerson } from '../queries/people.ts';
import { selectPickLines, selectPicksOfEnrolments } from '../queries/picks.ts';
import { type ChoiceRow, selectChoices } from '../queries/plans.ts';
import { selectProductsByIds } from '../queries/products.ts';
import { disclosureWords } from '../rules/disclosure-words.ts';

/** What a creator may choose from, what was chosen and where it is. Error: not_found. */
export async function getOffer(
  infra: Infra,
  call: Pick<Call<typeof getEndpoint>, 'workspaceId' | 'actor'> & { input: { enrolmentId: string } },
): Promise<SeedingOffer> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const offer = await readOffer(infra, tx, { workspaceId, personId: actor.id, enrolmentId: input.enrolmentId });
    return presentOffer(tx, { workspaceId, personId: actor.id, offer });
  });
}

async function presentOffer(
  tx: Tx,
  of: { workspaceId: string; personId: string; offer: Offer },
): Promise<SeedingOffer> {
  const { workspaceId, personId, offer } = of;
  const { enrolment, campaign, plan, newest } = offer;
  const address = await knownAddress(tx, workspaceId, personId);
  const choices = await selectChoices(tx, workspaceId, campaign.id);
  const rows = await selectProductsByIds(
    tx,
    workspaceId,
    choices.map((choice) => choice.product_id),
  );
  const products = new Map(
    (
      await presentProducts(
        tx,
        workspaceId,
        rows.filter((row) => !row.is_shop_off),
      )
    ).map((one) => [one.id, one]),
  );
  const [pick] = newest === null ? [] : await presentPicks(tx, workspaceId, [newest]);
  const own = (await selectParcelsOfPerson(tx, workspaceId, personId)).filter((row) => row.pick_id === newest?.id);
  const [parcel] = await presentParcels(tx, workspaceId, own);
  const mine = new Map(
    (pick?.isSent === false && pick.state !== 'rejected' ? pick.lines : []).map((line) => [
      line.variantId,
      line.quantity,
    ]),
  );
  const country = address?.address.country ?? null;
  const isFurther =
    newest?.state === 'approved' && newest.is_sent && offer.askedAt !== null && offer.askedAt > newest.created_at;
  const isTaken = newest?.state === 'approved' && !isFurther;
  return {
    enrolmentId: enrolment.id,
    campaignId: campaign.id,
    campaignName: campaign.name,
    brandName: (await getWorkspace(tx, workspaceId)).name,
    canPick: offer.closed === null && !isTaken,
    closedReason: offer.closed,
    itemsMax: plan.items_max,
    pickUntil: plan.pick_until,
    isObliged: plan.is_obliged,
    postWithinDays: plan.post_within_days,
    note: plan.note,
    disclosure: disclosureWords,
    products: choices.flatMap((choice) => {
      const product = products.get(choice.product_id);
      const shown =
        product === undefined
          ? null
          : toOffered(product, {
              choice,
              country,
              currency: campaign.currency,
              valueMaxMinor: plan.value_max_minor,
              mine,
            });
      return shown === null ? [] : [shown];
    }),
    pick:
      pick === undefined || isFurther
        ? null
        : {
            id: pick.id,
            state: pick.state,
            isSent: pick.isSent,
            reason: pick.reason,
            note: pick.note,
            lines: pick.lines.map(toLine),
          },
    address,
    consentText: addressConsent,
    shipment: parcel === undefined || isFurther ? null : toParcel(parcel),
  };
}

function toLine(line: {
  variantId: string;
  productId: string;
  productName: string;
  variantTitle: string;
  quantity: number;
}) {
  const { variantId, productId, productName, variantTitle, quantity } = line;
  return { variantId, productId, productName, variantTitle, quantity };
}

function toOffered(
  product: Product,
  of: {
    choice: ChoiceRow;
    country: string | null;
    currency: string;
    valueMaxMinor: bigint | null;
    mine: ReadonlyMap<string, number>;
  },
): SeedingOffer['products'][number] | null {
  if (product.state === 'gone') return null;
  const variants = product.variants.flatMap((variant) => {
    if (of.choice.variant_ids !== null && !of.choice.variant_ids.includes(variant.id)) return [];
    const left = variant.available === null ? null : variant.available + (of.mine.get(variant.id) ?? 0);
    const weight = weightOf(variant.cost, of);
    // What is sold out, or dearer than the limit, is not shown as something to choose.
    if (left === 0 || weight === null || weight > 1) return [];
    return [
      {
        id: variant.id,
        title: variant.title,
        options: variant.options,
        left: left === null ? null : Math.min(left, of.choice.each_max),
        weight,
      },
    ];
  });
  if (variants.length === 0) return null;
  return {
    id: product.id,
    name: product.name,
    category: product.category,
    description: product.description,
    pictureId: product.pictureId,
    eachMax: of.choice.each_max,
    shipsToMe: of.country === null ? null : product.shipsTo === null || product.shipsTo.includes(of.country),
    variants,
  };
}

/** Share of the limit of value one piece takes; null when it cannot be told. What things cost stays the brand's own business. */
function weightOf(
  cost: { amountMinor: string; currency: string } | null,
  of: { currency: string; valueMaxMinor: bigint | null },
): number | null {
  if (of.valueMaxMinor === null) return 0;
  if (cost === null || cost.currency !== of.currency) return null;
  if (of.valueMaxMinor === 0n) return BigInt(cost.amountMinor) === 0n ? 0 : 2;
  return Number(BigInt(cost.amountMinor)) / Number(of.valueMaxMinor);
}

function toParcel({ shipment }: PresentedParcel): SeedingOffer['shipment'] {
  return {
    id: shipment.id,
    state: shipment.state,
    carrier: shipment.tracking.carrier,
    trackingNumber: shipment.tracking.number,
    trackingUrl: shipment.tracking.url,
    shippedAt: shipment.shippedAt,
    deliveredAt: shipment.deliveredAt,
    postExpectedBy: shipment.postExpectedBy,
  };
}

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

/** The picture of a product this creator is offered. Error: not_found. */
export async function getOfferPicture(infra: Infra, call: Call<typeof pictureEndpoint>): Promise<Download> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { campaign } = await readOffer(infra, tx, {
      workspaceId,
      personId: actor.id,
      enrolmentId: input.enrolmentId,
    });
    const choices = await selectChoices(tx, workspaceId, campaign.id);
    if (!choices.some((choice) => choice.product_id === input.productId)) throw notFound('product');
    return pictureOf(infra, tx, { workspaceId, productId: input.productId });
  });
}
