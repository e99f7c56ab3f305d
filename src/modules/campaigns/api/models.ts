import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { briefSchema } from './brief.ts';
import { type CampaignModel, campaignModelSchema } from './campaign.ts';
import { goalMetricSchema } from './goal-metrics.ts';
import { stageInput, stageSchema, stagesMax } from './stages.ts';

/** How campaigns of a model differ in what the program does, as data. */
export interface ModelTraits {
  label: string;
  /** One line for whoever chooses. */
  summary: string;
  /** Goods are sent: who is on the do-not-gift list cannot come in. */
  sendsGoods: boolean;
  /** posted: the creator publishes; approved: the brand gets the piece to show, and nobody posts it. */
  pieceEnds: 'posted' | 'approved';
  /** Nobody agreed on pieces beforehand, so a post that is found is one. */
  takesFoundPosts: boolean;
  /** What connects creator and brand where no fee is agreed, as rules of labels see it. */
  relation: 'paid' | 'gifted' | 'affiliate';
}

export const campaignModelTraits: Record<CampaignModel, ModelTraits> = {
  product_seeding: {
    label: 'Product seeding',
    summary: 'Send goods, ask for nothing, see who posts',
    sendsGoods: true,
    pieceEnds: 'posted',
    takesFoundPosts: true,
    relation: 'gifted',
  },
  sponsored: {
    label: 'Sponsored content',
    summary: 'Agree on content, fee and dates',
    sendsGoods: false,
    pieceEnds: 'posted',
    takesFoundPosts: false,
    relation: 'paid',
  },
  ambassadorship: {
    label: 'Ambassadorship',
    summary: 'A relation over months, with a trial first',
    sendsGoods: false,
    pieceEnds: 'posted',
    takesFoundPosts: false,
    relation: 'paid',
  },
  affiliate: {
    label: 'Affiliate only',
    summary: 'A link and a code each, a share of the orders, no fee',
    sendsGoods: false,
    pieceEnds: 'posted',
    takesFoundPosts: true,
    relation: 'affiliate',
  },
  ugc: {
    label: 'Content for your channels',
    summary: 'Creators make pieces with rights; you show them, they do not post',
    sendsGoods: false,
    pieceEnds: 'approved',
    takesFoundPosts: false,
    relation: 'paid',
  },
  event: {
    label: 'Event',
    summary: 'Invite, confirm, meet on the day, see what they post of it',
    sendsGoods: false,
    pieceEnds: 'posted',
    takesFoundPosts: true,
    relation: 'gifted',
  },
};

export const modelGoalSchema = z.object({ metric: goalMetricSchema }).meta({
  id: 'ModelGoal',
  description: 'What a campaign of the model is usually measured by; its target is set when it is planned',
});
export type ModelGoal = z.infer<typeof modelGoalSchema>;

export const campaignModelEntrySchema = z
  .object({
    id: z.string().describe('Of one of your own, or the name of one that comes with the program'),
    name: z.string(),
    summary: z.string(),
    isBuiltIn: z.boolean(),
    model: campaignModelSchema.describe('The model it works like'),
    stages: z.array(stageSchema),
    goals: z.array(modelGoalSchema),
    brief: briefSchema.nullable().describe('What a brief begins with, its days as if the campaign began today'),
    campaigns: z.number().int().describe('Campaigns planned by it'),
    updatedAt: z.string().nullable(),
  })
  .meta({ id: 'CampaignModelEntry' });
export type CampaignModelEntry = z.infer<typeof campaignModelEntrySchema>;

export const modelGoalsMax = 10;
const modelId = z.string().min(1).max(60);
const name = z.string().trim().min(1, 'Give the model a name').max(60);
const summary = z.string().trim().max(160);
const goals = z.array(modelGoalSchema).max(modelGoalsMax);
const stages = z.array(stageInput).min(1, 'A campaign needs at least one stage').max(stagesMax);

export const listCampaignModels = endpoint({
  name: 'campaignModels.list',
  method: 'GET',
  path: '/campaign-models',
  access: 'campaigns:read',
  summary: 'Models a campaign may be planned by: your own by name, then the six that come with the program',
  output: z.array(campaignModelEntrySchema),
});

export const createCampaignModel = endpoint({
  name: 'campaignModels.create',
  method: 'POST',
  path: '/campaign-models',
  access: 'campaigns:write',
  summary: 'Keep a model of your own: from a campaign as it stands, or from one that comes with the program',
  input: z.object({
    name,
    summary: summary.default(''),
    fromCampaignId: z.string().min(1).max(60).optional().describe('Its stages, goals and newest brief are taken over'),
    model: campaignModelSchema.optional().describe('The model it works like; needed without a campaign'),
    stages: stages.optional().describe('Those of the campaign or the model when left out'),
    goals: goals.optional(),
  }),
  output: campaignModelEntrySchema,
});

export const updateCampaignModel = endpoint({
  name: 'campaignModels.update',
  method: 'PATCH',
  path: '/campaign-models/:modelId',
  access: 'campaigns:write',
  summary: 'Change a model of your own; campaigns planned by it stay as they are',
  input: z.object({
    modelId,
    name: name.optional(),
    summary: summary.optional(),
    stages: stages.optional(),
    goals: goals.optional(),
    briefOf: z
      .string()
      .min(1)
      .max(60)
      .nullable()
      .optional()
      .describe('The campaign whose newest brief it begins with from now on; null for none'),
  }),
  output: campaignModelEntrySchema,
});

export const removeCampaignModel = endpoint({
  name: 'campaignModels.remove',
  method: 'DELETE',
  path: '/campaign-models/:modelId',
  access: 'campaigns:write',
  summary: 'Remove a model of your own; campaigns planned by it keep everything, its name too',
  input: z.object({ modelId }),
});
