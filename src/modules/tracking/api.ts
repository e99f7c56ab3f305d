import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';

const read = 'tracking:read' as const;
const write = 'tracking:write' as const;
const rosterMax = 5000;

export const creatorRefSchema = z
  .object({
    personId: z.string(),
    name: z.string(),
    handle: z.string().nullable(),
    platform: platformSchema.nullable(),
  })
  .meta({ id: 'TrackedCreator', description: 'The creator a link, code or order belongs to' });
export type CreatorRef = z.infer<typeof creatorRefSchema>;
export const campaignRefSchema = z.object({ id: z.string(), name: z.string() }).meta({ id: 'TrackedCampaign' });
export type CampaignRef = z.infer<typeof campaignRefSchema>;

// ---- links ----
const utmText = z.string().trim().max(200);
export const utmKeys = ['source', 'medium', 'campaign', 'term', 'content'] as const;
export const utmSchema = z
  .object({ source: utmText, medium: utmText, campaign: utmText, term: utmText, content: utmText })
  .partial()
  .meta({ id: 'Utm', description: 'UTM parameters without their prefix; an empty text leaves one out' });
export type Utm = z.infer<typeof utmSchema>;

export const linkStates = ['live', 'paused', 'archived'] as const;
export const linkStateSchema = z.enum(linkStates);
const slugInput = z.string().max(200).describe('The part after the slash; made from the creator when left out');
const destinationInput = z.string().max(2000).describe('Address on the web (http or https) the link leads to');

export const linkSchema = z
  .object({
    id: z.string(),
    slug: z.string(),
    shortUrl: z.string(),
    destination: z.string(),
    utm: utmSchema,
    target: z.string().describe('Where a visitor arrives: destination and UTM parameters, without the click id'),
    state: linkStateSchema,
    expiresAt: instantSchema.nullable(),
    isExpired: z.boolean(),
    creator: creatorRefSchema.nullable(),
    campaign: campaignRefSchema.nullable(),
    enrolmentId: z.string().nullable(),
    clicks: z.int().describe('Counted clicks since the link was made'),
    visitors: z.int().describe('Visitors summed over days; one person on two days counts twice'),
    dropped: z.int().describe('Hits kept but not counted: bots, previews, duplicates'),
    lastSevenDays: z
      .array(z.object({ day: daySchema, clicks: z.int() }))
      .describe('Counted clicks of the last seven days, oldest first'),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: 'Link' });
export type Link = z.infer<typeof linkSchema>;

export const createLink = endpoint({
  name: 'links.create',
  method: 'POST',
  path: '/links',
  access: write,
  summary: 'Make a short link',
  input: z.object({
    destination: destinationInput,
    slug: slugInput.optional(),
    enrolmentId: z.string().optional(),
    campaignId: z.string().optional(),
    personId: z.string().optional(),
    utm: utmSchema.default({}).describe('Replaces the defaults, field by field'),
    expiresAt: instantSchema.nullable().default(null),
  }),
  output: linkSchema,
});
export const createRosterLinks = endpoint({
  name: 'links.create-for-campaign',
  method: 'POST',
  path: '/campaigns/:campaignId/links',
  access: write,
  summary: 'Make one link for each creator of a campaign that has none yet',
  input: z.object({
    campaignId: z.string(),
    destination: destinationInput.optional().describe("The campaign's landing page when left out"),
    enrolmentIds: z.array(z.string()).max(rosterMax).optional().describe('Only these; the whole roster when left out'),
    utm: utmSchema.default({}),
    expiresAt: instantSchema.nullable().default(null),
  }),
  output: z.object({ created: z.int(), existing: z.int(), links: z.array(linkSchema) }),
});
export const linkSorts = ['created', 'clicks', 'slug'] as const;
export const listLinks = endpoint({
  name: 'links.list',
  method: 'GET',
  path: '/links',
  access: read,
  summary: 'Links with their clicks',
  input: z.object({
    q: z.string().max(200).optional().describe('Part of the slug, destination or creator name'),
    campaignId: z.string().optional(),
    enrolmentId: z.string().optional(),
    personId: z.string().optional(),
    state: linkStateSchema.optional(),
    sort: z.enum(linkSorts).default('created'),
    desc: z.boolean().default(true),
    ...pageInput,
  }),
  output: pageOf(linkSchema),
});
export const getLink = endpoint({
  name: 'links.get',
  method: 'GET',
  path: '/links/:linkId',
  access: read,
  summary: 'One link',
  input: z.object({ linkId: z.string() }),
  output: linkSchema,
});
export const updateLink = endpoint({
  name: 'links.update',
  method: 'PATCH',
  path: '/links/:linkId',
  access: write,
  summary: 'Change where a link leads, pause or archive it',
  input: z.object({
    linkId: z.string(),
    destination: destinationInput.optional(),
    utm: utmSchema.optional(),
    state: linkStateSchema.optional(),
    expiresAt: instantSchema.nullable().optional(),
  }),
  output: linkSchema,
});
export const getLinkQr = endpoint({
  name: 'links.qr',
  method: 'GET',
  path: '/links/:linkId/qr',
  access: read,
  transport: 'download',
  summary: 'QR code of a link',
  input: z.object({
    linkId: z.string(),
    format: z.enum(['svg', 'png']).default('svg'),
    sizePx: z.number().int().min(64).max(2048).default(512),
  }),
});

