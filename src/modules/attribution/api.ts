import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { instantSchema } from '#kernel/time.ts';
import { campaignRefSchema, creatorRefSchema } from '#modules/tracking/api.ts';

const attributionModels = ['last_touch'] as const;
const creditRules = ['code', 'link', 'none'] as const;

export const touchSchema = z
  .object({
    kind: z.enum(['code', 'click']),
    label: z.string().describe('The code, or the short link'),
    at: instantSchema.nullable().describe('When it touched the customer; for a code the time of the order'),
    verdict: z.enum(['won', 'lost']),
    why: z.string(),
    creator: creatorRefSchema.nullable(),
    campaign: campaignRefSchema.nullable(),
    linkId: z.string().nullable(),
    codeId: z.string().nullable(),
    clickId: z.string().nullable(),
  })
  .meta({ id: 'Touch' });
export type Touch = z.infer<typeof touchSchema>;

export const whySchema = z
  .object({
    orderId: z.string(),
    orderedAt: instantSchema,
    model: z.enum(attributionModels),
    windowDays: z.int(),
    rule: z.enum(creditRules),
    reason: z.string(),
    credited: moneySchema.describe('Net of refunds; zero when nobody is credited or the order was cancelled'),
    winner: touchSchema.nullable(),
    losers: z.array(touchSchema),
    decidedAt: instantSchema,
  })
  .meta({ id: 'OrderCredit' });
export type OrderCredit = z.infer<typeof whySchema>;

export const explainOrder = endpoint({
  name: 'orders.explain',
  method: 'GET',
  path: '/orders/:orderId/why',
  access: 'tracking:read',
  summary: 'Why this creator: the rule that won, and the touches that lost',
  input: z.object({ orderId: z.string() }),
  output: whySchema,
});

export const attributionSettingsSchema = z.object({
  windowDays: z.int().min(1).max(365).describe('Days before the order in which a click still counts'),
});
export const getAttributionSettings = endpoint({
  name: 'attribution.settings',
  method: 'GET',
  path: '/attribution/settings',
  access: 'tracking:read',
  summary: 'How credit is given',
  output: attributionSettingsSchema,
});
export const updateAttributionSettings = endpoint({
  name: 'attribution.set',
  method: 'PUT',
  path: '/attribution/settings',
  access: 'tracking:write',
  summary: 'Change the window; every order is decided anew',
  input: attributionSettingsSchema,
  output: attributionSettingsSchema,
});
