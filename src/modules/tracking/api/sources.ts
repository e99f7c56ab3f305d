import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';
import { orderStates } from './orders.ts';
import { read, write } from './shared.ts';

export const sourceKinds = [
  'webhook',
  'shopify',
  'woocommerce',
  'stripe',
  'postback',
  'snippet',
  'till',
  'api',
  'csv',
  'manual',
] as const;
export type SourceKind = (typeof sourceKinds)[number];
/** Kinds that a person connects; the others come with what they belong to. */
export const connectedKinds = [
  'shopify',
  'woocommerce',
  'stripe',
  'webhook',
  'postback',
  'api',
  'csv',
  'manual',
] as const;
/** Kinds with an address that takes deliveries. */
export const receivingKinds: ReadonlySet<SourceKind> = new Set([
  'webhook',
  'shopify',
  'woocommerce',
  'stripe',
  'postback',
]);
/** Kinds whose secret the sender makes, to be entered here; WooCommerce takes ours as well. */
export const givenSecretKinds: ReadonlySet<SourceKind> = new Set(['shopify', 'stripe']);
const secretSchema = z.string().trim().min(8).max(300);
export const sourceSettingsSchema = z
  .record(z.string(), z.unknown())
  .describe(
    'shopify: {"shop": "your-store.myshopify.com"}; postback: {"fields": {"id": "order_id", ...}, "currency": "EUR"}; nothing for the others',
  );
export const orderSourceSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(sourceKinds),
    settings: sourceSettingsSchema,
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
  secret: z.string().nullable().describe('Shown this once, where it was made here'),
});
export const createOrderSource = endpoint({
  name: 'order-sources.create',
  method: 'POST',
  path: '/order-sources',
  access: write,
  summary: 'Name a place orders come from',
  input: z.object({
    name: z.string().trim().min(1).max(120),
    kind: z.enum(connectedKinds).default('webhook'),
    secret: secretSchema.optional().describe('The signing secret the sender shows; needed for shopify and stripe'),
    settings: sourceSettingsSchema.optional(),
  }),
  output: withSecret,
});
export const updateOrderSource = endpoint({
  name: 'order-sources.update',
  method: 'PATCH',
  path: '/order-sources/:sourceId',
  access: write,
  summary: 'Change the name or the settings of a source',
  input: z.object({
    sourceId: z.string(),
    name: z.string().trim().min(1).max(120).optional(),
    settings: sourceSettingsSchema.optional(),
  }),
  output: orderSourceSchema,
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
  input: z.object({
    sourceId: z.string(),
    secret: secretSchema.optional().describe('The new secret the sender shows; needed for shopify and stripe'),
  }),
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
export const deliveryOutcomes = ['applied', 'unchanged', 'refused', 'unused', 'test', 'waiting'] as const;
export const deliverySchema = z
  .object({
    deliveryId: z.string(),
    topic: z.string().nullable().describe('What the sender calls it'),
    receivedAt: instantSchema,
    outcome: z
      .enum(deliveryOutcomes)
      .describe('unused: kept, and nothing is done with it; waiting: kept, not read yet'),
    message: z.string().nullable(),
    orderId: z.string().nullable(),
    replays: z.int().describe('How often it was read once more'),
  })
  .meta({ id: 'OrderDelivery' });
export type OrderDelivery = z.infer<typeof deliverySchema>;
export const listDeliveries = endpoint({
  name: 'order-sources.deliveries',
  method: 'GET',
  path: '/order-sources/:sourceId/deliveries',
  access: read,
  summary: 'What arrived lately from a source',
  input: z.object({ sourceId: z.string(), outcome: z.enum(deliveryOutcomes).optional(), ...pageInput }),
  output: pageOf(deliverySchema),
});
const deliveryInput = z.object({ sourceId: z.string(), deliveryId: z.string().min(1).max(200) });
export const getDelivery = endpoint({
  name: 'order-sources.delivery',
  method: 'GET',
  path: '/order-sources/:sourceId/delivery',
  access: read,
  summary: 'One delivery with what is kept of its body',
  input: deliveryInput,
  output: deliverySchema.extend({ body: z.string().describe('Without names and addresses of customers') }),
});
export const deliverySaidSchema = z
  .object({
    at: instantSchema.nullable().describe('The version it is of: of two the newer counts'),
    amount: moneySchema.nullable().describe('Null where it does not say'),
    state: z.enum(orderStates).nullable(),
    codes: z.array(z.string()).nullable(),
    clickIds: z.array(z.string()).nullable(),
    items: z.array(z.object({ name: z.string(), quantity: z.int(), total: moneySchema.nullable() })),
    refunds: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['refund', 'chargeback']),
        state: z.enum(['standing', 'void']),
        amount: moneySchema,
      }),
    ),
  })
  .meta({ id: 'DeliverySaid' });