// ---- codes ----
export const codeKinds = ['percent', 'fixed', 'free_shipping'] as const;
export const codeSchema = z
  .object({
    id: z.string(),
    code: z.string(),
    kind: z.enum(codeKinds),
    percent: z.number().nullable(),
    amount: moneySchema.nullable(),
    startsAt: instantSchema.nullable(),
    endsAt: instantSchema.nullable(),
    usageLimit: z.int().nullable(),
    state: linkStateSchema,
    creator: creatorRefSchema.nullable(),
    campaign: campaignRefSchema.nullable(),
    enrolmentId: z.string().nullable(),
    orders: z.int().describe('Orders that used the code, cancelled ones left out'),
    lastUsedAt: instantSchema.nullable(),
    createdAt: instantSchema,
  })
  .meta({ id: 'DiscountCode' });
export type DiscountCode = z.infer<typeof codeSchema>;

const codeTerms = {
  kind: z.enum(codeKinds).default('percent'),
  percent: z.number().gt(0).max(100).optional().describe('For kind percent'),
  amount: moneySchema.optional().describe('For kind fixed'),
  startsAt: instantSchema.nullable().default(null),
  endsAt: instantSchema.nullable().default(null),
  usageLimit: z.number().int().min(1).max(1_000_000_000).nullable().default(null),
};
export const createCode = endpoint({
  name: 'codes.create',
  method: 'POST',
  path: '/codes',
  access: write,
  summary: 'Make a discount code',
  input: z.object({
    code: z
      .string()
      .max(100)
      .optional()
      .describe('Made from the creator and the discount when left out, such as NELL10'),
    enrolmentId: z.string().optional(),
    campaignId: z.string().optional(),
    personId: z.string().optional(),
    ...codeTerms,
  }),
  output: codeSchema,
});
export const createRosterCodes = endpoint({
  name: 'codes.create-for-campaign',
  method: 'POST',
  path: '/campaigns/:campaignId/codes',
  access: write,
  summary: 'Make one code for each creator of a campaign that has none yet',
  input: z.object({
    campaignId: z.string(),
    enrolmentIds: z.array(z.string()).max(rosterMax).optional(),
    pattern: z
      .string()
      .max(60)
      .default('{NAME}{VALUE}')
      .describe('{NAME} first name, {HANDLE} handle, {VALUE} discount, {RANDOM} four characters without look-alikes'),
    ...codeTerms,
  }),
  output: z.object({ created: z.int(), existing: z.int(), codes: z.array(codeSchema) }),
});
export const listCodes = endpoint({
  name: 'codes.list',
  method: 'GET',
  path: '/codes',
  access: read,
  summary: 'Discount codes with their orders',
  input: z.object({
    q: z.string().max(200).optional(),
    campaignId: z.string().optional(),
    enrolmentId: z.string().optional(),
    personId: z.string().optional(),
    state: linkStateSchema.optional(),
    ...pageInput,
  }),
  output: pageOf(codeSchema),
});
export const updateCode = endpoint({
  name: 'codes.update',
  method: 'PATCH',
  path: '/codes/:codeId',
  access: write,
  summary: 'Change the dates, limit or state of a code',
  input: z.object({
    codeId: z.string(),
    state: linkStateSchema.optional(),
    startsAt: instantSchema.nullable().optional(),
    endsAt: instantSchema.nullable().optional(),
    usageLimit: z.number().int().min(1).nullable().optional(),
  }),
  output: codeSchema,
});
const rowErrorSchema = z.object({ row: z.int(), field: z.string(), message: z.string() });
export const fileAnswerSchema = z
  .object({
    read: z.int(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    skipped: z.int(),
    errorsTotal: z.int(),
    errors: z.array(rowErrorSchema).describe('At most 1,000 of them'),
  })
  .meta({ id: 'FileAnswer' });
export type FileAnswer = z.infer<typeof fileAnswerSchema>;
export const importCodes = endpoint({
  name: 'codes.import',
  method: 'POST',
  path: '/codes/import',
  access: write,
  transport: 'upload',
  summary: 'Import codes from CSV',
  input: z.object({ campaignId: z.string().optional().describe('Campaign whose creators the file names') }),
  output: fileAnswerSchema,
});
export const exportCodes = endpoint({
  name: 'codes.export',
  method: 'GET',
  path: '/codes/export',
  access: read,
  transport: 'download',
  summary: 'Codes as CSV, to load into a shop',
  input: z.object({ campaignId: z.string().optional() }),
});

// ---- where orders come from ----
export const sourceKinds = ['webhook', 'api', 'csv', 'manual'] as const;
export const orderSourceSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(sourceKinds),
    webhookUrl: z.string().nullable(),
    createdAt: instantSchema,
    revokedAt: instantSchema.nullable(),
    previousSecretUntil: instantSchema.nullable().describe('While a replaced secret is still accepted'),
    orders: z.int(),
    lastReceivedAt: instantSchema.nullable(),
  })
  .meta({ id: 'OrderSource' });
