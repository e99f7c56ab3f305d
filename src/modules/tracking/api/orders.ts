import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';
import { campaignRefSchema, creatorRefSchema, fileAnswerSchema, read, write } from './shared.ts';

export const orderStates = ['paid', 'cancelled'] as const;
/** What an order may be credited by; customer: bound to the creator of an earlier order. */
export const creditRules = ['code', 'link', 'customer', 'none'] as const;
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
        rule: z.enum(creditRules),
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
    rule: z.enum(creditRules).optional(),
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
