import { z } from 'zod';
import { moneySchema } from '#kernel/money.ts';

/**
 * How far a figure can be trusted to be the whole: at_least and at_most when something is missing that can only move it one way.
 */
export const bounds = ['exact', 'at_least', 'at_most'] as const;
export type Bound = (typeof bounds)[number];

export const intervalSchema = z
  .object({
    low: z.number(),
    high: z.number(),
    level: z.number().describe('0.8 for an 80 % interval'),
    method: z.string(),
  })
  .meta({ id: 'ReportInterval' });
export type Interval = z.infer<typeof intervalSchema>;

const about = {
  reason: z.string().nullable().describe('Why there is no value; null when there is one'),
  formula: z.string(),
  source: z.string(),
  n: z.string().nullable().describe('Sample, in words'),
  asOf: z.string().nullable().describe('The instant the data run to'),
  bound: z.enum(bounds),
  note: z.string().nullable().describe('What makes it a bound, or else has to be known beside it'),
};

export const figureSchema = z
  .object({
    kind: z.enum(['count', 'share', 'ratio']),
    value: z.number().nullable().describe('Null is not measured; 0 is measured to be nothing'),
    ...about,
    interval: intervalSchema.nullable(),
    intervalReason: z.string().nullable().describe('Why there is no interval, where one is usual'),
  })
  .meta({ id: 'ReportFigure' });
export type Figure = z.infer<typeof figureSchema>;

export const moneyFigureSchema = z
  .object({ kind: z.literal('money'), value: moneySchema.nullable(), ...about })
  .meta({ id: 'ReportMoneyFigure' });
export type MoneyFigure = z.infer<typeof moneyFigureSchema>;

/** Measured results of content; what was only estimated stands beside them and is never added. */
export const contentFigureSchema = figureSchema
  .extend({
    known: z.int().describe('Live deliverables with a measured value'),
    typed: z.int().describe('Of the known ones, those a person typed from a screenshot'),
    live: z.int().describe('Live deliverables'),
    estimated: z
      .object({ value: z.number(), known: z.int() })
      .nullable()
      .describe('Sum over deliverables of which only an estimate is known'),
    estimateShare: z.number().nullable().describe('Estimated / (measured + estimated)'),
  })
  .meta({ id: 'ReportContentFigure' });
export type ContentFigure = z.infer<typeof contentFigureSchema>;

/** A figure in a table: its value, or why there is none. */
export const countCellSchema = z.object({ value: z.number().nullable(), reason: z.string().nullable() });
export type CountCell = z.infer<typeof countCellSchema>;
export const moneyCellSchema = z.object({ value: moneySchema.nullable(), reason: z.string().nullable() });
export type MoneyCell = z.infer<typeof moneyCellSchema>;
export const returnCellSchema = countCellSchema.extend({
  interval: intervalSchema.nullable(),
  intervalReason: z.string().nullable(),
});
export type ReturnCell = z.infer<typeof returnCellSchema>;