export type DeliverySaid = z.infer<typeof deliverySaidSchema>;
export const listOrderDeliveries = endpoint({
  name: 'orders.deliveries',
  method: 'GET',
  path: '/orders/:orderId/deliveries',
  access: read,
  summary: 'What arrived about an order, with what is kept of it',
  input: z.object({ orderId: z.string() }),
  output: z.array(
    deliverySchema.extend({
      sourceId: z.string(),
      body: z.string(),
      said: deliverySaidSchema.nullable().describe('What it says, read from what is kept; null when it cannot be read'),
    }),
  ),
});
export const intakeAnswerSchema = z
  .object({
    deliveryId: z.string(),
    outcome: z.enum(deliveryOutcomes),
    orderId: z.string().nullable(),
    notices: z.array(z.object({ field: z.string(), message: z.string() })),
  })
  .meta({ id: 'IntakeAnswer' });
export type IntakeAnswer = z.infer<typeof intakeAnswerSchema>;
export const replayDelivery = endpoint({
  name: 'order-sources.replay',
  method: 'POST',
  path: '/order-sources/:sourceId/replay',
  access: write,
  summary: 'Read a kept delivery once more',
  input: deliveryInput,
  output: deliverySchema,
});
export const testOrderSource = endpoint({
  name: 'order-sources.test',
  method: 'POST',
  path: '/order-sources/:sourceId/test',
  access: write,
  summary: 'Sign a made-up delivery as the sender would, take it, and count nothing of it',
  input: z.object({ sourceId: z.string() }),
  output: z.object({
    delivery: deliverySchema,
    order: z
      .object({ id: z.string(), total: z.string(), codes: z.array(z.string()), items: z.int() })
      .nullable()
      .describe('The order that was read out of it'),
  }),
});
export const receiveOrder = endpoint({
  name: 'order-sources.receive',
  method: 'POST',
  path: '/order-sources/:sourceId/webhook',
  access: 'public',
  inWorkspace: false,
  transport: 'webhook',
  summary: 'Signed webhook of a shop or payment service, or a postback',
  input: z.object({ sourceId: z.string() }),
  output: intakeAnswerSchema,
});
export const receivePostback = endpoint({
  name: 'order-sources.receive-postback',
  method: 'GET',
  path: '/order-sources/:sourceId/webhook',
  access: 'public',
  inWorkspace: false,
  transport: 'webhook',
  summary: 'Postback by its address alone, with token or signature',
  input: z.object({ sourceId: z.string() }),
  output: intakeAnswerSchema,
});

export const backfillSchema = z
  .object({
    id: z.string(),
    sourceId: z.string(),
    state: z.enum(['running', 'done', 'failed', 'cancelled']),
    since: instantSchema,
    pages: z.int(),
    read: z.int(),
    created: z.int().describe('Orders nobody knew'),
    updated: z.int().describe('Known ones, with something new'),
    unchanged: z.int().describe('Known as they are'),
    refused: z.int().describe('Could not be read; why stands at the deliveries'),
    message: z.string().nullable().describe('What it waits for, or why it ended'),
    startedAt: instantSchema,
    updatedAt: instantSchema,
    endedAt: instantSchema.nullable(),
  })
  .meta({ id: 'OrderBackfill' });
export type OrderBackfill = z.infer<typeof backfillSchema>;
export const startBackfill = endpoint({
  name: 'order-sources.backfill',
  method: 'POST',
  path: '/order-sources/:sourceId/backfills',
  access: write,
  summary: 'Read past orders from a connected shop; ends in the same rows as its webhooks',
  input: z.object({
    sourceId: z.string(),
    shopId: z.string().min(1).max(60).describe('A connected shop used for past orders, of the kind of the source'),
    since: daySchema,
  }),
  output: backfillSchema,
});
export const listBackfills = endpoint({
  name: 'order-sources.backfills',
  method: 'GET',
  path: '/order-sources/:sourceId/backfills',
  access: read,
  summary: 'Readings of past orders, newest first',
  input: z.object({ sourceId: z.string() }),
  output: z.array(backfillSchema),
});
export const cancelBackfill = endpoint({
  name: 'order-sources.cancel-backfill',
  method: 'POST',
  path: '/order-sources/:sourceId/backfills/:backfillId/cancel',
  access: write,
  summary: 'Stop reading past orders; what was read stays',
  input: z.object({ sourceId: z.string(), backfillId: z.string() }),
  output: backfillSchema,
});
