import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { personSchema } from './creator.ts';
import { id } from './fields.ts';
import { creatorRowAnswerSchema } from './read-creators.ts';

export const mergeCreators = endpoint({
  name: 'creators.merge',
  method: 'POST',
  path: '/creators/merge',
  access: 'creators:write',
  summary: 'Make two persons one; can be undone by a split',
  input: z.object({
    keptPersonId: id,
    absorbedPersonId: id,
    reason: z.string().trim().min(1).max(500).default('the same person'),
  }),
  output: personSchema,
});

export const mergeSchema = z.object({
  id,
  keptPersonId: id,
  absorbedPersonId: id,
  absorbedName: z.string().nullable(),
  reason: z.string(),
  mergedBy: z.string(),
  mergedAt: z.string(),
});

export const listMerges = endpoint({
  name: 'creators.merges',
  method: 'GET',
  path: '/creators/:personId/merges',
  access: 'creators:read',
  summary: 'What was merged into a person and can be split off again',
  input: z.object({ personId: id }),
  output: z.object({ rows: z.array(mergeSchema) }),
});

export const listRecentMerges = endpoint({
  name: 'creators.recentMerges',
  method: 'GET',
  path: '/merges',
  access: 'creators:read',
  summary: 'Merges of the whole workspace that can be undone, newest first',
  input: z.object({ limit: z.number().int().min(1).max(200).default(50) }),
  output: z.object({ rows: z.array(mergeSchema.extend({ keptName: z.string().nullable() })) }),
});

const splitLineSchema = z
  .object({
    about: z.string().nullable().describe('The campaign it is about; null for the creators themselves'),
    text: z.string(),
  })
  .meta({ id: 'SplitLine' });
export type SplitLine = z.infer<typeof splitLineSchema>;

export const previewSplit = endpoint({
  name: 'creators.splitPreview',
  method: 'GET',
  path: '/merges/:mergeId/split',
  access: 'creators:read',
  summary: 'What an undo of a merge would bring back, and what it cannot bring back; nothing is changed',
  input: z.object({ mergeId: id }),
  output: z.object({
    mergeId: id,
    keptPersonId: id,
    keptName: z.string(),
    restoredPersonId: id,
    restoredName: z.string(),
    asOf: z.string().describe('The instant it was looked at'),
    comesBack: z.array(splitLineSchema),
    stays: z.array(splitLineSchema).describe('What stays as it is now, whatever is undone'),
  }),
});

export const splitCreators = endpoint({
  name: 'creators.split',
  method: 'POST',
  path: '/merges/:mergeId/split',
  access: 'creators:write',
  summary: 'Undo a merge',
  input: z.object({ mergeId: id }),
  output: z.object({ kept: personSchema, restored: personSchema }),
});

export const listMergeCandidates = endpoint({
  name: 'creators.mergeCandidates',
  method: 'GET',
  path: '/creators/merge-candidates',
  access: 'creators:read',
  summary: 'Pairs of creators who may be one person, with the reasons, strongest first',
  input: z.object({ limit: z.number().int().min(1).max(200).default(50) }),
  output: z.object({
    rows: z.array(z.object({ a: creatorRowAnswerSchema, b: creatorRowAnswerSchema, reasons: z.array(z.string()) })),
  }),
});

export const keepApart = endpoint({
  name: 'creators.keepApart',
  method: 'POST',
  path: '/creators/keep-apart',
  access: 'creators:write',
  summary: 'Say that two creators are not one person, so that they are not proposed again',
  input: z.object({ personA: id, personB: id }),
  output: z.object({ ok: z.literal(true) }),
});
