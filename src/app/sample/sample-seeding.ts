import sharp from 'sharp';
import { dayMs } from '#kernel/time.ts';
import { type Enrolment, listCampaigns, listRoster } from '#modules/campaigns/api.ts';
import {
  approvePicks,
  choosePick,
  createProduct,
  listSeeding,
  type PostalAddress,
  recordShipment,
  saveAddress,
  saveSeedingPlan,
  sendPicks,
  uploadProductPicture,
} from '#modules/seeding/api.ts';
import type { Past } from './past.ts';

const currency = 'EUR';
const eur = (amountMinor: number) => ({ amountMinor: String(amountMinor), currency });
const creatorsMax = 24;

const places: Omit<PostalAddress, 'name'>[] = [
  { line1: '12 Dyke Parade', line2: '', city: 'Cork', region: '', postcode: 'T12 XW82', country: 'IE', phone: '' },
  { line1: 'Oude Kerkstraat 4', line2: '', city: 'Utrecht', region: '', postcode: '3512 AB', country: 'NL', phone: '' },
  { line1: '7 Rope Walk', line2: 'Flat 2', city: 'Bristol', region: '', postcode: 'BS1 6ZJ', country: 'GB', phone: '' },
];

/** Goods of the invented brand, and parcels of its seeding campaign at every step, by the calls people would have made. */
export async function loadSeeding(past: Past, now: Date): Promise<void> {
  const { client } = past;
  const { rows: campaigns } = await client.call(listCampaigns, { limit: 50 });
  const campaign = campaigns.find((one) => one.model === 'product_seeding' && one.state === 'live');
  if (campaign === undefined) return;
  const { rows } = await client.call(listRoster, { campaignId: campaign.id, limit: 500 });
  past.goTo(new Date(now.getTime() - 20 * dayMs));
  const products = await makeProducts(past);
  await client.call(saveSeedingPlan, {
    campaignId: campaign.id,
    itemsMax: 2,
    valueMax: eur(3000),
    isObliged: false,
    sender: 'Oatwhistle\n1 Mill Lane, Cork, Ireland',
    shippingCost: eur(540),
    note: 'A box for school mornings, and a cup when you like one.',
    choices: products.map((product) => ({ productId: product.productId, eachMax: 2 })),
  });
  const goneOut = new Set(['product_picked', 'shipped', 'delivered', 'posted']);
  const chosen = rows.filter((row) => goneOut.has(row.stage)).slice(0, creatorsMax);
  const pickIds: string[] = [];
  // Everybody took the box, so that the campaign costs what it says.
  const [product] = products;
  for (const [at, row] of chosen.entries()) {
    const place = places[at % places.length];
    if (product === undefined || place === undefined) continue;
    await client.call(saveAddress, {
      personId: row.person.id,
      address: { name: row.person.name, ...place },
      isConfirmed: true,
    });
    const pick = await client.call(choosePick, {
      enrolmentId: row.id,
      lines: [{ variantId: product.variantId, quantity: 1 }],
    });
    if (row.stage !== 'product_picked') pickIds.push(pick.id);
  }
  if (pickIds.length === 0) return;
  await client.call(approvePicks, { pickIds });
  await client.call(sendPicks, { campaignId: campaign.id, pickIds });
  await tellParcels(past, { campaignId: campaign.id, chosen, now });
}

async function tellParcels(
  past: Past,
  of: { campaignId: string; chosen: readonly Enrolment[]; now: Date },
): Promise<void> {
  const { client } = past;
  const stageOf = new Map(of.chosen.map((row) => [row.id, row.stage]));
  const { rows } = await client.call(listSeeding, { campaignId: of.campaignId });
  const parcels = rows.flatMap((row) =>
    row.shipment === null ? [] : [{ id: row.shipment.id, stage: stageOf.get(row.enrolmentId) ?? '' }],
  );
  if (parcels.length === 0) return;
  past.goTo(new Date(of.now.getTime() - 17 * dayMs));
  await client.call(recordShipment, {
    shipmentIds: parcels.map((parcel) => parcel.id),
    kind: 'shipped',
    carrier: 'An Post',
  });
  const arrived = parcels.filter((parcel) => parcel.stage !== 'shipped').map((parcel) => parcel.id);
  past.goTo(new Date(of.now.getTime() - 14 * dayMs));
  if (arrived.length > 0) await client.call(recordShipment, { shipmentIds: arrived, kind: 'delivered' });
}

async function makeProducts(past: Past): Promise<{ productId: string; variantId: string }[]> {
  const { client } = past;
  const made: { productId: string; variantId: string }[] = [];
  for (const { colour, ...product } of goods) {
    const { id, variants } = await client.call(createProduct, product);
    const body = await sharp({ create: { width: 640, height: 400, channels: 3, background: colour } })
      .webp()
      .toBuffer();
    await client.upload(
      uploadProductPicture,
      { productId: id },
      { body: new Uint8Array(body), fileName: `${product.name}.webp` },
    );
    made.push({ productId: id, variantId: variants[0]?.id ?? '' });
  }
  return made;
}

const goods = [
  {
    name: 'School breakfast box',
    category: 'Boxes',
    description: 'Rolled oats, two drinks and a recipe card for school mornings.',
    colour: '#d9c6a5',
    shipsTo: ['GB', 'IE', 'NL'],
    variants: [
      { sku: 'BOX-OAT', options: { Drink: 'Oat' }, cost: eur(2400), price: eur(3900), stock: 60, weightGrams: 3200 },
      {
        sku: 'BOX-COCOA',
        options: { Drink: 'Cocoa' },
        cost: eur(2400),
        price: eur(3900),
        stock: 14,
        weightGrams: 3200,
      },
    ],
  },
  {
    name: 'Slow morning cup',
    category: 'Cups',
    description: 'Stoneware, holds a quarter of a litre.',
    colour: '#8fb0a9',
    shipsTo: ['GB', 'IE', 'NL'],
    variants: [
      { sku: 'CUP-SAND', options: { Colour: 'Sand' }, cost: eur(420), price: eur(1600), stock: 35, weightGrams: 380 },
      { sku: 'CUP-MOSS', options: { Colour: 'Moss' }, cost: eur(420), price: eur(1600), stock: 0, weightGrams: 380 },
    ],
  },
];
