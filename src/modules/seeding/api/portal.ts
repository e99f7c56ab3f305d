import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { addressSchema, knownAddressSchema } from './addresses.ts';
import { noPostInput, noPostReasonSchema, ownNoPostReasons } from './no-post.ts';
import { shipmentStates } from './parcels.ts';
import { pickLinesInput, pickStates } from './picks.ts';

export const portalOfferSchema = z
  .object({
    enrolmentId: z.string(),
    campaignId: z.string(),
    campaignName: z.string(),
    brandName: z.string(),
    canPick: z.boolean(),
    closedReason: z.string().nullable().describe('Why nothing can be chosen now'),
    itemsMax: z.number().int(),
    pickUntil: z.string().nullable(),
    isObliged: z.boolean(),
    postWithinDays: z.number().int(),
    note: z.string().nullable(),
    disclosure: z.string().describe('What has to be said in a post, also about a gift'),
    products: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        category: z.string().nullable(),
        description: z.string().nullable(),
        pictureId: z.string().nullable(),
        eachMax: z.number().int(),
        shipsToMe: z.boolean().nullable().describe('Null while no address is known'),
        variants: z.array(
          z.object({
            id: z.string(),
            title: z.string(),
            options: z.record(z.string(), z.string()),
            left: z.number().int().nullable().describe('At most what may be chosen; null when it is not counted'),
            weight: z.number().describe('Share of the value limit one piece takes, 0 to 1; 0 when there is no limit'),
          }),
        ),
      }),
    ),
    pick: z
      .object({
        id: z.string(),
        state: z.enum(pickStates),
        isSent: z.boolean(),
        reason: z.string().nullable(),
        note: z.string().nullable(),
        lines: z.array(
          z.object({
            variantId: z.string(),
            productId: z.string(),
            productName: z.string(),
            variantTitle: z.string(),
            quantity: z.number().int(),
          }),
        ),
      })
      .nullable(),
    address: knownAddressSchema.nullable(),
    consentText: z.string(),
    shipment: z
      .object({
        id: z.string(),
        state: z.enum(shipmentStates),
        carrier: z.string().nullable(),
        trackingNumber: z.string().nullable(),
        trackingUrl: z.string().nullable(),
        shippedAt: z.string().nullable(),
        deliveredAt: z.string().nullable(),
        postExpectedBy: z.string().nullable(),
      })
      .nullable(),
  })
  .extend({
    hasPosted: z.boolean().describe('Whether a post of mine is known'),
    noPost: z
      .object({ reason: noPostReasonSchema, note: z.string().nullable() })
      .nullable()
      .describe('What I said why I do not post'),
  })
  .meta({ id: 'SeedingOffer' });
export type SeedingOffer = z.infer<typeof portalOfferSchema>;

const enrolmentId = z.string().min(1).max(60);

export const portalListOffers = endpoint({
  name: 'portalSeeding.list',
  method: 'GET',
  path: '/portal/seeding',
  access: 'portal',
  summary: 'Campaigns on which I may choose a product or wait for a parcel',
  output: z.array(
    z.object({
      enrolmentId: z.string(),
      campaignName: z.string(),
      step: z.enum(['choose', 'choose_again', 'address', 'waiting', 'on_the_way', 'arrived']),
      product: z.string().nullable(),
    }),
  ),
});

export const portalGetOffer = endpoint({
  name: 'portalSeeding.get',
  method: 'GET',
  path: '/portal/seeding/:enrolmentId',
  access: 'portal',
  summary: 'What I may choose from, what I chose and where it is',
  input: z.object({ enrolmentId }),
  output: portalOfferSchema,
});

export const portalPick = endpoint({
  name: 'portalSeeding.pick',
  method: 'POST',
  path: '/portal/seeding/:enrolmentId/pick',
  access: 'portal',
  summary: 'Choose products, or change my choice while nobody has decided',
  input: z.object({
    enrolmentId,
    lines: pickLinesInput,
    note: z.string().trim().max(1000).nullable().default(null),
  }),
  output: portalOfferSchema,
});

export const portalSaveAddress = endpoint({
  name: 'portalSeeding.saveAddress',
  method: 'PUT',
  path: '/portal/address',
  access: 'portal',
  summary: 'Say where parcels should go',
  input: z.object({
    address: addressSchema,
    agrees: z.literal(true, { error: 'We need your agreement to keep the address' }),
  }),
  output: knownAddressSchema,
});

export const portalGetAddress = endpoint({
  name: 'portalSeeding.getAddress',
  method: 'GET',
  path: '/portal/address',
  access: 'portal',
  summary: 'Where my parcels go; null when I have not said',
  output: knownAddressSchema.nullable(),
});

export const portalRemoveAddress = endpoint({
  name: 'portalSeeding.removeAddress',
  method: 'DELETE',
  path: '/portal/address',
  access: 'portal',
  summary: 'Delete my address',
});

export const portalParcelArrived = endpoint({
  name: 'portalSeeding.arrived',
  method: 'POST',
  path: '/portal/seeding/:enrolmentId/arrived',
  access: 'portal',
  summary: 'Say that my parcel has arrived',
  input: z.object({ enrolmentId }),
  output: portalOfferSchema,
});

export const portalSayNoPost = endpoint({
  name: 'portalSeeding.noPost',
  method: 'PUT',
  path: '/portal/seeding/:enrolmentId/no-post',
  access: 'portal',
  summary: 'Say why I do not post about what I got; null takes it back',
  input: z.object({ ...noPostInput, reason: z.enum(ownNoPostReasons).nullable() }),
  output: portalOfferSchema,
});

export const portalProductPicture = endpoint({
  name: 'portalSeeding.picture',
  method: 'GET',
  path: '/portal/seeding/:enrolmentId/products/:productId/picture',
  access: 'portal',
  transport: 'download',
  summary: 'The picture of a product I may choose',
  input: z.object({ enrolmentId, productId: z.string().min(1).max(60), pictureId: z.string().max(60).optional() }),
});
