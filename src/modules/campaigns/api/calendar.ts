import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { planDay } from './day.ts';

export const calendarKinds = [
  'content_due',
  'answers_due',
  'drafts_due',
  'live_window',
  'campaign',
  'signing_due',
  'fee_due',
  'posts_stay',
  'rights_end',
  'exclusivity_end',
  'contract_end',
  'goal_due',
  'cost_due',
  'task_due',
] as const;
export const calendarKindSchema = z.enum(calendarKinds);
export type CalendarKind = z.infer<typeof calendarKindSchema>;

export const calendarKindNames: Record<CalendarKind, string> = {
  content_due: 'Content due',
  answers_due: 'Answers due',
  drafts_due: 'Drafts due',
  live_window: 'Posts go live',
  campaign: 'Campaign',
  signing_due: 'Answer to contracts due',
  fee_due: 'Fees due',
  posts_stay: 'Posts stay up until',
  rights_end: 'Rights end',
  exclusivity_end: 'Exclusivity ends',
  contract_end: 'Contracts end',
  goal_due: 'Goal due',
  cost_due: 'Payment due',
  task_due: 'Task',
};

/** A day shows at most so many creators of one entry by name; `count` says how many there are. */
export const calendarPeopleMax = 8;
/** Most days one question may span. */
export const calendarDaysMax = 800;

export const calendarEntrySchema = z
  .object({
    id: z.string().describe('Stays the same while the day and the campaign do'),
    kind: calendarKindSchema,
    from: planDay,
    until: planDay.describe('The last day, the same as `from` for a single one'),
    title: z.string(),
    count: z.number().int().describe('Creators, pieces, or 1'),
    done: z.number().int().describe('Of these, those with nothing left to do'),
    isLate: z.boolean().describe('The last day has gone by and something is open'),
    campaign: z.object({ id: z.string(), name: z.string() }).nullable(),
    people: z
      .array(
        z.object({
          enrolmentId: z.string().nullable().describe('Null where it is of no campaign'),
          personId: z.string(),
          name: z.string(),
          what: z.string(),
          isDone: z.boolean(),
        }),
      )
      .describe('Open ones first, by name'),
    path: z.string().describe('Page of the web app below the workspace'),
  })
  .meta({ id: 'CalendarEntry' });
export type CalendarEntry = z.infer<typeof calendarEntrySchema>;

const filters = {
  campaignId: z.string().max(60).optional().describe('One campaign; all that are not archived when left out'),
  kinds: z.array(calendarKindSchema).optional(),
};

export const getCalendar = endpoint({
  name: 'calendar.get',
  method: 'GET',
  path: '/calendar',
  access: 'campaigns:read',
  summary: 'What falls on which day: content, answers and drafts due, live windows, goals, payments and tasks, by day',
  input: z.object({ from: planDay, until: planDay, ...filters }),
  output: z.object({ today: planDay, timeZone: z.string(), entries: z.array(calendarEntrySchema) }),
});

export const getCalendarFile = endpoint({
  name: 'calendar.file',
  method: 'GET',
  path: '/calendar.ics',
  access: 'campaigns:read',
  transport: 'download',
  summary: 'The calendar as an iCalendar file, from 90 days ago to 400 days ahead; all entries are whole days',
  input: z.object(filters),
});

export const calendarFeedSchema = z
  .object({
    createdAt: z.string(),
    opened: z.number().int().describe('How often a calendar program read it'),
    lastOpenedAt: z.string().nullable(),
  })
  .meta({ id: 'CalendarFeed' });

export const getCalendarFeed = endpoint({
  name: 'calendar.feed',
  method: 'GET',
  path: '/calendar-feed',
  access: 'campaigns:read',
  summary: 'Whether I have an address for my calendar program; the address itself is told only when it is made',
  output: z.object({ feed: calendarFeedSchema.nullable() }),
});

export const makeCalendarFeed = endpoint({
  name: 'calendar.makeFeed',
  method: 'POST',
  path: '/calendar-feed',
  access: 'campaigns:read',
  summary: 'Make an address my calendar program reads without signing in; the one I had before stops',
  output: z.object({ address: z.string(), feed: calendarFeedSchema }),
});

export const endCalendarFeed = endpoint({
  name: 'calendar.endFeed',
  method: 'DELETE',
  path: '/calendar-feed',
  access: 'campaigns:read',
  summary: 'End the address of my calendar; again changes nothing',
  output: z.object({ isEnded: z.boolean().describe('False when there was none') }),
});

export const openCalendarFeed = endpoint({
  name: 'calendar.openFeed',
  method: 'GET',
  path: '/calendar-feeds/:token/calendar.ics',
  access: 'public',
  inWorkspace: false,
  transport: 'download',
  summary:
    'The calendar for whoever holds the address, as an iCalendar file with an ETag; only reads, and ends when its member leaves',
  input: z.object({ token: z.string().min(20).max(100), ...filters }),
});
