import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { instantSchema } from '#kernel/time.ts';
import { id, personIdsField, stepSchema, stepsField } from './fields.ts';

const stopPhases = z
  .array(z.enum(['agreed', 'producing', 'done']))
  .max(3)
  .default(['agreed', 'producing', 'done'])
  .describe('Once a creator stands in such a phase of the campaign, nothing more is sent');
const name = z.string().trim().min(1).max(120);

export const rateSchema = z.object({
  count: z.number().int(),
  n: z.number().int().describe('Creators it is a share of'),
  share: z.number().nullable().describe('Null below 10 creators: not enough data'),
});

/** What came of creators written to; a creator counts once. */
export const outreachStatsSchema = z
  .object({
    creators: z.number().int(),
    reached: z.number().int().describe('Creators of whom a mail was taken by their server and did not come back'),
    waiting: z.number().int(),
    replied: rateSchema,
    bounced: rateSchema,
    unsubscribed: rateSchema,
    opened: rateSchema
      .nullable()
      .describe(
        'Null unless opens are asked for; programs load pictures by themselves, so it is an upper bound at best',
      ),
    medianHoursToReply: z.number().nullable().describe('Null below 5 replies'),
  })
  .meta({ id: 'OutreachStats' });
export type OutreachStats = z.infer<typeof outreachStatsSchema>;

export const stepStatsSchema = z.object({
  step: z.number().int(),
  sent: z.number().int(),
  replied: rateSchema.describe('Creators whose first reply came after this step and before the next'),
});

export const sequenceSchema = z
  .object({
    id,
    name: z.string(),
    steps: z.array(stepSchema),
    stopPhases: z.array(z.string()),
    stats: outreachStatsSchema,
    stepStats: z.array(stepStatsSchema),
    createdBy: z.string(),
    updatedAt: instantSchema,
  })
  .meta({ id: 'Sequence' });
export type Sequence = z.infer<typeof sequenceSchema>;

export const listSequences = endpoint({
  name: 'sequences.list',
  method: 'GET',
  path: '/outreach/sequences',
  access: 'outreach:read',
  summary: 'Sequences with what came of them, each share with the creators it is of',
  output: z.object({ rows: z.array(sequenceSchema) }),
});

export const createSequence = endpoint({
  name: 'sequences.create',
  method: 'POST',
  path: '/outreach/sequences',
  access: 'outreach:write',
  summary: 'Make a sequence: mails with days between them, ended by an answer, a bounce or an agreement',
  input: z.object({ name, steps: stepsField, stopPhases }),
  output: sequenceSchema,
});

export const updateSequence = endpoint({
  name: 'sequences.update',
  method: 'PATCH',
  path: '/outreach/sequences/:sequenceId',
  access: 'outreach:write',
  summary: 'Change a sequence; creators who are on it already get the mails as they were',
  input: z.object({
    sequenceId: id,
    name: name.optional(),
    steps: stepsField.optional(),
    stopPhases: stopPhases.removeDefault().optional(),
  }),
  output: sequenceSchema,
});

export const removeSequence = endpoint({
  name: 'sequences.remove',
  method: 'DELETE',
  path: '/outreach/sequences/:sequenceId',
  access: 'outreach:write',
  summary: 'Remove a sequence; what runs goes on and keeps its mails',
  input: z.object({ sequenceId: id }),
  output: z.null(),
});

const what = {
  personIds: personIdsField,
  sequenceId: id.optional().describe('Or steps'),
  steps: stepsField.optional(),
  campaignId: id.optional(),
  mailboxId: id.optional().describe('The default one when left out'),
};

export const previewRowSchema = z
  .object({
    personId: id,
    name: z.string(),
    to: z.string().nullable(),
    problems: z.array(z.string()).describe('Why this creator is not written to; empty when all is well'),
    messages: z
      .array(z.object({ subject: z.string(), text: z.string() }))
      .nullable()
      .describe('As they will go out, for the first of the creators; null when something is missing'),
  })
  .meta({ id: 'MailPreview' });
