import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { daySchema } from '#kernel/time.ts';
import {
  ambassadorSchema,
  judgementSchema,
  needStandingSchema,
  programRulesSchema,
  tierFactSchema,
  tierMoveSchema,
  tierSchema,
} from './ambassadors.ts';
import { id } from './fields.ts';

export const decisionsMax = 500;
const reason = z.string().trim().min(1, 'Say why in a few words').max(2000);

export const programSchema = programRulesSchema
  .extend({
    campaignId: z.string(),
    currency: z.string(),
    version: z.number().int().describe('0: not saved yet, what stands here is a proposal'),
    nextJudgedOn: daySchema.nullable().describe('Null while it is off or not saved'),
    savedBy: z.string().nullable(),
    savedAt: z.string().nullable(),
  })
  .meta({ id: 'AmbassadorProgram' });
export type Program = z.infer<typeof programSchema>;

export const getAmbassadors = endpoint({
  name: 'ambassadors.get',
  method: 'GET',
  path: '/campaigns/:campaignId/ambassadors',
  access: 'campaigns:read',
  summary: 'The programme of a campaign of ambassadors, who stands where, and what waits to be decided',
  input: z.object({ campaignId: id }),
  output: z.object({
    program: programSchema,
    ambassadors: z.array(ambassadorSchema).describe('By tier, the highest first, then by name'),
    notYet: z.number().int().describe('Creators on the roster who have agreed to nothing yet'),
    asOf: z.string(),
  }),
});

export const saveProgram = endpoint({
  name: 'ambassadors.save',
  method: 'PUT',
  path: '/campaigns/:campaignId/ambassadors',
  access: 'campaigns:write',
  summary: 'Set the tiers, the window and the day of judging; every version is kept',
  input: programRulesSchema.extend({
    campaignId: id,
    basedOn: z.number().int().min(0).describe('`version` as the caller saw it'),
  }),
  output: programSchema,
});

export const listJudgements = endpoint({
  name: 'ambassadors.judgements',
  method: 'GET',
  path: '/campaigns/:campaignId/ambassadors/judgements',
  access: 'campaigns:read',
  summary: 'What was judged, newest first, with its evidence and who decided what',
  input: z.object({ campaignId: id, enrolmentId: id.optional(), limit: z.number().int().min(1).max(500).default(100) }),
  output: z.array(judgementSchema),
});

export const decideTiers = endpoint({
  name: 'ambassadors.decide',
  method: 'POST',
  path: '/campaigns/:campaignId/ambassadors/decisions',
  access: 'campaigns:write',
  summary: 'Confirm what the rules propose, or overrule it with a reason that stays',
  input: z.object({
    campaignId: id,
    judgementIds: z.array(id).min(1).max(decisionsMax),
    decision: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('confirm'), reason: z.string().trim().max(2000).default('') }),
      z.object({ kind: z.literal('overrule'), tierId: id, reason }),
    ]),
  }),
  output: z.object({
    decided: z.array(judgementSchema),
    mailed: z.number().int(),
    refused: z.array(z.object({ judgementId: z.string(), message: z.string() })),
  }),
});

export const setTier = endpoint({
  name: 'ambassadors.set',
  method: 'PUT',
  path: '/enrolments/:enrolmentId/tier',
  access: 'campaigns:write',
  summary: 'Put an ambassador into a tier by hand, with a reason that stays; what waits for them is superseded',
  input: z.object({ enrolmentId: id, tierId: id, reason }),
  output: tierMoveSchema,
});

export const portalTierSchema = z
  .object({
    campaign: z.object({ id: z.string(), name: z.string() }),
    tier: tierSchema.omit({ needs: true }),
    since: daySchema,
    tiers: z.array(tierSchema.pick({ id: true, name: true, gives: true }).extend({ isMine: z.boolean() })),
    next: z
      .object({ name: z.string(), gives: tierSchema.shape.gives, needs: z.array(needStandingSchema) })
      .nullable()
      .describe('The tier above and what is still needed for it; null at the top'),
    facts: z.array(tierFactSchema.omit({ rows: true, more: true })),
    from: daySchema,
    judgedOn: daySchema.nullable().describe('When this is looked at next; null while nothing is judged'),
    moves: z.array(tierMoveSchema.omit({ judgementId: true, by: true })),
  })
  .meta({ id: 'PortalTier', description: 'Where an ambassador stands, as they see it' });
export type PortalTier = z.infer<typeof portalTierSchema>;

export const listPortalTiers = endpoint({
  name: 'portalTiers.list',
  method: 'GET',
  path: '/portal/tiers',
  access: 'portal',
  summary: 'My tier in each programme, what it gives me, and what is still needed for the next one',
  input: z.object({}),
  output: z.array(portalTierSchema),
});
