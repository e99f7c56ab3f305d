import { z } from 'zod';
import { platformSchema } from '#kernel/platform.ts';

export const read = 'tracking:read' as const;
export const write = 'tracking:write' as const;
/** Creators of one campaign that one call may serve. */
export const rosterMax = 5000;

export const creatorRefSchema = z
  .object({
    personId: z.string(),
    name: z.string(),
    handle: z.string().nullable(),
    platform: platformSchema.nullable(),
  })
  .meta({ id: 'TrackedCreator', description: 'The creator a link, code or order belongs to' });
export type CreatorRef = z.infer<typeof creatorRefSchema>;
export const campaignRefSchema = z.object({ id: z.string(), name: z.string() }).meta({ id: 'TrackedCampaign' });
export type CampaignRef = z.infer<typeof campaignRefSchema>;

export const linkStates = ['live', 'paused', 'archived'] as const;
export const linkStateSchema = z.enum(linkStates);

export const rowErrorSchema = z.object({ row: z.int(), field: z.string(), message: z.string() });
export const fileAnswerSchema = z
  .object({
    read: z.int(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    skipped: z.int(),
    errorsTotal: z.int(),
    errors: z.array(rowErrorSchema).describe('At most 1,000 of them'),
  })
  .meta({ id: 'FileAnswer' });
export type FileAnswer = z.infer<typeof fileAnswerSchema>;
