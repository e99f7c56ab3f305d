import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { planDay } from './day.ts';

/** Where an amount stands on its way out of the house. */
export const costStates = ['committed', 'due', 'paid'] as const;
export const costStateSchema = z.enum(costStates);
export type CostState = z.infer<typeof costStateSchema>;

export const costKinds = ['shipping', 'agency', 'tools', 'ads', 'production', 'other'] as const;
export const costKindSchema = z.enum(costKinds);
export type CostKind = z.infer<typeof costKindSchema>;

const split = z.object({ proposed: moneySchema, committed: moneySchema, due: moneySchema, paid: moneySchema });

export const budgetSchema = z
  .object({
    currency: z.string(),
    total: moneySchema.nullable().describe('Null while no budget was set'),
    proposed: moneySchema.describe('Fees, goods and postage of creators not agreed with yet; not part of spent'),
    committed: moneySchema,
    due: moneySchema,
    paid: moneySchema,
    spent: moneySchema.describe('committed + due + paid'),
    free: moneySchema.nullable().describe('total - spent; below zero when over budget; null without a budget'),
    isOver: z.boolean(),
    over: moneySchema.nullable().describe('By how much the budget is passed; null when it is not'),
    byKind: z.object({ fees: split, goods: split, postage: split, other: split }),
    postageAssumed: moneySchema.describe(
      'Of the postage, what stands for parcels that none was entered for: the rate of the seeding plan',
    ),
  })
  .meta({
    id: 'Budget',
    description: 'Fees, goods at cost of goods, postage and other costs of a campaign, by how firm they are',
  });
export type Budget = z.infer<typeof budgetSchema>;

export const costSchema = z
  .object({
    id: z.string(),
    campaignId: z.string(),
    enrolmentId: z.string().nullable(),
    kind: costKindSchema,
    amount: moneySchema,
    state: costStateSchema,
    dueOn: planDay.nullable(),
    note: z.string().nullable(),
    createdAt: z.string(),
  })
  .meta({ id: 'CampaignCost' });
export type CampaignCost = z.infer<typeof costSchema>;

const campaignId = z.string().min(1).max(60);
const costId = z.string().min(1).max(60);
const note = z.string().trim().max(500).nullable();

export const listCosts = endpoint({
  name: 'costs.list',
  method: 'GET',
  path: '/campaigns/:campaignId/costs',
  access: 'campaigns:read',
  summary: 'Costs beside fees and goods, newest first',
  input: z.object({ campaignId }),
  output: z.array(costSchema),
});

export const addCost = endpoint({
  name: 'costs.add',
  method: 'POST',
  path: '/campaigns/:campaignId/costs',
  access: 'campaigns:write',
  summary: 'Add a cost beside fees and goods: shipping, agency, tools',
  input: z.object({
    campaignId,
    kind: costKindSchema,
    amount: moneySchema,
    state: costStateSchema.default('committed'),
    enrolmentId: z.string().max(60).nullable().default(null),
    dueOn: planDay.nullable().default(null),
    note: note.default(null),
  }),
  output: costSchema,
});

export const updateCost = endpoint({
  name: 'costs.update',
  method: 'PATCH',
  path: '/campaigns/:campaignId/costs/:costId',
  access: 'campaigns:write',
  summary: 'Change amount, state, due date or note of a cost',
  input: z.object({
    campaignId,
    costId,
    kind: costKindSchema.optional(),
    amount: moneySchema.optional(),
    state: costStateSchema.optional(),
    dueOn: planDay.nullable().optional(),
    note: note.optional(),
  }),
  output: costSchema,
});

export const removeCost = endpoint({
  name: 'costs.remove',
  method: 'DELETE',
  path: '/campaigns/:campaignId/costs/:costId',
  access: 'campaigns:write',
  summary: 'Take back a cost that was entered by mistake; the audit trail keeps it',
  input: z.object({ campaignId, costId }),
  output: z.object({ removed: z.literal(true) }),
});
