import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { budgetSchema } from './budget.ts';
import { planDay } from './day.ts';
import { goalInput, goalSchema } from './goals.ts';
import { refusedSchema } from './roster.ts';
import { stageSchema } from './stages.ts';

export const campaignModels = ['product_seeding', 'sponsored', 'ambassadorship', 'affiliate', 'ugc', 'event'] as const;
export const campaignModelSchema = z.enum(campaignModels);
export type CampaignModel = z.infer<typeof campaignModelSchema>;

export const campaignStates = ['draft', 'live', 'ended', 'archived'] as const;
export const campaignStateSchema = z.enum(campaignStates);
export type CampaignState = z.infer<typeof campaignStateSchema>;

/** The states a campaign may go to from each. Data, so that every face offers the same steps. */
export const campaignSteps: Record<CampaignState, readonly CampaignState[]> = {
  draft: ['live', 'archived'],
  live: ['ended'],
  ended: ['live', 'archived'],
  archived: ['ended'],
};

export const campaignId = z.string().min(1).max(60);
const name = z.string().trim().min(1, 'Give the campaign a name').max(120);
const landingUrl = z.url({ protocol: /^https?$/, error: 'An address that starts with https://' }).max(2000);

export const rosterCountsSchema = z
  .object({
    creators: z.number().int(),
    waitForUs: z.number().int(),
    waitForCreator: z.number().int(),
    late: z.number().int(),
    perStage: z.record(z.string(), z.number().int()),
    deliverables: z.number().int(),
    live: z.number().int(),
  })
  .meta({
    id: 'RosterCounts',
    description: 'Creators that were not removed, and their deliverables that were not cancelled',
  });
export type RosterCounts = z.infer<typeof rosterCountsSchema>;

export const campaignSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    model: campaignModelSchema,
    modelName: z.string().describe('What the model is called here: its own name where the workspace keeps one'),
    ownModelId: z.string().nullable().describe("The workspace's own model it was planned by"),
    state: campaignStateSchema,
    startsOn: planDay,
    endsOn: planDay,
    currency: z.string(),
    landingUrl: z.string().nullable(),
    note: z.string().nullable(),
    ownerId: z.string().nullable(),
    briefVersion: z.number().int().describe('0 while no brief was saved'),
    goals: z.array(goalSchema).describe('The main goal first'),
    stages: z.array(stageSchema),
    budget: budgetSchema,
    roster: rosterCountsSchema,
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Campaign' });
export type Campaign = z.infer<typeof campaignSchema>;

export const listCampaigns = endpoint({
  name: 'campaigns.list',
  method: 'GET',
  path: '/campaigns',
  access: 'campaigns:read',
  summary: 'Campaigns, newest first, each with goals, budget and where its creators stand',
  input: z.object({
    ...pageInput,
    query: z.string().max(120).optional().describe('Part of the name'),
    states: z.array(campaignStateSchema).optional(),
  }),
  output: pageOf(campaignSchema),
});

export const createCampaign = endpoint({
  name: 'campaigns.create',
  method: 'POST',
  path: '/campaigns',
  access: 'campaigns:write',
  summary: 'Plan a campaign; its stages come from its model, and its first brief where a model of your own has one',
  input: z.object({
    name,
    model: campaignModelSchema.optional().describe('Needed unless a model of your own is named'),
    ownModelId: z.string().min(1).max(60).optional().describe('A model of your own, by campaignModels.list'),
    startsOn: planDay,
    endsOn: planDay,
    currency: z.string().optional().describe("ISO 4217; the workspace's own when left out"),
    budget: moneySchema.nullable().default(null).describe('All the money there is for it; null when not decided'),
    landingUrl: landingUrl.nullable().default(null),
    note: z.string().trim().max(2000).nullable().default(null),
    ownerId: z.string().max(60).nullable().default(null),
    goals: z.array(goalInput).max(20).default([]),
  }),
  output: campaignSchema,
});

export const getCampaign = endpoint({
  name: 'campaigns.get',
  method: 'GET',
  path: '/campaigns/:campaignId',
  access: 'campaigns:read',
  summary: 'One campaign with goals, stages, budget and counts',
  input: z.object({ campaignId }),
  output: campaignSchema,
});

export const updateCampaign = endpoint({
  name: 'campaigns.update',
  method: 'PATCH',
  path: '/campaigns/:campaignId',
  access: 'campaigns:write',
  summary: 'Change name, dates, budget, owner or landing page; fields left out stay as they are',
  input: z.object({
    campaignId,
    name: name.optional(),
    startsOn: planDay.optional(),
    endsOn: planDay.optional(),
    budget: moneySchema.nullable().optional(),
    landingUrl: landingUrl.nullable().optional(),
    note: z.string().trim().max(2000).nullable().optional(),
    ownerId: z.string().max(60).nullable().optional(),
  }),
  output: campaignSchema,
});

export const changeCampaignState = endpoint({
  name: 'campaigns.changeState',
  method: 'POST',
  path: '/campaigns/:campaignId/state',
  access: 'campaigns:write',
  summary: 'Go live, end, archive or reopen a campaign',
  input: z.object({
    campaignId,
    from: campaignStateSchema.describe('The state the caller saw'),
    to: campaignStateSchema,
  }),
  output: campaignSchema,
});

export const duplicateCampaign = endpoint({
  name: 'campaigns.duplicate',
  method: 'POST',
  path: '/campaigns/:campaignId/duplicate',
  access: 'campaigns:write',
  summary: 'A new draft with the same goals, stages, brief and budget; the roster comes along when asked for',
  input: z.object({
    campaignId,
    name,
    startsOn: planDay.describe('All dates move along with it'),
    withRoster: z.boolean().default(false).describe('Enrol the same creators in the first stage'),
  }),
  output: campaignSchema.extend({
    leftOut: z.array(refusedSchema).describe('Creators of the roster who did not come along, each with the reason'),
  }),
});

export const deleteCampaign = endpoint({
  name: 'campaigns.delete',
  method: 'DELETE',
  path: '/campaigns/:campaignId',
  access: 'campaigns:write',
  summary: 'Delete a draft; anything later is archived instead, since it has a history',
  input: z.object({ campaignId }),
  output: z.object({ deleted: z.literal(true) }),
});
