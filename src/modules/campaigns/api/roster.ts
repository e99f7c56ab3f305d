import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { planDay } from './day.ts';
import { stagePhaseSchema } from './stages.ts';

/** What a creator waits for. late stands over the turn: whoever it is, it has taken too long. */
export const blockingSchema = z
  .object({
    who: z.enum(['us', 'creator', 'late', 'nobody']),
    what: z.string(),
    since: z.string().describe('When it began'),
    days: z.number().int().describe('Whole days since then'),
  })
  .meta({ id: 'Blocking' });
export type Blocking = z.infer<typeof blockingSchema>;

export const tagSchema = z.string().trim().min(1).max(40);
export const tagsMax = 20;

/** Days of a creator on a campaign; null where none is set. */
export const enrolmentDatesSchema = z.object({
  respondBy: planDay.nullable().describe('An answer to the invitation is due'),
  draftsBy: planDay.nullable().describe('Drafts are due'),
  liveFrom: planDay.nullable().describe('Posts go live from this day'),
  liveUntil: planDay.nullable().describe('to this day'),
});
export type EnrolmentDates = z.infer<typeof enrolmentDatesSchema>;

export const enrolmentSchema = z
  .object({
    id: z.string(),
    campaignId: z.string(),
    person: z.object({ id: z.string(), name: z.string(), country: z.string().nullable() }),
    profile: z
      .object({
        id: z.string(),
        platform: platformSchema,
        handle: z.string(),
        url: z.string().nullable(),
        followers: z.number().nullable(),
      })
      .nullable()
      .describe('The account the campaign runs on; null when the creator has none left'),
    stage: z.string(),
    stageLabel: z.string(),
    phase: stagePhaseSchema,
    stageSince: z.string(),
    fee: moneySchema.nullable().describe('Agreed or offered fee; null when not known'),
    feeState: z.enum(['proposed', 'committed', 'due', 'paid']).nullable(),
    feePaidOn: planDay.nullable(),
    signedFee: moneySchema
      .nullable()
      .describe('By the contracts in force together; `fee` is what is planned with. Null while none names a fixed fee'),
    productCost: moneySchema.nullable().describe('Goods at cost of goods, not at retail price'),
    postage: moneySchema
      .nullable()
      .describe('Of their parcels, told by seeding; null while nothing was sent or it is not known'),
    note: z.string().nullable(),
    ownerId: z.string().nullable(),
    blocker: z.string().nullable().describe('What a person wrote down that holds it up'),
    blocking: blockingSchema,
    deliverables: z.object({
      total: z.number().int().describe('Not counting cancelled ones'),
      live: z.number().int(),
      nextDueOn: planDay.nullable(),
    }),
    dates: enrolmentDatesSchema.describe('Their own where set, else those of the newest brief'),
    ownDates: enrolmentDatesSchema.describe('Only what was set for this creator'),
    tags: z.array(z.string()).describe('On this campaign, in alphabetical order'),
    contractEnd: z
      .object({ on: planDay, reason: z.string() })
      .nullable()
      .describe('The last day of a contract that ran out and was not renewed; null while one holds, or none ever did'),
    addedAt: z.string(),
    removedAt: z.string().nullable(),
    removedReason: z.string().nullable(),
  })
  .meta({ id: 'Enrolment', description: 'A creator on a campaign' });
export type Enrolment = z.infer<typeof enrolmentSchema>;

export const rosterBulkMax = 2000;
const campaignId = z.string().min(1).max(60);
const enrolmentId = z.string().min(1).max(60);
const ids = z.array(z.string().min(1).max(60)).max(rosterBulkMax);

export const listRoster = endpoint({
  name: 'roster.list',
  method: 'GET',
  path: '/campaigns/:campaignId/roster',
  access: 'campaigns:read',
  summary: 'Creators on a campaign in the order they came in, with stage, fee and what blocks them',
  input: z.object({
    campaignId,
    ...pageInput,
    stage: z.string().max(60).optional(),
    waitsFor: z.enum(['us', 'creator', 'late', 'nobody']).optional(),
    query: z.string().max(120).optional().describe('Part of a name or handle'),
    tag: z.string().max(40).optional(),
    ownerId: z.string().max(60).optional().describe('Theirs, or of the campaign where the creator has none'),
    removed: z.boolean().default(false).describe('True lists the removed ones instead'),
  }),
  output: pageOf(enrolmentSchema).extend({ total: z.number().int().describe('All that match, on any page') }),
});

export const getEnrolment = endpoint({
  name: 'roster.get',
  method: 'GET',
  path: '/enrolments/:enrolmentId',
  access: 'campaigns:read',
  summary: 'One creator on one campaign',
  input: z.object({ enrolmentId }),
  output: enrolmentSchema,
});

export const listPersonCampaigns = endpoint({
  name: 'roster.ofPerson',
  method: 'GET',
  path: '/creators/:personId/campaigns',
  access: 'campaigns:read',
  summary: 'The campaigns a creator is or was on, newest first',
  input: z.object({ personId: z.string().min(1).max(60) }),
  output: z.array(
    z.object({
      campaign: z.object({ id: z.string(), name: z.string(), state: z.string() }),
      enrolment: enrolmentSchema,
    }),
  ),
});

export const refusedSchema = z.object({
  who: z.string().describe('The id or handle as it was given'),
  reason: z.enum(['unknown', 'suppressed', 'do_not_work', 'do_not_gift', 'repeated']),
  message: z.string(),
});
export type Refused = z.infer<typeof refusedSchema>;

