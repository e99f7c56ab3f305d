import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { instantSchema } from '#kernel/time.ts';
import { searchAnswerSchema } from './answer.ts';
import { queryShape, savedQuerySchema } from './query.ts';

const searchName = z.string().trim().min(1).max(120);

export const savedSearchSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    query: savedQuerySchema,
    createdBy: z.string(),
    createdAt: instantSchema,
  })
  .meta({ id: 'SavedSearch' });
export type SavedSearch = z.infer<typeof savedSearchSchema>;
export const listSearches = endpoint({
  name: 'searches.list',
  method: 'GET',
  path: '/saved-searches',
  access: 'discovery:read',
  summary: 'Saved searches, by name',
  input: z.object(pageInput),
  output: pageOf(savedSearchSchema),
});
export const saveSearch = endpoint({
  name: 'searches.save',
  method: 'POST',
  path: '/saved-searches',
  access: 'discovery:write',
  summary: 'Save a search',
  input: z.object({ name: searchName, query: savedQuerySchema }),
  output: savedSearchSchema,
});
export const deleteSearch = endpoint({
  name: 'searches.delete',
  method: 'DELETE',
  path: '/saved-searches/:searchId',
  access: 'discovery:write',
  summary: 'Delete a saved search',
  input: z.object({ searchId: z.string().max(60) }),
  output: z.null(),
});
export const runSearch = endpoint({
  name: 'searches.run',
  method: 'POST',
  path: '/saved-searches/:searchId/run',
  access: 'discovery:read',
  summary: 'Run a saved search',
  input: z.object({ searchId: z.string().max(60), facets: queryShape.facets, ...pageInput }),
  output: searchAnswerSchema,
});
