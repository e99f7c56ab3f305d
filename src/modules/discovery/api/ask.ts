import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { savedQuerySchema } from './query.ts';

const spanShape = {
  words: z.string().describe('As they stand in the question'),
  at: z.number().int().describe('Characters before them'),
  length: z.number().int(),
};

export const askedPartSchema = z.object({
  kind: z.enum(['filter', 'text', 'about', 'sort', 'calculation', 'similarTo', 'audienceLike']),
  filter: z.number().int().nullable().describe('Its place among the filters of the query'),
  ...spanShape,
  remark: z.string().nullable().describe('How an unclear word was read'),
});
export type AskedPart = z.infer<typeof askedPartSchema>;

export const askAnswerSchema = z
  .object({
    by: z.enum(['rules', 'model']),
    query: savedQuerySchema.describe('Ready to be searched, shown and changed'),
    parts: z.array(askedPartSchema).describe('What each part of the question became'),
    unclear: z
      .array(z.object({ ...spanShape, message: z.string() }))
      .describe('What was not understood, and is not asked for'),
    total: z.number().int().nullable().describe('Creators that match; null when the index was not ready'),
    canAskModel: z.boolean().describe('A language model is configured and can be asked to read the question too'),
  })
  .meta({ id: 'AskAnswer' });
export type AskAnswer = z.infer<typeof askAnswerSchema>;

const question = z.string().max(10_000).describe('A question in plain words');

export const askDiscovery = endpoint({
  name: 'discovery.ask',
  method: 'POST',
  path: '/discovery/ask',
  access: 'discovery:read',
  summary: 'Read a question in plain words into filters, by rules alone',
  input: z.object({ question }),
  output: askAnswerSchema,
});

export const askModel = endpoint({
  name: 'discovery.ask-model',
  method: 'POST',
  path: '/discovery/ask/model',
  access: 'discovery:read',
  summary: 'Let the configured language model read the question; its filters are checked like all others',
  input: z.object({ question: question.min(1) }),
  output: askAnswerSchema,
});
