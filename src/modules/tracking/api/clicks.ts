import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';
import { creatorRefSchema, read } from './shared.ts';

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
  summary:
    'Clicks and orders as they are stored, by whichever server (server-sent events ready, click, order, skipped); since, or the header Last-Event-ID, goes on where another stream ended',
  input: z.object({
    since: z.string().max(200).optional().describe('Id of the last event seen'),
    campaignId: z.string().max(60).optional(),
    personId: z.string().max(60).optional(),
  }),
});
/** Why the live view does not show everything: too much at once, or away for too long. */
export const skippedSchema = z.object({
  clicks: z.int().nullable().describe('Hits that were stored and are not shown; null when not counted'),
  reason: z.enum(['many', 'away']),
});
export type Skipped = z.infer<typeof skippedSchema>;