export type PreviewRow = z.infer<typeof previewRowSchema>;

export const previewMailing = endpoint({
  name: 'mailings.preview',
  method: 'POST',
  path: '/outreach/mailings/preview',
  access: 'outreach:read',
  summary: 'Each creator’s mails as they would go out, and why some would not; nothing is sent',
  input: z.object({ ...what, show: z.number().int().min(0).max(50).default(20) }),
  output: z.object({
    rows: z.array(previewRowSchema),
    ready: z.number().int(),
    blockers: z.array(z.string()).describe('What keeps all of them: no mailbox, no postal address'),
  }),
});

export const mailingStates = ['running', 'cancelled', 'done'] as const;
export const runStates = [
  'waiting',
  'sending',
  'done',
  'stopped',
  'failed',
  'replied',
  'bounced',
  'unsubscribed',
] as const;
export const runStateSchema = z.enum(runStates);
export type RunState = z.infer<typeof runStateSchema>;

export const mailingSchema = z
  .object({
    id,
    name: z.string(),
    sequenceId: z.string().nullable(),
    campaignId: z.string().nullable(),
    mailboxId: z.string(),
    state: z.enum(mailingStates),
    steps: z.number().int(),
    creators: z.number().int(),
    begun: z.number().int().describe('Creators whose first mail went out'),
    ended: z.number().int().describe('Creators nothing more is sent to'),
    stats: outreachStatsSchema,
    startedBy: z.string(),
    startedAt: instantSchema,
    endedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Mailing' });
export type Mailing = z.infer<typeof mailingSchema>;

export const startMailing = endpoint({
  name: 'mailings.start',
  method: 'POST',
  path: '/outreach/mailings',
  access: 'outreach:write',
  summary: 'Write to up to 500 creators within sending hours and the mailbox’s limits; one creator gets a mailing once',
  input: z.object({
    ...what,
    name: name.optional(),
    stopPhases: stopPhases.removeDefault().optional(),
    leavesOut: z
      .boolean()
      .default(false)
      .describe('Start without those who cannot be written to, instead of not at all'),
  }),
  output: z.object({ mailing: mailingSchema, started: z.number().int(), leftOut: z.array(previewRowSchema) }),
});

export const listMailings = endpoint({
  name: 'mailings.list',
  method: 'GET',
  path: '/outreach/mailings',
  access: 'outreach:read',
  summary: 'Mailings, newest first, with their progress',
  input: z.object({ ...pageInput, campaignId: id.optional(), sequenceId: id.optional() }),
  output: pageOf(mailingSchema),
});

export const mailingRunSchema = z.object({
  id,
  personId: z.string(),
  name: z.string(),
  to: z.string(),
  state: runStateSchema,
  step: z.number().int(),
  dueAt: instantSchema.nullable(),
  why: z.string().nullable(),
  threadId: z.string().nullable(),
});
export type MailingRun = z.infer<typeof mailingRunSchema>;

export const listMailingRuns = endpoint({
  name: 'mailings.listRuns',
  method: 'GET',
  path: '/outreach/mailings/:mailingId/runs',
  access: 'outreach:read',
  summary: 'How far each creator of a mailing is',
  input: z.object({ mailingId: id }),
  output: z.object({ mailing: mailingSchema, rows: z.array(mailingRunSchema) }),
});

export const cancelMailing = endpoint({
  name: 'mailings.cancel',
  method: 'POST',
  path: '/outreach/mailings/:mailingId/cancel',
  access: 'outreach:write',
  summary:
    'Send nothing more of a mailing, or nothing more to one of its creators; what a server has taken cannot be called back',
  input: z.object({ mailingId: id, runId: id.optional() }),
  output: z.object({ stopped: z.number().int() }),
});
