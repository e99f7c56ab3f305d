import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { id, personRef } from './fields.ts';

export const managerCreatorsMax = 1000;

export const managerSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['manager', 'agency']),
    name: z.string(),
    company: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    note: z.string().nullable(),
    creators: z.array(personRef).describe('Whom they speak for, by name'),
  })
  .meta({ id: 'Manager', description: 'A manager or agency that speaks for creators' });
export type Manager = z.infer<typeof managerSchema>;

const about = {
  kind: z.enum(['manager', 'agency']).default('manager'),
  name: z.string().trim().min(1, 'Give a name').max(160),
  company: z.string().trim().max(160).nullable().default(null),
  email: z.email().max(254).nullable().default(null),
  phone: z.string().trim().max(60).nullable().default(null),
  note: z.string().trim().max(4000).nullable().default(null),
};

export const listManagers = endpoint({
  name: 'managers.list',
  method: 'GET',
  path: '/managers',
  access: 'creators:read',
  summary: 'Managers and agencies by name, with the creators they speak for',
  input: z.object({ personId: id.optional().describe('Only those of one creator') }),
  output: z.array(managerSchema),
});

export const createManager = endpoint({
  name: 'managers.create',
  method: 'POST',
  path: '/managers',
  access: 'creators:write',
  summary: 'Keep a manager or agency; an address that is known already is refused',
  input: z.object({ ...about, personIds: z.array(id).max(managerCreatorsMax).default([]) }),
  output: managerSchema,
});

export const updateManager = endpoint({
  name: 'managers.update',
  method: 'PUT',
  path: '/managers/:managerId',
  access: 'creators:write',
  summary: 'Change what is known of a manager or agency',
  input: z.object({ managerId: id, ...about }),
  output: managerSchema,
});

export const removeManager = endpoint({
  name: 'managers.remove',
  method: 'DELETE',
  path: '/managers/:managerId',
  access: 'creators:write',
  summary: 'Remove a manager or agency; the creators stay',
  input: z.object({ managerId: id }),
});

export const changeManagerCreators = endpoint({
  name: 'managers.changeCreators',
  method: 'POST',
  path: '/managers/:managerId/creators',
  access: 'creators:write',
  summary: 'Say for whom a manager speaks, and for whom no longer',
  input: z.object({
    managerId: id,
    add: z.array(id).max(managerCreatorsMax).default([]),
    remove: z.array(id).max(managerCreatorsMax).default([]),
  }),
  output: managerSchema,
});

export const messageManager = endpoint({
  name: 'managers.message',
  method: 'POST',
  path: '/managers/:managerId/messages',
  access: 'outreach:write',
  summary: 'One message about many creators; {creators} stands for their names',
  input: z.object({
    managerId: id,
    personIds: z.array(id).min(1, 'Choose at least one creator').max(managerCreatorsMax),
    subject: z.string().trim().min(1).max(300),
    body: z.string().trim().min(1).max(20_000),
  }),
  output: z.object({ state: z.enum(['queued', 'off']), subject: z.string(), text: z.string() }),
});
