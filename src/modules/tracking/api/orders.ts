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
  label: z.unknown().describe('What people call it, such as #1017, where that is not its id'),
  orderedAt: z.unknown().describe('ISO 8601 with time zone'),
  updatedAt: z.unknown().describe('Newer versions win; the time of arrival when left out'),
  amount: z.unknown().describe('{"amountMinor": "5240", "currency": "EUR"}'),
  total: z.unknown().describe('Or decimal text, such as "52.40"'),
  currency: z.unknown().describe('ISO 4217, with total'),
  state: z.unknown().describe('paid (default) or cancelled'),
  codes: z.unknown().describe('Discount codes used'),
  clickIds: z.unknown().describe('Values of rapport_click seen by the shop'),
  customer: z.unknown().describe('{"email", "isNew"}; the address is kept as a salted hash only'),
  items: z.unknown().describe('[{"id", "name", "sku", "product", "quantity", "total"}], at most 10,000'),
  refunds: z
    .unknown()
    .describe(
      '[{"id", "amount" or "total", "refundedAt", "updatedAt", "kind": "refund" or "chargeback", "state": "standing" or "void", "reason", "lines": [{"line", "quantity", "total"}]}]',
    ),
};
export const orderSchema = z
  .object({
    id: z.string(),
    sourceId: z.string(),
    sourceName: z.string(),
    externalId: z.string(),
    label: z.string().describe('What people at the source call it; its id where it has no other name'),
    orderedAt: instantSchema,
    amount: moneySchema,
    refunded: moneySchema,
    net: moneySchema.describe('Amount less refunds; zero when cancelled'),
    state: z.enum(orderStates),
    codes: z.array(z.string()),
    clickIds: z.array(z.string()),
    isVerified: z.boolean().describe('False while only a browser told of it, which can be lied to'),
    isNewCustomer: z.boolean().nullable(),
    rated: z
      .object({
        amount: moneySchema,
        refunded: moneySchema,
        net: moneySchema,
        rate: z.string().describe("Units of the workspace's currency for one of the order's, exact decimal text"),
        day: daySchema.nullable().describe('The day the rate is of; null where both currencies are one'),
        source: z.string(),
      })
      .nullable()
      .describe("In the workspace's currency, by the rate kept with the order; null while no rate is known"),
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
  id: z.string().nullable().describe("The line's id at its source"),
  name: z.string(),
  sku: z.string().nullable(),
  product: z.string().nullable().describe("The product's id at its source"),
  quantity: z.int(),
  total: moneySchema.nullable(),
  refundedQuantity: z.int().describe('By the refunds that name the line'),
  refunded: moneySchema.describe('By the refunds that name the line'),
});
export const orderRefundSchema = z.object({
  id: z.string(),
  kind: z.enum(['refund', 'chargeback']),
  state: z.enum(['standing', 'void']).describe('void: a chargeback that was won, a refund that failed'),
  amount: moneySchema,
  counted: moneySchema.describe('What of it lessens the order'),
  refusal: z.string().nullable().describe('Why it counts less than it says'),
  reason: z.string().nullable(),
  refundedAt: instantSchema,
  lines: z.array(z.object({ line: z.string(), quantity: z.int().nullable(), amount: moneySchema.nullable() })),
});
export const orderDetailSchema = orderSchema.extend({
  items: z.array(orderItemSchema),
  refunds: z.array(orderRefundSchema),
  notices: z.array(z.string()),
  customer: z
    .object({
      standing: z.enum(['new', 'returning', 'unknown']),
      basis: z.string().describe('What it rests on, in words'),
      orders: z.int().describe('Orders of the same customer known here, this one included'),
    })
    .nullable()
    .describe('Null where the source names no customer'),
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
    kind: z.enum(['refund', 'chargeback']).default('refund'),
    reason: z.string().trim().min(1).max(300).optional(),
    lines: z
      .array(
        z.object({
          line: z.string().min(1).max(100),
          quantity: z.int().min(0).optional(),
          amount: moneySchema.optional(),
        }),
      )
      .max(1000)
      .optional(),
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
