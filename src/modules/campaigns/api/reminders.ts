import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { planDay } from './day.ts';

export const deadlineKinds = ['answer', 'draft', 'content', 'live_window'] as const;
export const deadlineKindSchema = z.enum(deadlineKinds);
export type DeadlineKind = z.infer<typeof deadlineKindSchema>;

const days = z.array(z.number().int().min(1).max(60)).max(6);

export const reminderSettingsSchema = z
  .object({
    daysBefore: days.describe('Reminds so many days before a deadline; on the day itself always'),
    daysAfter: days.describe('and so many days after it went by'),
    writesToCreators: z.boolean().describe('Whether creators get a mail; the team sees reminders in any case'),
  })
  .meta({ id: 'ReminderSettings' });
export type ReminderSettings = z.infer<typeof reminderSettingsSchema>;

export const reminderSchema = z
  .object({
    id: z.string(),
    kind: deadlineKindSchema,
    title: z.string(),
    person: z.object({ id: z.string(), name: z.string() }).nullable(),
    enrolmentId: z.string().nullable(),
    dueOn: planDay,
    daysLeft: z.number().int().describe('When it reminded; negative once the day had gone by'),
    day: planDay,
    mail: z.enum(['none', 'written']).describe('Whether a mail to the creator was written for it'),
  })
  .meta({ id: 'Reminder' });
export type Reminder = z.infer<typeof reminderSchema>;

const campaignId = z.string().min(1).max(60);

export const getReminders = endpoint({
  name: 'reminders.get',
  method: 'GET',
  path: '/campaigns/:campaignId/reminders',
  access: 'campaigns:read',
  summary: 'When a campaign reminds of its deadlines, and the newest 200 reminders',
  input: z.object({ campaignId }),
  output: z.object({
    settings: reminderSettingsSchema,
    mailIsOn: z.boolean().describe('False while nothing carries mails; reminders are shown all the same'),
    reminders: z.array(reminderSchema),
  }),
});

export const setReminders = endpoint({
  name: 'reminders.set',
  method: 'PUT',
  path: '/campaigns/:campaignId/reminders',
  access: 'campaigns:write',
  summary: 'Say on which days a campaign reminds, and whether creators are written to',
  input: reminderSettingsSchema.extend({ campaignId }),
  output: reminderSettingsSchema,
});
