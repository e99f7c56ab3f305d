import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';

/**
 * What a stage means for money. considering: nothing is agreed; agreed: fee and goods are committed;
 * producing: goods have left the house; done: the work is delivered, the fee is due.
 */
export const stagePhases = ['considering', 'agreed', 'producing', 'done'] as const;
export const stagePhaseSchema = z.enum(stagePhases);
export type StagePhase = z.infer<typeof stagePhaseSchema>;

export const waitsForSchema = z.enum(['us', 'creator', 'nobody']);
export type WaitsFor = z.infer<typeof waitsForSchema>;

/** What can happen to a creator on a campaign; the modules it happens in say so, a person may say so by hand. */
export const happenings = [
  'invited',
  'accepted',
  'declined',
  'contract_signed',
  'brief_acknowledged',
  'product_picked',
  'product_shipped',
  'product_delivered',
  'draft_submitted',
  'draft_approved',
  'post_live',
] as const;
export const happeningSchema = z.enum(happenings);
export type Happening = z.infer<typeof happeningSchema>;

export const happeningWords: Record<Happening, string> = {
  invited: 'invited',
  accepted: 'invitation accepted',
  declined: 'invitation declined',
  contract_signed: 'contract signed',
  brief_acknowledged: 'brief acknowledged',
  product_picked: 'product picked',
  product_shipped: 'product shipped',
  product_delivered: 'product delivered',
  draft_submitted: 'draft handed in',
  draft_approved: 'drafts approved',
  post_live: 'posts live',
};

/** in_order: nobody goes past the stage without having been there, or a reason; any_order: it may be passed at any time or not at all. */
export const stageGateSchema = z.enum(['in_order', 'any_order']);
export type StageGate = z.infer<typeof stageGateSchema>;

const label = z.string().trim().min(1).max(40);

export const stageSchema = z
  .object({
    name: z.string().describe('Stable key of the stage'),
    label: z.string(),
    phase: stagePhaseSchema,
    waitsFor: waitsForSchema.describe('Whose turn it is while a creator stands here'),
    patienceDays: z
      .number()
      .int()
      .nullable()
      .describe('After so many days in the stage a creator counts as late; null: never'),
    task: z.string().nullable().describe('What has to happen next while a creator stands here'),
    gate: stageGateSchema.describe(
      'in_order: nobody goes past it without having been there, or a reason; any_order: it may be passed at any time or not at all',
    ),
    isOptional: z.boolean().describe('Only creators for whom it was added pass it'),
    reachedBy: z.array(happeningSchema).describe('What brings a creator here by itself'),
    needs: z.array(happeningSchema).describe('What must have happened before a creator may stand here'),
  })
  .meta({ id: 'Stage' });
export type Stage = z.infer<typeof stageSchema>;

export const stagesMax = 15;

export const stageInput = z.object({
  name: z.string().max(60).optional().describe('Key of a stage that is there; left out for a new one'),
  label,
  phase: stagePhaseSchema,
  waitsFor: waitsForSchema,
  patienceDays: z.number().int().min(1).max(365).nullable().default(null),
  task: z.string().trim().min(1).max(60).nullable().default(null),
  gate: stageGateSchema.optional().describe('As it was, any_order for a new stage, when left out'),
  isOptional: z.boolean().optional(),
  reachedBy: z.array(happeningSchema).max(happenings.length).optional(),
  needs: z.array(happeningSchema).max(happenings.length).optional(),
});

export type StageInput = z.infer<typeof stageInput>;

export const replaceStages = endpoint({
  name: 'stages.replace',
  method: 'PUT',
  path: '/campaigns/:campaignId/stages',
  access: 'campaigns:write',
  summary:
    'Rename, add, reorder and remove stages; a stage that creators stand in, or stood in when they were removed, stays',
  input: z.object({
    campaignId: z.string().min(1).max(60),
    stages: z.array(stageInput).min(1, 'A campaign needs at least one stage').max(stagesMax),
  }),
  output: z.array(stageSchema),
});
