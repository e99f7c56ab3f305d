import { z } from 'zod';
import { pageInput } from '#kernel/page.ts';
import { priceFormats, priceOrigins, searchFields } from './fields.ts';

export const filtersMax = 40;
export const textCharsMax = 20_000;

const field = z
  .string()
  .min(1)
  .max(80)
  .describe(`One of ${Object.keys(searchFields).join(', ')}, or fact.<name>`);
const not = z.boolean().optional().describe('True keeps those the filter does not match; unknown stays left out');
const currency = z.string().length(3).describe('ISO 4217. Prices in another currency are unknown, never converted');
const minor = z
  .string()
  .regex(/^\d{1,15}$/)
  .describe('Minor units: "25000" is 250.00');
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
    z
      .strictObject({
        field,
        op: z.literal('share'),
        values: z.array(z.string().min(1).max(200)).min(1).max(200),
        min: z.number().optional().describe('Least share of the audience, 0 to 1; each field has its default'),
        not,
      })
      .describe('The shares of the values together reach min; of interests, which overlap, the largest does'),
    z
      .strictObject({
        field,
        op: z.literal('price'),
        currency,
        minMinor: minor.optional(),
        maxMinor: minor.optional(),
        format: z.enum(priceFormats).optional().describe('Default: any format'),
        origins: z
          .array(z.enum(priceOrigins))
          .min(1)
          .optional()
          .describe('Default rate_card and creator; estimate, a published band, only when named'),
        not,
      })
      .describe('One price lies within the bounds; of a band, some of it does'),
    z
      .strictObject({
        field,
        op: z.literal('near'),
        lat: z.number().optional(),
        lon: z.number().optional(),
        place: z.string().min(1).max(200).optional().describe('A town, in place of lat and lon'),
        country: z.string().min(2).max(60).optional().describe('Of the town, where its name is not enough'),
        km: z.number().describe('Up to this far, great circle'),
        not,
      })
      .describe('Within a distance of a point or town'),
  ])
  .meta({ id: 'SearchFilter' });
export type Filter = z.infer<typeof filterSchema>;
export type FilterOf<Op extends Filter['op']> = Extract<Filter, { op: Op }>;

export const sortSchema = z.strictObject({
  field: z.string().min(1).max(80).describe('A field, or name, handle, relevance'),
  direction: z.enum(['asc', 'desc']).default('desc'),
});

/** Fields of a question, page aside. */
export const queryShape = {
  calculation: z
    .enum(['average', 'median'])
    .optional()
    .describe('median: likes, comments, views and engagement are read as medians of the newest posts'),
  tolerant: z
    .boolean()
    .optional()
    .describe('Default true: when nothing matches a word, the nearest words are searched, and said so'),
  about: z
    .string()
    .min(1)
    .max(textCharsMax)
    .optional()
    .describe('Text, such as a brief: those most like it come first'),
  similarTo: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe('Id of a creator: those with the most similar content first'),
  audienceLike: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe('Id of a creator: those with the most similar audience first'),
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
  facetCurrency: currency
    .optional()
    .describe('Currency the facet of prices counts; default: the one a price filter names'),
};
/** The question without its page: what a saved search keeps. */
export const savedQuerySchema = z.strictObject(queryShape).omit({ facets: true, facetCurrency: true });
export const searchQuerySchema = z.strictObject({ ...queryShape, ...pageInput });
export type SearchQuery = z.infer<typeof searchQuerySchema>;
