import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { planDay } from './day.ts';

export const calendarKinds = [
  'content_due',
  'answers_due',
  'drafts_due',
  'live_window',
  'campaign',
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
          enrolmentId: z.string(),
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
