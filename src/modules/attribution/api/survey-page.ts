import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { daySchema } from '#kernel/time.ts';
import { creatorRefSchema } from '#modules/tracking/api.ts';
import { read, write } from './shared.ts';
import { surveyAnswerSchema } from './survey.ts';

const choiceInput = z.object({
  label: z.string().trim().min(1).max(80),
  asks: z
    .string()
    .trim()
    .min(1)
    .max(120)
    .nullable()
    .default(null)
    .describe('A second question with a line for the answer, such as "Which one?"'),
  personId: z.string().nullable().default(null).describe('The creator this choice names'),
  campaignId: z.string().nullable().default(null),
});

export const choicesMax = 20;

export const surveySchema = z
  .object({
    isOpen: z.boolean(),
    question: z.string(),
    choices: z.array(
      z.object({
        label: z.string(),
        asks: z.string().nullable(),
        creator: creatorRefSchema.nullable(),
        campaignId: z.string().nullable(),
      }),
    ),
    thanks: z.string(),
    url: z
      .string()
      .describe('Page for customers; put the id of the order behind it as ?order=, as the shop tells it to Rapport'),
  })
  .meta({ id: 'Survey' });
export type Survey = z.infer<typeof surveySchema>;

export const getSurvey = endpoint({
  name: 'survey.get',
  method: 'GET',
  path: '/survey',
  access: read,
  summary: 'What customers are asked after their order, and the page to link to',
  output: surveySchema,
});
export const setSurvey = endpoint({
  name: 'survey.set',
  method: 'PUT',
  path: '/survey',
  access: write,
  summary: 'Change what customers are asked; answers given so far stay as they are',
  input: z.object({
    isOpen: z.boolean(),
    question: z.string().trim().min(1).max(200),
    choices: z.array(choiceInput).min(1).max(choicesMax),
    thanks: z.string().trim().min(1).max(300),
  }),
  output: surveySchema,
});
export const renewSurveyLink = endpoint({
  name: 'survey.renew-link',
  method: 'POST',
  path: '/survey/renew-link',
  access: write,
  summary: 'A new address for the page; the one before ends',
  output: surveySchema,
});

const pageInput = { token: z.string().max(200) };

export const readSurveyPage = endpoint({
  name: 'survey.page',
  method: 'GET',
  path: '/survey/page/:token',
  access: 'public',
  inWorkspace: false,
  summary: 'What the page behind a survey link asks',
  input: z.object(pageInput),
  output: z.object({
    brand: z.string(),
    question: z.string(),
    choices: z.array(z.object({ label: z.string(), asks: z.string().nullable() })),
    thanks: z.string(),
  }),
});
export const answerSurveyPage = endpoint({
  name: 'survey.answer-page',
  method: 'POST',
  path: '/survey/page/:token',
  access: 'public',
  inWorkspace: false,
  summary: 'One answer; the first of an order stays, the same again changes nothing',
  input: z.object({
    ...pageInput,
    order: z.string().trim().min(1).max(200).optional().describe("The order's id at its shop"),
    choice: z.int().min(0).max(choicesMax).describe('Place of the choice, from 0'),
    text: z.string().trim().max(500).optional().describe('Answer to what the choice asks'),
    key: z.string().min(8).max(80).describe('Made once by the page, so that a repeat is seen'),
  }),
  output: z.object({ isNew: z.boolean() }),
});

export const assignAnswer = endpoint({
  name: 'survey.assign',
  method: 'POST',
  path: '/survey/answers/:answerId/creator',
  access: write,
  summary: 'Say by hand whom an answer names; null for nobody',
  input: z.object({
    answerId: z.string(),
    personId: z.string().nullable(),
    campaignId: z.string().nullable().default(null),
  }),
  output: surveyAnswerSchema,
});

export const surveySummarySchema = z
  .object({
    from: daySchema,
    to: daySchema,
    answers: z.int(),
    named: z.int().describe('Answers that name a creator'),
    rows: z
      .array(
        z.object({
          creator: creatorRefSchema.nullable(),
          said: z.int().describe('Answers that name them'),
          agrees: z.int().describe('Of those, answers to orders they are paid for by code, link or customer'),
          others: z.int().describe('Answers to orders somebody else is paid for'),
          nobody: z.int().describe('Answers to orders nobody is paid for'),
          unknown: z.int().describe('Answers without a known order'),
          tracked: z.int().describe('Orders they are paid for in the period, whatever customers said'),
        }),
      )
      .describe('Most named first, at most 200'),
  })
  .meta({ id: 'SurveySummary' });
export type SurveySummary = z.infer<typeof surveySummarySchema>;

export const getSurveySummary = endpoint({
  name: 'survey.summary',
  method: 'GET',
  path: '/survey/summary',
  access: read,
  summary: 'What customers said beside what was tracked, by creator; never added',
  input: z.object({
    from: daySchema.optional().describe('90 days before the last day when left out'),
    to: daySchema.optional().describe('Today when left out; days in the time zone of the workspace'),
  }),
  output: surveySummarySchema,
});
