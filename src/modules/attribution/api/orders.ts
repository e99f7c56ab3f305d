import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { instantSchema } from '#kernel/time.ts';
import { campaignRefSchema, creatorRefSchema } from '#modules/tracking/api.ts';
import { shareModelSchema } from './policy.ts';
import { read } from './shared.ts';

export const creditRules = ['code', 'link', 'customer', 'none'] as const;
export const occasions = ['lead', 'first', 'repeat'] as const;
export type Occasion = (typeof occasions)[number];

export const touchSchema = z
  .object({
    kind: z.enum(['code', 'click', 'customer']),
    label: z.string().describe('The code, the short link, or the earlier order that bound the customer'),
    at: instantSchema.nullable().describe('When it touched the customer; for a code the time of the order'),
    verdict: z.enum(['won', 'shared', 'lost']),
    why: z.string(),
    share: z.number().nullable().describe('Part of the order, 0 to 1; null for a touch that lost'),
    credited: moneySchema.nullable().describe('Its part of the money, net of refunds'),
    creator: creatorRefSchema.nullable(),
    campaign: campaignRefSchema.nullable(),
    linkId: z.string().nullable(),
    codeId: z.string().nullable(),
    clickId: z.string().nullable(),
  })
  .meta({ id: 'Touch' });
export type Touch = z.infer<typeof touchSchema>;

export const creditChangeSchema = z
  .object({
    at: instantSchema,
    creator: creatorRefSchema.nullable(),
    campaign: campaignRefSchema.nullable(),
    moved: moneySchema.describe('What this decision added or took; negative when it took'),
    orders: z.int().describe('1 when the order began to count for them, -1 when it ceased to'),
    rule: z.enum(creditRules),
    policyVersion: z.int(),
    cause: z.enum(['opening', 'order', 'rules']),
  })
  .meta({ id: 'CreditChange' });

export const whySchema = z
  .object({
    orderId: z.string(),
    orderedAt: instantSchema,
    model: shareModelSchema,
    policyVersion: z.int().describe('Version of the rules that decided; 0 for those that come with the program'),
    policyCampaign: campaignRefSchema.nullable().describe('Whose rules these are; null for the workspace'),
    occasion: z.enum(occasions).describe("The customer's first order, a later one, or a lead"),
    windowDays: z.int(),
    rule: z.enum(creditRules),
    reason: z.string(),
    credited: moneySchema.describe(
      'Of all shares; net of refunds, zero when nobody is credited or the order was cancelled',
    ),
    winner: touchSchema.nullable(),
    sharers: z.array(touchSchema).describe('Further touches that share the order; empty for a model with one winner'),
    losers: z.array(touchSchema),
    seen: z
      .object({ creator: creatorRefSchema.nullable(), campaign: campaignRefSchema.nullable(), reason: z.string() })
      .nullable()
      .describe('Seen or said without earning pay; never part of the credit'),
    lines: z
      .array(
        z.object({
          name: z
            .string()
            .nullable()
            .describe('Null for what stands in no line: shipping, taxes, discounts of the whole order'),
          quantity: z.int().nullable(),
          total: moneySchema,
          refunded: moneySchema.describe('Given back of this line; it lowers the shares of this line alone'),
          credited: z.array(moneySchema).describe('What is left of the line for each share, the winner first'),
        }),
      )
      .describe('By line, each share summing to its credit; empty where the source told no lines'),
    history: z.array(creditChangeSchema).describe('Every decision that moved something, oldest first, at most 200'),
    decidedAt: instantSchema,
  })
  .meta({ id: 'OrderCredit' });
export type OrderCredit = z.infer<typeof whySchema>;

export const explainOrder = endpoint({
  name: 'orders.explain',
  method: 'GET',
  path: '/orders/:orderId/why',
  access: read,
  summary: 'Why this creator: the rule that won, the touches that lost, and every change since',
  input: z.object({ orderId: z.string() }),
  output: whySchema,
});
