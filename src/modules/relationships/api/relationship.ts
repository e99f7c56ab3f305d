import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { againSchema, campaignRef, id } from './fields.ts';
import { flagSchema } from './incidents.ts';
import { managerSchema } from './managers.ts';
import { pastWorkSchema } from './past-work.ts';

/** A figure with the number of things it rests on; null where these are too few. */
const measured = z.object({
  value: z.number().nullable(),
  n: z.number().int(),
  reason: z.string().nullable().describe('Why there is none'),
});

export const relationshipSumSchema = z
  .object({
    campaigns: z.number().int().describe('Worked on here, or before by imported history'),
    imported: z.number().int().describe('Rows of imported history'),
    paid: z.array(moneySchema).describe('Fees paid here and by imported history, one sum a currency'),
    paidCount: z.number().int(),
    onTime: measured.describe('Share of posts that went live by their due day'),
    daysLate: measured.describe('Median of whole days after the due day, 0 for those on time'),
    overdue: z.number().int().describe('Due before today and not live; not in the two figures before'),
    postRate: measured.describe('Live posts of those that were due'),
    draftRounds: measured.describe('Median of rounds a draft took until it was approved'),
    replyHours: measured.describe('Median of hours from our first unanswered message to their answer'),
    confirmHours: measured.describe('Median of hours from a brief being sent to its being confirmed'),
    rating: measured.describe('Mean of imported ratings, 0 to 1'),
    again: z.object({ yes: z.number().int(), maybe: z.number().int(), no: z.number().int() }),
    strikes: z.number().int().describe('Incidents about the creator that were upheld'),
    openIncidents: z.number().int(),
    brandStrikes: z.number().int().describe('Incidents about us that were upheld'),
  })
  .meta({ id: 'RelationshipSum' });
export type RelationshipSum = z.infer<typeof relationshipSumSchema>;

export const opinionSchema = z
  .object({
    id: z.string(),
    campaign: campaignRef,
    again: againSchema,
    reason: z.string(),
    by: z.string(),
    at: z.string(),
    holds: z.boolean().describe('False when the same person thought otherwise later'),
  })
  .meta({ id: 'RebookOpinion' });
export type Opinion = z.infer<typeof opinionSchema>;

export const campaignWorkSchema = z
  .object({
    campaign: z.object({
      id: z.string(),
      name: z.string(),
      state: z.string(),
      startsOn: z.string(),
      endsOn: z.string(),
    }),
    enrolmentId: z.string(),
    stage: z.string(),
    hasWorked: z.boolean().describe('Something was agreed'),
    removedReason: z.string().nullable(),
    isRemoved: z.boolean(),
    fee: moneySchema.nullable(),
    feeState: z.enum(['proposed', 'committed', 'due', 'paid']).nullable(),
    paidOn: z.string().nullable(),
    goods: moneySchema.nullable(),
    posts: z.object({
      planned: z.number().int(),
      live: z.number().int(),
      onTime: z.number().int(),
      late: z.number().int(),
      overdue: z.number().int(),
      daysLateMax: z.number().int().nullable(),
    }),
    draftRounds: z.number().int().nullable().describe('Of the draft that took the most; null while none was approved'),
    orders: z.number().int().describe('Credited by last touch, cancelled ones left out'),
    revenue: z.array(moneySchema).describe('Net of refunds, one sum a currency'),
  })
  .meta({ id: 'CampaignWork' });
export type CampaignWork = z.infer<typeof campaignWorkSchema>;

export const relationshipSchema = z
  .object({
    personId: z.string(),
    name: z.string(),
    asOf: z.string(),
    sum: relationshipSumSchema,
    flag: flagSchema.nullable(),
    campaigns: z.array(campaignWorkSchema).describe('Newest first'),
    pastWork: z.array(pastWorkSchema).describe('Imported history, newest first'),
    opinions: z.array(opinionSchema).describe('Newest first'),
    managers: z.array(managerSchema.omit({ creators: true })),
  })
  .meta({ id: 'Relationship', description: 'What we and a creator had with each other, across campaigns' });
export type Relationship = z.infer<typeof relationshipSchema>;

export const getRelationship = endpoint({
  name: 'relationships.get',
  method: 'GET',
  path: '/creators/:personId/relationship',
  access: 'campaigns:read',
  summary: 'What we and a creator had with each other across campaigns: paid, on time, would work with again',
  input: z.object({ personId: id }),
  output: relationshipSchema,
});

export const timelineKinds = [
  'roster',
  'brief',
  'post',
  'payment',
  'note',
  'opinion',
  'incident',
  'flag',
  'message',
  'imported',
] as const;
export const timelineEntrySchema = z
  .object({
    at: z.string(),
    isDay: z.boolean().describe('True when only the day is known'),
    kind: z.enum(timelineKinds),
    title: z.string(),
    detail: z.string().nullable(),
    by: z.string().nullable(),
    campaign: campaignRef,
    url: z.string().nullable(),
  })
  .meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;
export const timelineMax = 300;

export const getTimeline = endpoint({
  name: 'relationships.timeline',
  method: 'GET',
  path: '/creators/:personId/timeline',
  access: 'campaigns:read',
  summary: `What happened between us and a creator, newest first, at most ${timelineMax} entries`,
  input: z.object({ personId: id, kinds: z.array(z.enum(timelineKinds)).optional() }),
  output: z.array(timelineEntrySchema),
});

export const noteSchema = z
  .object({
    id: z.string(),
    body: z.string(),
    author: z.object({ id: z.string(), name: z.string() }),
    writtenAt: z.string(),
    editedAt: z.string().nullable(),
  })
  .meta({ id: 'CreatorNote' });
export type CreatorNote = z.infer<typeof noteSchema>;
const body = z.string().trim().min(1, 'Write something').max(10_000);

export const listNotes = endpoint({
  name: 'creatorNotes.list',
  method: 'GET',
  path: '/creators/:personId/notes',
  access: 'creators:read',
  summary: 'Notes on a creator, newest first, at most 500',
  input: z.object({ personId: id }),
  output: z.array(noteSchema),
});

export const addNote = endpoint({
  name: 'creatorNotes.add',
  method: 'POST',
  path: '/creators/:personId/notes',
  access: 'creators:write',
  summary: 'Write a note on a creator; members read it, the creator never does',
  input: z.object({ personId: id, body }),
  output: noteSchema,
});

export const updateNote = endpoint({
  name: 'creatorNotes.update',
  method: 'PATCH',
  path: '/creators/:personId/notes/:noteId',
  access: 'creators:write',
  summary: 'Change a note of your own',
  input: z.object({ personId: id, noteId: id, body }),
  output: noteSchema,
});

export const removeNote = endpoint({
  name: 'creatorNotes.remove',
  method: 'DELETE',
  path: '/creators/:personId/notes/:noteId',
  access: 'creators:write',
  summary: 'Remove a note of your own',
  input: z.object({ personId: id, noteId: id }),
});

export const saveOpinion = endpoint({
  name: 'relationships.saveOpinion',
  method: 'POST',
  path: '/creators/:personId/opinions',
  access: 'campaigns:write',
  summary: 'Say whether you would work with a creator again, and why; your earlier word stays readable',
  input: z.object({
    personId: id,
    campaignId: id.nullable().default(null),
    again: againSchema,
    reason: z.string().trim().min(1, 'Say why').max(2000),
  }),
  output: z.array(opinionSchema),
});
