import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';

/** Fewer own deals than this give no rate. */
export const feeDealsMin = 5;

export const feeBasisSchema = z.object({
  kind: z
    .enum(['own_history', 'own_rate'])
    .describe('own_history: what this creator was paid before; own_rate: what own deals paid for an engagement'),
  low: moneySchema,
  middle: moneySchema,
  high: moneySchema,
  text: z.string(),
  n: z.number().int().describe('Deals it is taken from'),
});
export type FeeBasis = z.infer<typeof feeBasisSchema>;

export const feeSuggestionSchema = z
  .object({
    pieces: z.number().int().describe('Pieces it is for'),
    bases: z.array(feeBasisSchema).describe('The firmest first; empty when there is not enough data'),
    missing: z.string().nullable().describe('Why there is none, or what is not known'),
  })
  .meta({
    id: 'FeeSuggestion',
    description: 'A fee from what was paid and reached before, never from the number of followers',
  });
export type FeeSuggestion = z.infer<typeof feeSuggestionSchema>;

export const suggestFee = endpoint({
  name: 'roster.suggestFee',
  method: 'GET',
  path: '/enrolments/:enrolmentId/fee-suggestion',
  access: 'campaigns:read',
  summary: 'A fee from what this creator was paid before and what own deals paid for an engagement',
  input: z.object({ enrolmentId: z.string().min(1).max(60) }),
  output: feeSuggestionSchema,
});