export type OrderSource = z.infer<typeof orderSourceSchema>;
const withSecret = z.object({
  source: orderSourceSchema,
  secret: z.string().nullable().describe('Shown this once; for kind webhook'),
});
export const createOrderSource = endpoint({
  name: 'order-sources.create',
  method: 'POST',
  path: '/order-sources',
  access: write,
  summary: 'Name a place orders come from',
  input: z.object({ name: z.string().trim().min(1).max(120), kind: z.enum(sourceKinds).default('webhook') }),
  output: withSecret,
});
export const listOrderSources = endpoint({
  name: 'order-sources.list',
  method: 'GET',
  path: '/order-sources',
  access: read,
  summary: 'Places orders come from',
  output: z.array(orderSourceSchema),
});
export const rotateOrderSource = endpoint({
  name: 'order-sources.rotate',
  method: 'POST',
  path: '/order-sources/:sourceId/rotate',
  access: write,
  summary: 'Replace the signing secret; the old one works for another day',
  input: z.object({ sourceId: z.string() }),
  output: withSecret,
});
export const revokeOrderSource = endpoint({
  name: 'order-sources.revoke',
  method: 'POST',
  path: '/order-sources/:sourceId/revoke',
  access: write,
  summary: 'Accept nothing more from a source; its orders stay',
  input: z.object({ sourceId: z.string() }),
  output: orderSourceSchema,
});
export const deliverySchema = z
  .object({
    deliveryId: z.string(),
    receivedAt: instantSchema,
    outcome: z.enum(['applied', 'unchanged', 'refused', 'waiting']),
    message: z.string().nullable(),
    orderId: z.string().nullable(),
  })
  .meta({ id: 'OrderDelivery' });
