import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';
import { evidenceSchema } from './evidence.ts';
import {
  decisionPoints,
  decisionVerdictSchema,
  machineVerdictSchema,
  reportSchema,
  verdictSchema,
  vettingSchema,
} from './report.ts';

const personInput = { personId: z.string().max(64), profileId: z.string().max(64).optional() };

export const getVetting = endpoint({
  name: 'vetting.get',
  method: 'GET',
  path: '/creators/:personId/vetting',
  access: 'vetting:read',
  summary: 'The latest report of a creator, computed now when there is none or its data have changed',
  input: z.object(personInput),
  output: vettingSchema,
});

export const runVetting = endpoint({
  name: 'vetting.run',
  method: 'POST',
  path: '/creators/:personId/vetting/run',
  access: 'vetting:write',
  summary: 'Compute the report again now',
  input: z.object(personInput),
  output: vettingSchema,
});

export const findVetting = endpoint({
  name: 'vetting.find',
  method: 'GET',
  path: '/vetting/report',
  access: 'vetting:read',
  summary: 'The latest report of the creator with a handle',
  input: z.object({ handle: z.string().min(1).max(300), platform: platformSchema.optional() }),
  output: vettingSchema,
});

export const downloadReport = endpoint({
  name: 'vetting.download',
  method: 'GET',
  path: '/creators/:personId/vetting/report.json',
  access: 'vetting:read',
  summary: 'The latest report as a JSON file, with its verdicts',
  transport: 'download',
  input: z.object(personInput),
});

export const downloadCsv = endpoint({
  name: 'vetting.csv',
  method: 'GET',
  path: '/creators/:personId/vetting/report.csv',
  access: 'vetting:read',
  summary: 'The latest report as a CSV file: a row for each thing it says',
  transport: 'download',
  input: z.object(personInput),
});

export const downloadPdf = endpoint({
  name: 'vetting.pdf',
  method: 'GET',
  path: '/creators/:personId/vetting/report.pdf',
  access: 'vetting:read',
  summary: 'The latest report as a tagged PDF, with its verdicts',
  transport: 'download',
  input: z.object(personInput),
});

const rate = z.number().nullable();
const changedRows = z.array(evidenceSchema);
export const changeSchema = z.object({
  name: z.string(),
  title: z.string(),
  from: rate,
  to: rate,
  text: z.string(),
  added: changedRows.optional().describe('Rows behind it that are new or different; the first 10'),
  removed: changedRows.optional().describe('Rows that no longer count; the first 10'),
});
export type Change = z.infer<typeof changeSchema>;

export const listReports = endpoint({
  name: 'vetting.reports',
  method: 'GET',
  path: '/creators/:personId/vetting/reports',
  access: 'vetting:read',
  summary: 'Earlier reports, newest first, each with what changed since the one before',
  input: z.object({ ...personInput, ...pageInput }),
  output: pageOf(
    z.object({
      id: z.string(),
      computedAt: instantSchema,
      rulesVersion: z.string(),
      score: z.number().nullable(),
      verdict: machineVerdictSchema,
      changes: z.array(changeSchema).nullable().describe('Null for the first report'),
    }),
  ),
});

export const getReport = endpoint({
  name: 'vetting.report',
  method: 'GET',
  path: '/creators/:personId/vetting/reports/:reportId',
  access: 'vetting:read',
  summary: 'A report as it was computed',
  input: z.object({ personId: z.string().max(64), reportId: z.string().max(64) }),
  output: reportSchema,
});

export const listEvidence = endpoint({
  name: 'vetting.evidence',
  method: 'GET',
  path: '/creators/:personId/vetting/reports/:reportId/evidence',
  access: 'vetting:read',
  summary: 'The rows behind a signal of a report',
  input: z.object({
    personId: z.string().max(64),
    reportId: z.string().max(64),
    signal: z.string().max(64),
    ...pageInput,
  }),
  output: pageOf(evidenceSchema),
});

export const decide = endpoint({
  name: 'vetting.decide',
  method: 'POST',
  path: '/creators/:personId/vetting/verdicts',
  access: 'vetting:write',
  summary: 'State a verdict of your own on a point, with its reason; earlier ones stay readable',
  input: z.object({
    personId: z.string().max(64),
    point: z.enum(decisionPoints),
    verdict: decisionVerdictSchema,
    reason: z.string().trim().min(1, 'Say why, in a word or two').max(2000),
  }),
  output: verdictSchema,
});

export const listVerdicts = endpoint({
  name: 'vetting.verdicts',
  method: 'GET',
  path: '/creators/:personId/vetting/verdicts',
  access: 'vetting:read',
  summary: 'Every verdict people have stated on a creator, newest first',
  input: z.object({ personId: z.string().max(64), ...pageInput }),
  output: pageOf(verdictSchema),
});
