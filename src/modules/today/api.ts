import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { platformSchema } from '#kernel/platform.ts';
import { daySchema } from '#kernel/time.ts';
import { goalReportSchema } from '#modules/reports/api.ts';

/**
 * How long a thing may be left: now loses something with every hour, late has passed its day, today and soon come up, open has no day.
 */
export const tiers = ['now', 'late', 'today', 'soon', 'open'] as const;
export const tierSchema = z.enum(tiers);
export type Tier = z.infer<typeof tierSchema>;

/** What may need somebody, the most costly to leave first within a tier. */
export const needKinds = [
  'paused_link',
  'broken_link',
  'creator_turned',
  'goal_behind',
  'unknown_code',
  'draft_waits',
  'deliverable_late',
  'creator_waits',
  'results_missing',
  'work',
  'new_matches',
  'import_errors',
] as const;
export const needKindSchema = z.enum(needKinds);
export type NeedKind = z.infer<typeof needKindSchema>;

const personRef = z.object({ id: z.string(), name: z.string() });

export const needSchema = z
  .object({
    id: z.string().describe('Stays the same while the thing stays open'),
    kind: needKindSchema,
    tier: tierSchema,
    title: z.string(),
    detail: z.string(),
    people: z.array(personRef).describe('At most three of them'),
    due: z.string().describe('When, in a word or two; empty for tier open'),
    action: z.object({
      label: z.string().describe('One verb'),
      path: z.string().describe('Page of the web app below the workspace'),
      search: z.record(z.string(), z.string()),
    }),
  })
  .meta({ id: 'Need' });
export type Need = z.infer<typeof needSchema>;

export const stepSchema = z.object({
  id: z.enum(['creators', 'find', 'campaign']),
  title: z.string(),
  text: z.string(),
  action: z.object({ label: z.string(), path: z.string() }),
  isDone: z.boolean(),
});
export type Step = z.infer<typeof stepSchema>;

export const weeksBefore = 8;

export const bestSchema = z
  .object({
    person: personRef.extend({ handle: z.string().nullable(), platform: platformSchema.nullable() }),
    revenue: moneySchema.describe('Credited in the last seven days, net of refunds'),
    orders: z.int(),
    weeks: z.array(moneySchema).describe('Revenue of the eight weeks before and of this one, oldest first'),
    change: z.number().nullable().describe('Against the mean of the own weeks before, at most eight'),
    changeReason: z.string().nullable(),
    before: z.int().describe('Weeks the mean is of'),
  })
  .meta({ id: 'BestOfWeek' });
export type Best = z.infer<typeof bestSchema>;

export const quietSchema = z
  .object({
    person: personRef.extend({ handle: z.string().nullable(), platform: platformSchema.nullable() }),
    campaign: z.object({ id: z.string(), name: z.string() }),
    days: z.int().describe('Days without a post, up to the last time the account was read'),
    longestGapDays: z.int().describe('The longest the account was silent before, between known posts'),
    posts: z.int(),
    lastPostAt: z.string(),
    readAt: z.string(),
  })
  .meta({ id: 'GoneQuiet' });
export type Quiet = z.infer<typeof quietSchema>;

export const todaySchema = z
  .object({
    computedAt: z.string(),
    day: daySchema,
    title: z.string(),
    sub: z.string(),
    needs: z.array(needSchema),
    goals: z.array(z.object({ campaign: z.object({ id: z.string(), name: z.string() }), goal: goalReportSchema })),
    best: z.array(bestSchema),
    quiet: z.object({
      rows: z.array(quietSchema),
      active: z.int().describe('Creators on live campaigns'),
      readable: z.int().describe('Of these, those with enough posts known and read in the last 14 days'),
    }),
    steps: z.array(stepSchema).nullable().describe('The first steps of a workspace; null once they are done'),
  })
  .meta({ id: 'Today' });
export type Today = z.infer<typeof todaySchema>;

export const getToday = endpoint({
  name: 'today.get',
  method: 'GET',
  path: '/today',
  access: 'reports:read',
  summary: 'What needs somebody now, most costly to leave first; pace of live goals, who did best and who went quiet',
  output: todaySchema,
});

export const countToday = endpoint({
  name: 'today.count',
  method: 'GET',
  path: '/today/count',
  access: 'reports:read',
  summary: 'How many things need somebody, and how many of them are late',
  output: z.object({ needs: z.int(), late: z.int() }),
});

export const bucketMinutes = 10;

export const liveOrderSchema = z.object({
  id: z.string(),
  orderedAt: z.string(),
  amount: moneySchema,
  state: z.enum(['paid', 'cancelled', 'refunded']),
  by: z.string().describe('What it was credited by: a code, a link and whose, or nobody'),
});

export const liveSchema = z
  .object({
    computedAt: z.string(),
    day: daySchema,
    timeZone: z.string(),
    startedAt: z.string().describe('First instant of the day in the workspace’s time zone'),
    buckets: z.array(z.object({ at: z.string(), clicks: z.int(), orders: z.int() })).describe('Up to now'),
    isMeasured: z.boolean().describe('False while there is no link: then no click is not 0'),
    clicks: z.int(),
    orders: z.int(),
    revenue: z.array(moneySchema).describe('Net of refunds, one entry a currency'),
    usual: z
      .object({ clicks: z.number(), weeks: z.int(), weekday: z.string(), change: z.number() })
      .nullable()
      .describe('Mean clicks by this time on the same weekday of the four weeks before; null under two such days'),
    lastOrders: z.array(liveOrderSchema),
  })
  .meta({ id: 'LiveDay' });
export type LiveDay = z.infer<typeof liveSchema>;

export const getLiveDay = endpoint({
  name: 'today.live',
  method: 'GET',
  path: '/today/live',
  access: 'reports:read',
  summary: 'Clicks per ten minutes and orders of this day',
  output: liveSchema,
});

export const workRowSchema = z
  .object({
    id: z.string().describe('Stays the same while the thing stays open'),
    kind: z.string().describe('What waits, such as draft.to_review, task.open or content.due'),
    tier: tierSchema,
    title: z.string(),
    detail: z.string().nullable(),
    since: z.string().nullable(),
    dueOn: daySchema.nullable(),
    due: z.string().describe('When, in a word or two; empty when it has no day'),
    verb: z.string(),
    path: z.string().describe('Page of the web app below the workspace, with its search'),
    campaign: z.object({ id: z.string(), name: z.string() }).nullable(),
    person: personRef.nullable(),
    ownerId: z.string().nullable().describe('The member it is for; null when it is for anybody'),
  })
  .meta({ id: 'WorkRow', description: 'Something that waits for a member of the workspace' });
export type WorkRow = z.infer<typeof workRowSchema>;

export const workShownMax = 1000;

export const listWork = endpoint({
  name: 'work.list',
  method: 'GET',
  path: '/work',
  access: 'campaigns:read',
  summary:
    'Everything that waits for members: tasks, reviews, deadlines, answers; the most urgent first, at most 1,000',
  input: z.object({
    mine: z.boolean().default(false).describe('Only what is for the caller or for nobody in particular'),
    campaignId: z.string().max(60).optional(),
    tier: tierSchema.optional(),
  }),
  output: z.object({
    day: daySchema,
    total: z.int(),
    counts: z.record(tierSchema, z.int()),
    rows: z.array(workRowSchema),
  }),
});