export const listDeliveries = endpoint({
  name: 'order-sources.deliveries',
  method: 'GET',
  path: '/order-sources/:sourceId/deliveries',
  access: read,
  summary: 'What arrived lately from a source',
  input: z.object({ sourceId: z.string(), ...pageInput }),
  output: pageOf(deliverySchema),
});
export const intakeAnswerSchema = z
  .object({
    deliveryId: z.string(),
    outcome: z.enum(['applied', 'unchanged', 'waiting']),
    orderId: z.string().nullable(),
    notices: z.array(z.object({ field: z.string(), message: z.string() })),
  })
  .meta({ id: 'IntakeAnswer' });
export type IntakeAnswer = z.infer<typeof intakeAnswerSchema>;
export const receiveOrder = endpoint({
  name: 'order-sources.receive',
  method: 'POST',
  path: '/order-sources/:sourceId/webhook',
  access: 'public',
  inWorkspace: false,
  transport: 'webhook',
  summary: 'Signed webhook of a shop: order.paid, order.updated, order.cancelled, order.refunded',
  input: z.object({ sourceId: z.string() }),
  output: intakeAnswerSchema,
});

// ---- orders ----
export const orderStates = ['paid', 'cancelled'] as const;
/** What a sender may say of an order; read and checked, field by field, by rules/read-order.ts. */
export const orderBody = {
  id: z.unknown().describe("The order's id at its source, unique for ever"),
  orderedAt: z.unknown().describe('ISO 8601 with time zone'),
  updatedAt: z.unknown().describe('Newer versions win; the time of arrival when left out'),
  amount: z.unknown().describe('{"amountMinor": "5240", "currency": "EUR"}'),
  total: z.unknown().describe('Or decimal text, such as "52.40"'),
  currency: z.unknown().describe('ISO 4217, with total'),
  state: z.unknown().describe('paid (default) or cancelled'),
  codes: z.unknown().describe('Discount codes used'),
  clickIds: z.unknown().describe('Values of rapport_click seen by the shop'),
  customer: z.unknown().describe('{"email", "isNew"}; the address is kept as a salted hash only'),
  items: z.unknown().describe('[{"name", "sku", "quantity", "total"}], at most 10,000'),
  refunds: z.unknown().describe('[{"id", "amount" or "total", "refundedAt"}]'),
};
export const orderSchema = z
  .object({
    id: z.string(),
    sourceId: z.string(),
    sourceName: z.string(),
    externalId: z.string(),
    orderedAt: instantSchema,
    amount: moneySchema,
    refunded: moneySchema,
    net: moneySchema.describe('Amount less refunds; zero when cancelled'),
    state: z.enum(orderStates),
    codes: z.array(z.string()),
    clickIds: z.array(z.string()),
    isNewCustomer: z.boolean().nullable(),
    credit: z
      .object({
        rule: z.enum(['code', 'link', 'none']),
        creator: creatorRefSchema.nullable(),
        campaign: campaignRefSchema.nullable(),
      })
      .nullable()
      .describe('Null until decided'),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: 'Order' });