export const addToRoster = endpoint({
  name: 'roster.add',
  method: 'POST',
  path: '/campaigns/:campaignId/roster',
  access: 'campaigns:write',
  summary: 'Enrol creators by person ids, by handles or from a list; those who are on it already stay as they are',
  input: z.object({
    campaignId,
    personIds: ids.default([]),
    handles: z
      .array(z.object({ platform: platformSchema, handle: z.string().trim().min(1).max(200) }))
      .max(rosterBulkMax)
      .default([]),
    listId: z.string().max(60).optional(),
    platform: platformSchema.optional().describe('Run the campaign on the account of this platform where there is one'),
    stage: z.string().max(60).optional().describe('The first stage when left out'),
    fee: moneySchema.nullable().default(null).describe('For each of them'),
    productCost: moneySchema.nullable().default(null).describe('For each of them'),
  }),
  output: z.object({
    added: z.number().int(),
    restored: z.number().int().describe('Were removed before and are back, with their history'),
    unchanged: z.number().int(),
    refused: z.array(refusedSchema),
    enrolmentIds: z.array(z.string()).describe('Of the added and restored ones'),
  }),
});

export const rowRefusedSchema = z
  .object({ enrolmentId: z.string(), name: z.string(), message: z.string() })
  .meta({ id: 'RowRefused' });
export type RowRefused = z.infer<typeof rowRefusedSchema>;

export const moveOutcomeSchema = z.object({
  moved: z.number().int(),
  unchanged: z.number().int().describe('Stood in that stage already'),
  conflicts: z.array(
    z.object({
      enrolmentId: z.string(),
      name: z.string(),
      stage: z.string().nullable(),
      message: z.string(),
      why: z
        .enum(['gone', 'moved', 'missing'])
        .describe('missing: stages before were not passed; a skipReason moves the creator all the same'),
    }),
  ),
});
export type MoveOutcome = z.infer<typeof moveOutcomeSchema>;

export const moveOnRoster = endpoint({
  name: 'roster.move',
  method: 'POST',
  path: '/campaigns/:campaignId/roster/move',
  access: 'campaigns:write',
  summary: 'Move creators to a stage; who is no longer where the caller saw them stays and is named',
  input: z.object({
    campaignId,
    to: z.string().min(1).max(60),
    enrolments: z
      .array(z.object({ id: enrolmentId, from: z.string().min(1).max(60).describe('The stage the caller saw') }))
      .min(1)
      .max(rosterBulkMax),
    skipReason: z
      .string()
      .trim()
      .min(1)
      .max(300)
      .optional()
      .describe('Why stages in between are left out; stays in the history'),
  }),
  output: moveOutcomeSchema,
});

export const removeFromRoster = endpoint({
  name: 'roster.remove',
  method: 'POST',
  path: '/campaigns/:campaignId/roster/remove',
  access: 'campaigns:write',
  summary: 'Take creators off a campaign; their history, results and what was paid stay',
  input: z.object({
    campaignId,
    enrolmentIds: ids.min(1),
    reason: z.string().trim().max(300).nullable().default(null),
  }),
  output: z.object({ removed: z.number().int(), unchanged: z.number().int() }),
});

export const updateEnrolment = endpoint({
  name: 'roster.update',
  method: 'PATCH',
  path: '/enrolments/:enrolmentId',
  access: 'campaigns:write',
  summary: "Change a creator's fee, product cost, account, note or owner on a campaign, or say what blocks them",
  input: z.object({
    enrolmentId,
    fee: moneySchema.nullable().optional(),
    feePaidOn: planDay.nullable().optional().describe('The day the fee was paid; null takes it back'),
    payEarlyReason: z
      .string()
      .trim()
      .min(1)
      .max(300)
      .optional()
      .describe('Why it is paid before the content is approved; stays in the history'),
    respondBy: planDay.nullable().optional().describe('null follows the brief again'),
    draftsBy: planDay.nullable().optional(),
    liveFrom: planDay.nullable().optional(),
    liveUntil: planDay.nullable().optional(),
    tags: z.array(tagSchema).max(tagsMax).optional(),
    productCost: moneySchema.nullable().optional(),
    profileId: z.string().max(60).optional(),
    note: z.string().trim().max(2000).nullable().optional(),
    ownerId: z.string().max(60).nullable().optional(),
    blocker: z
      .string()
      .trim()
      .max(120)
      .nullable()
      .optional()
      .describe('What holds it up, in words; null when nothing does'),
  }),
  output: enrolmentSchema,
});

export const enrolmentEventSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['added', 'moved', 'changed', 'removed', 'restored', 'joined', 'parted']),
    fromStage: z.string().nullable(),
    toStage: z.string().nullable(),
    changes: z.record(z.string(), z.unknown()),
    by: z.string(),
    at: z.string(),
  })
  .meta({ id: 'EnrolmentEvent' });
export type EnrolmentEvent = z.infer<typeof enrolmentEventSchema>;

export const listEnrolmentHistory = endpoint({
  name: 'roster.history',
  method: 'GET',
  path: '/enrolments/:enrolmentId/history',
  access: 'campaigns:read',
  summary: 'What happened to a creator on a campaign, newest first, at most 200 entries',
  input: z.object({ enrolmentId }),
  output: z.array(enrolmentEventSchema),
});

export const exportRoster = endpoint({
  name: 'roster.export',
  method: 'GET',
  path: '/campaigns/:campaignId/roster.csv',
  access: 'campaigns:read',
  transport: 'download',
  summary: 'The roster as CSV, removed creators included',
  input: z.object({ campaignId }),
});
