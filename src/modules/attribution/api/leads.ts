import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { instantSchema } from '#kernel/time.ts';
import { campaignRefSchema, creatorRefSchema } from '#modules/tracking/api.ts';
import { touchSchema } from './orders.ts';
import { shareModelSchema } from './policy.ts';
import { read, write } from './shared.ts';

export const leadSchema = z
  .object({
    id: z.string(),
    event: z.string(),
    externalId: z.string(),
    happenedAt: instantSchema,
    rule: z.enum(['code', 'link', 'none']).nullable().describe('Null until it is decided'),
    reason: z.string().nullable(),
    model: shareModelSchema.nullable(),
    policyVersion: z.int().nullable(),
    windowDays: z.int().nullable().describe('Days before a lead in which a click counts, by the rules that decided'),
    creator: creatorRefSchema.nullable().describe('Who has the largest share'),
    campaign: campaignRefSchema.nullable(),
    touches: z.array(touchSchema).describe('Those that share it, the winner first, then those that lost'),
    isWaiting: z.boolean().describe('It names clicks that are not known yet'),
    decidedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Lead' });
export type Lead = z.infer<typeof leadSchema>;

export const leadInputSchema = z.object({
  id: z.string().trim().min(1).max(200).describe('Where it happened, unique for ever within its event'),
  event: z.string().trim().min(1).max(60).default('lead').describe('What happened, such as "sign-up"'),
  happenedAt: instantSchema,
  clickIds: z.array(z.string().max(64)).max(50).default([]).describe('Values of rapport_click the page saw'),
  codes: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
});

export const recordLeads = endpoint({
  name: 'leads.record',
  method: 'POST',
  path: '/leads',
  access: write,
  summary:
    'Steps before an order, such as sign-ups: credited by the rules, never money; the same id again changes nothing',
  input: z.object({ leads: z.array(leadInputSchema).min(1).max(1000) }),
  output: z.object({
    created: z.int(),
    unchanged: z.int(),
    leads: z.array(leadSchema).describe('In the order given, those that were there before among them'),
  }),
});
export const listLeads = endpoint({
  name: 'leads.list',
  method: 'GET',
  path: '/leads',
  access: read,
  summary: 'Leads with who is credited, newest first',
  input: z.object({
    campaignId: z.string().optional(),
    personId: z.string().optional(),
    event: z.string().optional(),
    ...pageInput,
  }),
  output: pageOf(leadSchema).extend({
    total: z.int(),
    credited: z.int().describe('Of all that fit, those a creator or campaign is credited for'),
  }),
});
export const getLead = endpoint({
  name: 'leads.get',
  method: 'GET',
  path: '/leads/:leadId',
  access: read,
  summary: 'One lead with the reason for its credit and all that lost',
  input: z.object({ leadId: z.string() }),
  output: leadSchema,
});