export type Order = z.infer<typeof orderSchema>;
export const orderItemSchema = z.object({
  name: z.string(),
  sku: z.string().nullable(),
  quantity: z.int(),
  total: moneySchema.nullable(),
});
export const orderDetailSchema = orderSchema.extend({
  items: z.array(orderItemSchema),
  refunds: z.array(z.object({ id: z.string(), amount: moneySchema, refundedAt: instantSchema })),
  notices: z.array(z.string()),
});
export const createOrder = endpoint({
  name: 'orders.create',
  method: 'POST',
  path: '/orders',
  access: write,
  summary: 'Record an order, or a newer version of one; repeating it changes nothing',
  input: z.object({
    sourceId: z.string().optional().describe('The source named "API" when left out'),
    ...z.object(orderBody).partial().shape,
  }),
  output: z.object({ outcome: z.enum(['applied', 'unchanged']), order: orderDetailSchema }),
});
export const refundOrder = endpoint({
  name: 'orders.refund',
  method: 'POST',
  path: '/orders/:orderId/refunds',
  access: write,
  summary: 'Record a refund, whole or in part',
  input: z.object({
    orderId: z.string(),
    id: z.string().min(1).max(200),
    amount: moneySchema,
    refundedAt: instantSchema.optional(),
  }),
  output: orderDetailSchema,
});
export const cancelOrder = endpoint({
  name: 'orders.cancel',
  method: 'POST',
  path: '/orders/:orderId/cancel',
  access: write,
  summary: 'Cancel an order',
  input: z.object({ orderId: z.string() }),
  output: orderDetailSchema,
});
export const importOrders = endpoint({
  name: 'orders.import',
  method: 'POST',
  path: '/orders/import',
  access: write,
  transport: 'upload',
  summary: 'Import orders from CSV',
  input: z.object({
    sourceId: z.string().optional().describe('The source named "CSV" when left out'),
    currency: z.string().length(3).optional().describe('For rows that name none'),
  }),
  output: fileAnswerSchema,
});
export const listOrders = endpoint({
  name: 'orders.list',
  method: 'GET',
  path: '/orders',
  access: read,
  summary: 'Orders, newest first',
  input: z.object({
    q: z.string().max(200).optional().describe('Order id or code'),
    sourceId: z.string().optional(),
    state: z.enum(orderStates).optional(),
    rule: z.enum(['code', 'link', 'none']).optional(),
    campaignId: z.string().optional(),
    personId: z.string().optional(),
    from: daySchema.optional(),
    to: daySchema.optional(),
    ...pageInput,
  }),
  output: pageOf(orderSchema),
});
export const getOrder = endpoint({
  name: 'orders.get',
  method: 'GET',
  path: '/orders/:orderId',
  access: read,
  summary: 'One order',
  input: z.object({ orderId: z.string() }),
  output: orderDetailSchema,
});

// ---- clicks and the live view ----
export const clickSchema = z
  .object({
    id: z.string(),
    linkId: z.string(),
    slug: z.string(),
    creator: creatorRefSchema.nullable(),
    clickedAt: instantSchema,
    counted: z.boolean(),
    dropReason: z.string().nullable(),
    country: z.string().nullable(),
    device: z.string().nullable(),
    browser: z.string().nullable(),
    referrerHost: z.string().nullable(),
  })
  .meta({ id: 'Click' });
export type Click = z.infer<typeof clickSchema>;
export const listClicks = endpoint({
  name: 'clicks.list',
  method: 'GET',
  path: '/clicks',
  access: read,
  summary: 'Hits of links, counted or dropped with the reason, newest first',
  input: z.object({ linkId: z.string().optional(), counted: z.boolean().optional(), ...pageInput }),
  output: pageOf(clickSchema),
});
export const summarySchema = z.object({
  from: daySchema,
  to: daySchema,
  days: z.array(z.object({ day: daySchema, clicks: z.int(), orders: z.int() })),
  clicks: z.int(),
  visitors: z.int(),
  dropped: z.int(),
  orders: z.int(),
  revenue: z.array(moneySchema).describe('Net of refunds, one entry a currency'),
  liveLinks: z.int(),
  liveCodes: z.int(),
  dropReasons: z.array(z.object({ reason: z.string(), hits: z.int() })),
});
export const getTrackingSummary = endpoint({
  name: 'tracking.summary',
  method: 'GET',
  path: '/tracking/summary',
  access: read,
  summary: 'Clicks and orders of the last days',
  input: z.object({ days: z.number().int().min(1).max(92).default(7) }),
  output: summarySchema,
});
export const watchTracking = endpoint({
  name: 'tracking.live',
  method: 'GET',
  path: '/tracking/live',
  access: read,
  transport: 'events',
  summary: 'Clicks and orders as they arrive (server-sent events click and order)',
});
