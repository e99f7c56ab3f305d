import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { searchAnswerSchema } from './answer.ts';
import { searchQuerySchema } from './query.ts';

export const searchCreators = endpoint({
  name: 'discovery.search',
  method: 'POST',
  path: '/discovery/search',
  access: 'discovery:read',
  summary: 'Find creators by text and filters, with counts and reasons',
  input: searchQuerySchema,
  output: searchAnswerSchema,
});

export const searchValues = endpoint({
  name: 'discovery.values',
  method: 'GET',
  path: '/discovery/values',
  access: 'discovery:read',
  summary: 'Known values of a field, by the letters they hold',
  input: z.object({
    field: z.string().max(80),
    text: z.string().max(100).default(''),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  output: z.object({ values: z.array(z.object({ value: z.string(), count: z.number().int() })) }),
});
