import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { instantSchema } from '#kernel/time.ts';
import { addressSchema } from './addresses.ts';
import { bulkMax, bulkOutcomeSchema } from './picks.ts';

export const shipmentStates = [
  'waiting',
  'failed',
  'ordered',
  'packed',
  'shipped',
  'delivered',
  'returned',
  'lost',
  'cancelled',
] as const;
export type ShipmentState = (typeof shipmentStates)[number];

/** What can be said to have happened to a parcel. */
export const shipmentEventKinds = [
  'ordered',
  'packed',
  'shipped',
  'delivered',
  'returned',
  'lost',
  'cancelled',
] as const;
export type ShipmentEventKind = (typeof shipmentEventKinds)[number];

export const shipmentProblems = [
  'no_stock',
  'product_deleted',
  'product_by_hand',
  'shop_disconnected',
  'shop_unavailable',
  'shop_refused',
  'address_missing',
  'address_refused',
  'not_shipped_there',
  'order_cancelled',
  'not_delivered',
  'second_parcel',
] as const;
export type ShipmentProblem = (typeof shipmentProblems)[number];

export const problemSchema = z.object({
  code: z.enum(shipmentProblems),
  message: z.string().describe('What happened'),
  whatToDo: z.string(),
});

export const shipmentSchema = z
  .object({
    id: z.string(),
    pickId: z.string(),
    campaignId: z.string(),
    enrolmentId: z.string(),
    personId: z.string(),
    way: z.enum(['shop', 'by_hand']),
    shop: z.object({ id: z.string(), name: z.string() }).nullable(),
    state: z.enum(shipmentStates),
    problem: problemSchema.nullable(),
    nextTryAt: z.string().nullable().describe('When it is tried again by itself'),
    order: z.object({ id: z.string(), name: z.string(), url: z.string().nullable() }).nullable(),
    tracking: z.object({
      carrier: z.string().nullable(),
      number: z.string().nullable(),
      url: z.string().nullable(),
    }),
    shippingCost: moneySchema.nullable().describe('Postage of this parcel as entered'),
    shippedAt: z.string().nullable(),
    deliveredAt: z.string().nullable(),
    postExpectedBy: z.string().nullable(),
    nudgedAt: z.string().nullable(),
    createdAt: z.string(),
  })
  .meta({ id: 'Shipment' });
export type Shipment = z.infer<typeof shipmentSchema>;

export const shipmentEventSchema = z
  .object({
    id: z.string(),
    kind: z.enum(shipmentEventKinds),
    at: z.string().describe('When it happened'),
    source: z.string(),
    by: z.string(),
    note: z.string().nullable(),
    recordedAt: z.string(),
    withdrawn: z.object({ at: z.string(), by: z.string() }).nullable(),
  })
  .meta({ id: 'ShipmentEvent' });
export type ShipmentEvent = z.infer<typeof shipmentEventSchema>;

const shipmentId = z.string().min(1).max(60);
const campaignId = z.string().min(1).max(60);

export const sendPicks = endpoint({
  name: 'shipments.send',
  method: 'POST',
  path: '/campaigns/:campaignId/seeding/send',
  access: 'campaigns:write',
  summary:
    'Make parcels of approved choices: ordered in the shop the products are of, or put on the packing list; asked again, nothing is sent twice',
  input: z.object({
    campaignId,
    pickIds: z.array(z.string().min(1).max(60)).min(1).max(bulkMax),
    way: z.enum(['auto', 'by_hand']).default('auto').describe('auto: by the shop where all products are of one'),
  }),
  output: bulkOutcomeSchema,
});

export const getShipment = endpoint({
  name: 'shipments.get',
  method: 'GET',
  path: '/shipments/:shipmentId',
  access: 'campaigns:read',
  summary: 'A parcel with everything that happened to it',
  input: z.object({ shipmentId }),
  output: z.object({
    shipment: shipmentSchema,
    events: z.array(shipmentEventSchema).describe('In the order they happened'),
    address: addressSchema.nullable(),
  }),
});

