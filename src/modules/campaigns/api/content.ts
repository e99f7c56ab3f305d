import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';
import { planDay } from './day.ts';
import { rosterBulkMax } from './roster.ts';

export const deliverableStates = ['planned', 'drafted', 'approved', 'live', 'cancelled'] as const;
export const deliverableStateSchema = z.enum(deliverableStates);
export type DeliverableState = z.infer<typeof deliverableStateSchema>;

/** The states a deliverable may go to from each. A live post that was taken down goes back to approved. */
export const deliverableSteps: Record<DeliverableState, readonly DeliverableState[]> = {
  planned: ['drafted', 'approved', 'live', 'cancelled'],
  drafted: ['planned', 'approved', 'live', 'cancelled'],
  approved: ['drafted', 'live', 'cancelled'],
  live: ['approved', 'cancelled'],
  cancelled: ['planned'],
};

export const contentMetrics = [
  'reach',
  'impressions',
  'views',
  'likes',
  'comments',
  'shares',
  'saves',
  'engagements',
] as const;
export const contentMetricSchema = z.enum(contentMetrics);
export type ContentMetric = z.infer<typeof contentMetricSchema>;

export const contentResultSchema = z
  .object({
    value: z.number().int(),
    isEstimate: z.boolean(),
    source: z.string(),
    typedBy: z
      .string()
      .nullable()
      .describe('Who typed it from a picture of insights; null for what was measured, entered or imported'),
    observedAt: z.string(),
  })
  .meta({ id: 'ContentResult' });

export const deliverableSchema = z
  .object({
    id: z.string(),
    campaignId: z.string(),
    enrolmentId: z.string(),
    person: z.object({ id: z.string(), name: z.string(), handle: z.string().nullable() }),
    platform: platformSchema,
    format: z.string(),
    title: z.string(),
    dueOn: planDay.nullable(),
    isLate: z.boolean().describe('Due before today and not live, or not approved where it is for the brand to show'),
    state: deliverableStateSchema,
    isForBrand: z.boolean().describe('Made for the brand to show: nobody posts it, it is delivered when approved'),
    approvedAt: z.string().nullable().describe('When it was approved last; null where that is not known'),
    contractId: z.string().nullable().describe('The contract it is owed by'),
    closedReason: z.string().nullable().describe('Why it is owed no longer, where a contract said so'),
    liveUrl: z.string().nullable(),
    liveAt: z.string().nullable(),
    results: z
      .partialRecord(contentMetricSchema, contentResultSchema)
      .describe(
        'Newest result of each metric, measured before typed from a picture before estimated; a metric that was never measured is not there',
      ),
    engagements: z
      .number()
      .int()
      .nullable()
      .describe(
        'As reported, or likes + comments + shares + saves of those known; null when likes and comments are not both known',
      ),
  })
  .meta({ id: 'Deliverable' });
export type Deliverable = z.infer<typeof deliverableSchema>;

const campaignId = z.string().min(1).max(60);
const deliverableId = z.string().min(1).max(60);
const format = z.string().trim().min(1).max(40);
const title = z.string().trim().min(1).max(200);
const liveUrl = z.url({ protocol: /^https?$/, error: 'The address of the post, starting with https://' }).max(2000);

export const listDeliverables = endpoint({
  name: 'deliverables.list',
  method: 'GET',
  path: '/campaigns/:campaignId/deliverables',
  access: 'campaigns:read',
  summary: 'Deliverables of a campaign by due date, each with its newest results',
  input: z.object({
    campaignId,
    ...pageInput,
    enrolmentId: z.string().max(60).optional(),
    states: z.array(deliverableStateSchema).optional(),
    late: z.boolean().optional(),
  }),
  output: pageOf(deliverableSchema).extend({ total: z.number().int() }),
});

export const addDeliverables = endpoint({
  name: 'deliverables.add',
  method: 'POST',
  path: '/campaigns/:campaignId/deliverables',
  access: 'campaigns:write',
  summary: 'Plan a deliverable for each of the creators named',
  input: z.object({
    campaignId,
    enrolmentIds: z.array(z.string().min(1).max(60)).min(1).max(rosterBulkMax),
    platform: platformSchema,
    format,
    title,
    dueOn: planDay.nullable().default(null),
  }),
  output: z.object({ created: z.number().int(), deliverableIds: z.array(z.string()) }),
});

