import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';

const read = 'api-keys:read' as const;
const write = 'api-keys:write' as const;
const id = z.string().min(1).max(60);

export const endpointKinds = ['webhook', 'ga4', 'postback'] as const;
export const endpointKindSchema = z.enum(endpointKinds);
export type EndpointKind = z.infer<typeof endpointKindSchema>;

/** Placeholders of a postback's address; each is filled percent-encoded. */
export const postbackFields = [
  'order_id',
  'amount',
  'currency',
  'code',
  'click_id',
  'creator',
  'campaign',
  'ordered_at',
] as const;
export type PostbackField = (typeof postbackFields)[number];

export const endpointsMax = 20;

export const webhookEndpointSchema = z
  .object({
    id,
    kind: endpointKindSchema,
    name: z.string(),
    target: z.string().describe('Address; of Google Analytics the measurement id'),
    events: z.array(z.string()).describe('Empty: all'),
    state: z.enum(['on', 'off', 'disabled']),
    disabledBecause: z.string().nullable(),
    failingSince: instantSchema.nullable().describe('The first failure since something was last delivered'),
    previousSecretUntil: instantSchema.nullable().describe('While messages are also signed with the secret before'),
    createdByName: z.string(),
    createdAt: instantSchema,
    week: z
      .object({ delivered: z.int(), waiting: z.int(), failed: z.int() })
      .describe('Messages of the last seven days, and all that wait'),
  })
  .meta({ id: 'WebhookEndpoint' });
export type WebhookEndpoint = z.infer<typeof webhookEndpointSchema>;

const withSecret = z.object({
  endpoint: webhookEndpointSchema,
  secret: z.string().nullable().describe('Signing secret, shown this once; null for kinds that are not signed'),
});

const name = z.string().trim().min(1, 'Give it a name').max(80);
const target = z.string().trim().min(1, 'Needed').max(2000);
const events = z.array(z.string().min(1).max(80)).max(200);

export const listWebhookEndpoints = endpoint({
  name: 'webhook-endpoints.list',
  method: 'GET',
  path: '/webhook-endpoints',
  access: read,
  summary: 'Where happenings are sent',
  output: z.array(webhookEndpointSchema),
});
export const createWebhookEndpoint = endpoint({
  name: 'webhook-endpoints.create',
  method: 'POST',
  path: '/webhook-endpoints',
  access: write,
  summary:
    'Send happenings to an address, signed by the Standard Webhooks convention; to Google Analytics; or as a postback',
  input: z.object({
    kind: endpointKindSchema.default('webhook'),
    name,
    target,
    events: events.default([]).describe('Names from webhook-events.list; empty for all. Only for kind webhook'),
    secret: z.string().trim().min(1).max(200).optional().describe('Of Google Analytics its API secret'),
  }),
  output: withSecret,
});
export const updateWebhookEndpoint = endpoint({
  name: 'webhook-endpoints.update',
  method: 'PATCH',
  path: '/webhook-endpoints/:endpointId',
  access: write,
  summary: 'Change an endpoint, switch it off, or on again after it was disabled',
  input: z.object({
    endpointId: id,
    name: name.optional(),
    target: target.optional(),
    events: events.optional(),
    isOn: z.boolean().optional(),
  }),
  output: webhookEndpointSchema,
});
export const rotateWebhookSecret = endpoint({
  name: 'webhook-endpoints.rotate',
  method: 'POST',
  path: '/webhook-endpoints/:endpointId/rotate',
  access: write,
  summary: 'Replace the signing secret; for another day messages carry both signatures',
  input: z.object({ endpointId: id }),
  output: withSecret,
});
export const removeWebhookEndpoint = endpoint({
  name: 'webhook-endpoints.remove',
  method: 'DELETE',
  path: '/webhook-endpoints/:endpointId',
  access: write,
  summary: 'Remove an endpoint with its log; what waits is not sent',
  input: z.object({ endpointId: id }),
  output: z.object({ removed: z.literal(true) }),
});
export const listWebhookEvents = endpoint({
  name: 'webhook-events.list',
  method: 'GET',
  path: '/webhook-events',
  access: read,
  summary: 'What can be sent',
  output: z.array(z.object({ event: z.string(), title: z.string(), group: z.string() }).meta({ id: 'WebhookEvent' })),
});
