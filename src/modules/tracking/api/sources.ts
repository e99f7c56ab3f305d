import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { instantSchema } from '#kernel/time.ts';
import { read, write } from './shared.ts';

export const sourceKinds = ['webhook', 'api', 'csv', 'manual'] as const;
export const orderSourceSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum([...sourceKinds, 'till', 'snippet']),
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