export const createFromBrief = endpoint({
  name: 'deliverables.fromBrief',
  method: 'POST',
  path: '/campaigns/:campaignId/deliverables/from-brief',
  access: 'campaigns:write',
  summary: 'Make the deliverables of the newest brief for creators; those made before are not made twice',
  input: z.object({
    campaignId,
    enrolmentIds: z
      .array(z.string().min(1).max(60))
      .max(rosterBulkMax)
      .optional()
      .describe('All on the roster when left out'),
  }),
  output: z.object({ created: z.number().int(), unchanged: z.number().int() }),
});

export const updateDeliverable = endpoint({
  name: 'deliverables.update',
  method: 'PATCH',
  path: '/deliverables/:deliverableId',
  access: 'campaigns:write',
  summary: 'Change title, format, due date, live address or live date of a deliverable',
  input: z.object({
    deliverableId,
    title: title.optional(),
    format: format.optional(),
    dueOn: planDay.nullable().optional(),
    liveUrl: liveUrl.nullable().optional(),
    liveAt: instantSchema.nullable().optional(),
  }),
  output: deliverableSchema,
});

export const changeDeliverableState = endpoint({
  name: 'deliverables.changeState',
  method: 'POST',
  path: '/deliverables/:deliverableId/state',
  access: 'campaigns:write',
  summary: 'Move a deliverable on: drafted, approved, live (with its address), cancelled',
  input: z.object({
    deliverableId,
    from: deliverableStateSchema.describe('The state the caller saw'),
    to: deliverableStateSchema,
    liveUrl: liveUrl.optional().describe('Needed for live unless it is known already'),
    liveAt: instantSchema.optional().describe('Now when left out'),
  }),
  output: deliverableSchema,
});

export const resultValuesSchema = z
  .partialRecord(contentMetricSchema, z.number().int().min(0).max(1e12))
  .refine((values) => Object.keys(values).length > 0, 'Give at least one number');

export const recordResults = endpoint({
  name: 'results.record',
  method: 'POST',
  path: '/deliverables/:deliverableId/results',
  access: 'campaigns:write',
  summary: 'Enter results of a deliverable by hand; earlier ones are kept, the newest counts',
  input: z.object({
    deliverableId,
    source: z
      .string()
      .trim()
      .min(1)
      .max(120)
      .describe('Where the numbers were read, such as “Instagram insights, screenshot”'),
    observedAt: instantSchema.optional().describe('When they were read; now when left out'),
    isEstimate: z.boolean().default(false),
    values: resultValuesSchema,
  }),
  output: deliverableSchema,
});

export const listResults = endpoint({
  name: 'results.list',
  method: 'GET',
  path: '/deliverables/:deliverableId/results',
  access: 'campaigns:read',
  summary: 'Every result ever recorded for a deliverable, newest first, at most 500',
  input: z.object({ deliverableId }),
  output: z.array(
    contentResultSchema.extend({ metric: contentMetricSchema, recordedBy: z.string(), recordedAt: z.string() }),
  ),
});

export const importResults = endpoint({
  name: 'results.import',
  method: 'POST',
  path: '/campaigns/:campaignId/results/import',
  access: 'campaigns:write',
  transport: 'upload',
  summary:
    'Read results from CSV: a deliverable id, address or handle, and a column a metric; reading a file again changes nothing',
  input: z.object({
    campaignId,
    source: z
      .string()
      .trim()
      .min(1)
      .max(120)
      .optional()
      .describe('Said of every row without a source column; the file name when left out'),
    observedOn: planDay
      .optional()
      .describe('The day the numbers were read, for rows without a date column; today when left out'),
    isEstimate: z.boolean().default(false),
    dryRun: z.boolean().default(false),
  }),
  output: z.object({
    read: z.number().int().describe('Rows of data'),
    recorded: z.number().int().describe('Rows that brought something new'),
    unchanged: z.number().int().describe('Rows whose numbers were all known'),
    skipped: z.number().int().describe('Rows with an error, of which nothing was taken'),
    values: z.number().int().describe('Single numbers recorded'),
    ignoredColumns: z.array(z.string()),
    dryRun: z.boolean(),
    errorsTotal: z.number().int(),
    errors: z
      .array(z.object({ row: z.number().int(), field: z.string(), message: z.string() }))
      .describe('At most 1,000'),
  }),
});
