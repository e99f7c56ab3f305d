import { z } from 'zod';
import { pageInput } from '#kernel/page.ts';
import { searchFields } from './fields.ts';

export const filtersMax = 40;
export const textCharsMax = 20_000;

const field = z
  .string()
  .min(1)
  .max(80)
  .describe(`One of ${Object.keys(searchFields).join(', ')}, or fact.<name>`);
const not = z.boolean().optional().describe('True keeps those the filter does not match; unknown stays left out');
const bound = z.number().describe('Shares are fractions: 0.034 is 3.4 %');

/** One condition. All filters hold together (AND); the values of one filter are alternatives (OR). */
export const filterSchema = z
  .discriminatedUnion('op', [
    z.strictObject({ field, op: z.literal('in'), values: z.array(z.string().min(1).max(200)).min(1).max(2000), not }),
    z
      .strictObject({ field, op: z.literal('range'), min: bound.optional(), max: bound.optional(), not })
      .describe('Bounds inclusive'),
    z.strictObject({ field, op: z.enum(['gt', 'gte', 'lt', 'lte']), value: bound, not }),
    z.strictObject({ field, op: z.literal('within'), days: z.number().int().min(1).max(3650), not }),
    z.strictObject({ field, op: z.literal('is'), value: z.boolean(), not }),
    z.strictObject({ field, op: z.literal('known'), value: z.boolean() }),
  ])
  .meta({ id: 'SearchFilter' });
export type Filter = z.infer<typeof filterSchema>;

export const sortSchema = z.strictObject({
  field: z.string().min(1).max(80).describe('A field, or name, handle, relevance'),
  direction: z.enum(['asc', 'desc']).default('desc'),
});

/** Fields of a question, page aside. */
export const queryShape = {
  text: z
    .string()
    .max(textCharsMax)
    .optional()
    .describe('words AND, "phrases", prefix*, -exclusion, #hashtag, @handle'),
  filters: z.array(filterSchema).max(filtersMax).default([]),
  sort: sortSchema.optional().describe('Default: relevance with text, else followers, largest first'),
  facets: z
    .array(z.string().min(1).max(80))
    .max(20)
    .default([])
    .describe('Fields to count over the creators that match'),
};
/** The question without its page: what a saved search keeps. */
export const savedQuerySchema = z.strictObject(queryShape).omit({ facets: true });
export const searchQuerySchema = z.strictObject({ ...queryShape, ...pageInput });
export type SearchQuery = z.infer<typeof searchQuerySchema>;
