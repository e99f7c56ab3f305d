import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { instantSchema } from '#kernel/time.ts';

const read = 'api-keys:read' as const;
const write = 'api-keys:write' as const;
const id = z.string().min(1).max(60);

export const messageStates = ['waiting', 'delivered', 'failed'] as const;
const stateSchema = z.enum(messageStates);

export const webhookMessageSchema = z
  .object({
    id: id.describe('Sent as webhook-id: the same at every try and replay'),
    endpointId: id,
    event: z.string(),
    state: stateSchema,
    attempts: z.int(),
    happenedAt: instantSchema,
    nextTryAt: instantSchema.nullable(),
    finishedAt: instantSchema.nullable(),
    lastStatus: z.int().nullable().describe('Null when nothing answered, or nothing was tried yet'),
    lastAnswer: z.string().nullable(),
  })
  .meta({ id: 'WebhookMessage' });
export type WebhookMessage = z.infer<typeof webhookMessageSchema>;

export const attemptSchema = z
  .object({
    number: z.int(),
    at: instantSchema,
    tookMs: z.int(),
    status: z.int().nullable(),
    answer: z.string(),
  })
  .meta({ id: 'WebhookAttempt' });

export const listWebhookMessages = endpoint({
  name: 'webhook-messages.list',
  method: 'GET',
  path: '/webhook-messages',
  access: read,
  summary: 'What was sent and what waits, newest first; kept for 30 days after it ended',
  input: z.object({
    endpointId: id,
    state: stateSchema.optional(),
    event: z.string().max(80).optional(),
    ...pageInput,
  }),
  output: pageOf(webhookMessageSchema),
});
export const getWebhookMessage = endpoint({
  name: 'webhook-messages.get',
  method: 'GET',
  path: '/webhook-messages/:messageId',
  access: read,
  summary: 'One message with its body and every try',
  input: z.object({ messageId: id }),
  output: webhookMessageSchema.extend({ body: z.string(), tries: z.array(attemptSchema) }),
});
export const replayWebhookMessage = endpoint({
  name: 'webhook-messages.replay',
  method: 'POST',
  path: '/webhook-messages/:messageId/replay',
  access: write,
  summary: 'Send a message again, with the same id and body',
  input: z.object({ messageId: id }),
  output: webhookMessageSchema,
});
export const replayFailedWebhooks = endpoint({
  name: 'webhook-endpoints.replay',
  method: 'POST',
  path: '/webhook-endpoints/:endpointId/replay',
  access: write,
  summary: 'Send again what failed since a time; with all, also what was delivered',
  input: z.object({ endpointId: id, since: instantSchema, all: z.boolean().default(false) }),
  output: z.object({ replayed: z.int() }),
});
export const testWebhookEndpoint = endpoint({
  name: 'webhook-endpoints.test',
  method: 'POST',
  path: '/webhook-endpoints/:endpointId/test',
  access: write,
  summary: 'Send a message named webhook.test now and tell what was answered',
  input: z.object({ endpointId: id }),
  output: webhookMessageSchema,
});