export const recordShipment = endpoint({
  name: 'shipments.record',
  method: 'POST',
  path: '/shipments/record',
  access: 'campaigns:write',
  summary: 'Say by hand what happened to parcels; the same again changes nothing',
  input: z.object({
    shipmentIds: z.array(shipmentId).min(1).max(bulkMax),
    kind: z.enum(shipmentEventKinds),
    at: instantSchema.optional().describe('When it happened; now when left out'),
    note: z.string().trim().max(500).nullable().default(null),
    carrier: z.string().trim().max(100).optional(),
    trackingNumber: z.string().trim().max(100).optional(),
  }),
  output: bulkOutcomeSchema,
});

export const updateShipment = endpoint({
  name: 'shipments.update',
  method: 'PATCH',
  path: '/shipments/:shipmentId',
  access: 'campaigns:write',
  summary: 'Enter carrier, tracking number or postage of a parcel',
  input: z.object({
    shipmentId,
    carrier: z.string().trim().max(100).nullable().optional(),
    trackingNumber: z.string().trim().max(100).nullable().optional(),
    trackingUrl: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .nullable()
      .optional(),
    shippingCost: moneySchema.nullable().optional(),
  }),
  output: shipmentSchema,
});

export const withdrawShipmentEvent = endpoint({
  name: 'shipments.withdraw',
  method: 'POST',
  path: '/shipments/:shipmentId/withdraw',
  access: 'campaigns:write',
  summary: 'Take back something that did not happen; it stays on record as withdrawn',
  input: z.object({ shipmentId, eventId: z.string().min(1).max(60) }),
  output: shipmentSchema,
});

export const retryShipments = endpoint({
  name: 'shipments.retry',
  method: 'POST',
  path: '/shipments/retry',
  access: 'campaigns:write',
  summary:
    'Try failed orders again, with the address as it is now; an order the shop has already is found, not made twice',
  input: z.object({
    shipmentIds: z.array(shipmentId).min(1).max(bulkMax),
    way: z.enum(['auto', 'by_hand']).default('auto').describe('by_hand: pack it ourselves instead'),
  }),
  output: bulkOutcomeSchema,
});

export const refreshShipments = endpoint({
  name: 'shipments.refresh',
  method: 'POST',
  path: '/campaigns/:campaignId/seeding/refresh',
  access: 'campaigns:write',
  summary: 'Ask the shops now where the parcels of a campaign are',
  input: z.object({ campaignId }),
  output: z.object({
    asked: z.number().int(),
    changed: z.number().int(),
    failures: z.array(z.object({ shop: z.string(), message: z.string() })),
  }),
});

export const importTracking = endpoint({
  name: 'shipments.importTracking',
  method: 'POST',
  path: '/campaigns/:campaignId/seeding/tracking',
  access: 'campaigns:write',
  transport: 'upload',
  summary: 'Read tracking numbers, states and postage by order from CSV; the same file again changes nothing',
  input: z.object({ campaignId, dryRun: z.boolean().default(false) }),
  output: z.object({
    isDryRun: z.boolean(),
    read: z.number().int(),
    changed: z.number().int(),
    unchanged: z.number().int(),
    errorsTotal: z.number().int(),
    errors: z.array(z.object({ row: z.number().int(), field: z.string(), message: z.string() })),
  }),
});

const listWhich = z.object({
  campaignId,
  which: z.enum(['to_pack', 'all']).default('to_pack').describe('to_pack: not shipped yet'),
});

export const packingListCsv = endpoint({
  name: 'seeding.packingListCsv',
  method: 'GET',
  path: '/campaigns/:campaignId/seeding/packing-list.csv',
  access: 'campaigns:read',
  transport: 'download',
  summary: 'What to pack for whom, a line a product, with addresses',
  input: listWhich,
});

export const packingListPdf = endpoint({
  name: 'seeding.packingListPdf',
  method: 'GET',
  path: '/campaigns/:campaignId/seeding/packing-list.pdf',
  access: 'campaigns:read',
  transport: 'download',
  summary: 'What to pack for whom, and address labels to cut out (two by five a page)',
  input: listWhich,
});
