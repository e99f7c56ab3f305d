import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { planDay } from './day.ts';

export const taskSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    note: z.string().nullable(),
    ownerId: z.string().nullable(),
    dueOn: planDay.nullable(),
    isLate: z.boolean(),
    campaign: z.object({ id: z.string(), name: z.string() }).nullable(),
    enrolmentId: z.string().nullable(),
    person: z.object({ id: z.string(), name: z.string() }).nullable(),
    doneAt: z.string().nullable(),
    doneBy: z.string().nullable(),
    createdBy: z.string(),
    createdAt: z.string(),
  })
  .meta({ id: 'Task', description: 'Something a person wrote down to be done' });
export type Task = z.infer<typeof taskSchema>;

export const tasksShownMax = 500;
const taskId = z.string().min(1).max(60);
const title = z.string().trim().min(1, 'Say what is to be done').max(200);
const id = z.string().min(1).max(60);

export const listTasks = endpoint({
  name: 'tasks.list',
  method: 'GET',
  path: '/tasks',
  access: 'campaigns:read',
  summary: 'Tasks written down by hand, those with the earliest day first, at most 500',
  input: z.object({
    campaignId: id.optional(),
    personId: id.optional(),
    ownerId: id.optional(),
    done: z.boolean().default(false).describe('True lists those done instead, the newest first'),
  }),
  output: z.array(taskSchema),
});

export const addTask = endpoint({
  name: 'tasks.add',
  method: 'POST',
  path: '/tasks',
  access: 'campaigns:write',
  summary: 'Write down a task with an owner and a day',
  input: z.object({
    title,
    note: z.string().trim().max(2000).nullable().default(null),
    ownerId: id.nullable().optional().describe('Whoever writes it down when left out; null for nobody yet'),
    dueOn: planDay.nullable().default(null),
    campaignId: id.nullable().default(null),
    enrolmentId: id.nullable().default(null).describe('A creator on a campaign, which then is the campaign'),
    personId: id.nullable().default(null).describe('A creator outside any campaign'),
  }),
  output: taskSchema,
});

export const updateTask = endpoint({
  name: 'tasks.update',
  method: 'PATCH',
  path: '/tasks/:taskId',
  access: 'campaigns:write',
  summary: 'Change a task, tick it off, or open it again',
  input: z.object({
    taskId,
    title: title.optional(),
    note: z.string().trim().max(2000).nullable().optional(),
    ownerId: id.nullable().optional(),
    dueOn: planDay.nullable().optional(),
    isDone: z.boolean().optional(),
  }),
  output: taskSchema,
});

export const removeTask = endpoint({
  name: 'tasks.remove',
  method: 'DELETE',
  path: '/tasks/:taskId',
  access: 'campaigns:write',
  summary: 'Drop a task; the audit trail keeps that it was there',
  input: z.object({ taskId }),
  output: z.object({ removed: z.literal(true) }),
});
