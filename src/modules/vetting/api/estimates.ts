import { z } from 'zod';
import { moneySchema } from '#kernel/money.ts';

const basisShape = {
  name: z.string(),
  title: z.string(),
  formula: z.string(),
  source: z.string(),
  year: z.number().nullable().describe('Of a published table; null for what was measured'),
  n: z.number().nullable(),
  sample: z.string(),
  asOf: z.string().nullable(),
  needs: z.string().nullable().describe('Where there is no figure: what it takes'),
};

/** A figure or a range of them; money in minor units. Both ends null where it cannot be worked out. */
export const valuedRowSchema = z.discriminatedUnion('unit', [
  z.object({ unit: z.literal('count'), ...basisShape, low: z.number().nullable(), high: z.number().nullable() }),
  z.object({ unit: z.literal('share'), ...basisShape, low: z.number().nullable(), high: z.number().nullable() }),
  z.object({ unit: z.literal('money'), ...basisShape, low: moneySchema.nullable(), high: moneySchema.nullable() }),
]);
export type ValuedRow = z.infer<typeof valuedRowSchema>;

/** What only the account itself can know stands apart from what a formula makes of public figures; the two are never mixed. */
export const valueSectionSchema = z.object({
  firstParty: z.array(valuedRowSchema).describe('Measured by the platform for the owner of the account'),
  estimated: z.array(valuedRowSchema).describe('Worked out by a published formula; a range, not a measurement'),
});
export type ValueSection = z.infer<typeof valueSectionSchema>;

export const criterionSchema = z.object({
  name: z.string(),
  question: z.string(),
  answer: z.enum(['yes', 'partly', 'no', 'unknown', 'not_applicable']),
  text: z.string(),
});
export type Criterion = z.infer<typeof criterionSchema>;

export const highlightSchema = z.object({
  signal: z.string().nullable(),
  title: z.string(),
  text: z.string(),
  contribution: z.number().nullable(),
});
export const highlightsSchema = z.object({ strengths: z.array(highlightSchema), problems: z.array(highlightSchema) });
export type Highlights = z.infer<typeof highlightsSchema>;
