import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';

const id = z.string().min(1).max(60);
const figure = z.number().nullable().describe('Null is not known');

export const contentReadingSchema = z
  .object({
    observedAt: instantSchema,
    source: z.string(),
    likes: figure,
    comments: figure,
    views: figure,
    shares: figure,
    saves: figure,
  })
  .meta({ id: 'ContentReading' });
export type ContentReading = z.infer<typeof contentReadingSchema>;

export const listReadings = endpoint({
  name: 'contentAssets.readings',
  method: 'GET',
  path: '/content-assets/:assetId/readings',
  access: 'content:read',
  summary: 'Every reading of a captured post’s figures, the oldest first; of more than 500 the newest',
  input: z.object({ assetId: id }),
  output: z.object({ readings: z.array(contentReadingSchema) }),
});

export const foundMetrics = ['likes', 'comments', 'views', 'shares', 'saves'] as const;

export const foundResultSchema = z
  .object({
    deliverableId: z.string(),
    assetId: z.string(),
    title: z.string(),
    person: z.object({ id: z.string(), name: z.string() }),
    source: z.string(),
    observedAt: instantSchema,
    values: z.array(
      z.object({
        metric: z.enum(foundMetrics),
        value: z.number().int(),
        current: z.number().nullable().describe('The measured result of now; null without one'),
      }),
    ),
  })
  .meta({ id: 'FoundResult' });
export type FoundResult = z.infer<typeof foundResultSchema>;

export const listFoundResults = endpoint({
  name: 'contentCapture.results',
  method: 'GET',
  path: '/campaigns/:campaignId/found-results',
  access: 'content:read',
  summary: 'Figures of captured posts that are no results of their deliverables yet, or are newer than those',
  input: z.object({ campaignId: id }),
  output: z.object({ rows: z.array(foundResultSchema) }),
});

export const takeFoundResults = endpoint({
  name: 'contentCapture.takeResults',
  method: 'POST',
  path: '/campaigns/:campaignId/found-results',
  access: 'campaigns:write',
  summary: 'Make them results, of the deliverables named or of all',
  input: z.object({ campaignId: id, deliverableIds: z.array(id).min(1).max(2000).optional() }),
  output: z.object({ taken: z.number().int().describe('Deliverables whose results changed') }),
});
