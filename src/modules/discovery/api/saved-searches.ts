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
    alerts: z.boolean().describe('New matches are told of'),
    checkedAt: instantSchema.nullable().describe('When new matches were last looked for'),
    checkFault: z.string().nullable().describe('Why the last look failed'),
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
  input: z.object({ name: searchName, query: savedQuerySchema, alerts: z.boolean().default(false) }),
  output: savedSearchSchema,
});
export const updateSearch = endpoint({
  name: 'searches.update',
  method: 'PATCH',
  path: '/saved-searches/:searchId',
  access: 'discovery:write',
  summary: 'Rename a saved search, change what it asks, or switch alerts on new matches',
  input: z.object({
    searchId: z.string().max(60),
    name: searchName.optional(),
    query: savedQuerySchema.optional(),
    alerts: z.boolean().optional(),
  }),
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

export const checkSearch = endpoint({
  name: 'searches.check',
  method: 'POST',
  path: '/saved-searches/:searchId/check',
  access: 'discovery:write',
  summary: 'Look for new matches of a saved search with alerts now',
  input: z.object({ searchId: z.string().max(60) }),
  output: z.object({ found: z.number().int(), search: savedSearchSchema }),
});

export const searchNoticeSchema = z
  .object({
    id: z.string(),
    searchId: z.string(),
    searchName: z.string(),
    foundAt: instantSchema,
    creators: z.number().int(),
    isSeen: z.boolean().describe('By the caller'),
  })
  .meta({ id: 'SearchNotice' });
export type SearchNotice = z.infer<typeof searchNoticeSchema>;
export const listSearchNotices = endpoint({
  name: 'searches.notices',
  method: 'GET',
  path: '/search-notices',
  access: 'discovery:read',
  summary: 'New matches of saved searches, newest first',
  input: z.object(pageInput),
  output: pageOf(searchNoticeSchema),
});
export const getSearchNotice = endpoint({
  name: 'searches.notice',
  method: 'GET',
  path: '/search-notices/:noticeId',
  access: 'discovery:read',
  summary: 'The creators of one notice',
  input: z.object({ noticeId: z.string().max(60) }),
  output: z.object({ notice: searchNoticeSchema, personIds: z.array(z.string()).describe('At most 2,000') }),
});
export const seeSearchNotices = endpoint({
  name: 'searches.see-notices',
  method: 'POST',
  path: '/search-notices/seen',
  access: 'discovery:read',
  summary: 'Mark notices as seen by the caller',
  input: z.object({ noticeIds: z.array(z.string().max(60)).min(1).max(500) }),
  output: z.object({ seen: z.number().int() }),
});

export const askedSearchSchema = z.object({
  typed: z.string(),
  query: savedQuerySchema,
  total: z.number().int(),
  askedAt: instantSchema,
});
export type AskedSearch = z.infer<typeof askedSearchSchema>;
export const searchHistory = endpoint({
  name: 'searches.history',
  method: 'GET',
  path: '/search-history',
  access: 'discovery:read',
  summary: 'What the caller asked before, newest first, each question once',
  input: z.object({ limit: z.number().int().min(1).max(100).default(20) }),
  output: z.object({ rows: z.array(askedSearchSchema) }),
});
export const rememberSearch = endpoint({
  name: 'searches.remember',
  method: 'POST',
  path: '/search-history',
  access: 'discovery:read',
  summary: 'Add a question to the history of the caller',
  input: z.object({
    typed: z.string().max(10_000).default(''),
    query: savedQuerySchema,
    total: z.number().int().min(0),
  }),
  output: z.null(),
});
export const forgetSearches = endpoint({
  name: 'searches.forget-history',
  method: 'DELETE',
  path: '/search-history',
  access: 'discovery:read',
  summary: 'Forget what the caller asked',
  output: z.object({ forgotten: z.number().int() }),
});
