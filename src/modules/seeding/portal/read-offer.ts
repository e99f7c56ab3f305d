import type { Tx } from '#infra/db/database.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import {
  addressConsent,
  type portalGetOffer as getEndpoint,
  type Product,
  type portalProductPicture as pictureEndpoint,
  type SeedingOffer,
} from '../api.ts';
import { pictureOf } from '../catalogue/pictures.ts';
import { presentProducts } from '../catalogue/present-products.ts';
import { type PresentedParcel, presentParcels } from '../parcels/present-parcels.ts';
import { knownAddress } from '../people/addresses.ts';
import { toNoPost } from '../people/no-post.ts';
import { presentPicks } from '../picks/present-picks.ts';
import { type Offer, readOffer } from '../picks/submit-pick.ts';
import { selectNoPosts } from '../queries/no-post.ts';
import { selectParcelsOfPerson } from '../queries/parcels.ts';
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
  const [said] = await selectNoPosts(tx, workspaceId, { enrolmentId: enrolment.id });
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
    hasPosted: offer.enrolment.deliverables.live > 0,
    noPost: said === undefined ? null : { reason: toNoPost(said).reason, note: said.note },
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
