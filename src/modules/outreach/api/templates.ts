import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';
import { bodyField, id, subjectField } from './fields.ts';

const name = z.string().trim().min(1).max(120);

export const mailTemplateSchema = z
  .object({
    id,
    name: z.string(),
    subject: z.string(),
    body: z.string(),
    fields: z.array(z.string()).describe('Merge fields it names'),
    createdBy: z.string(),
    updatedAt: instantSchema,
  })
  .meta({ id: 'MailTemplate' });
export type MailTemplate = z.infer<typeof mailTemplateSchema>;

export const listMailTemplates = endpoint({
  name: 'mailTemplates.list',
  method: 'GET',
  path: '/outreach/templates',
  access: 'outreach:read',
  summary: 'Templates of mails, by name',
  output: z.object({ rows: z.array(mailTemplateSchema) }),
});

export const createMailTemplate = endpoint({
  name: 'mailTemplates.create',
  method: 'POST',
  path: '/outreach/templates',
  access: 'outreach:write',
  summary: 'Keep a mail for use again; fields it names must exist',
  input: z.object({ name, subject: subjectField, body: bodyField }),
  output: mailTemplateSchema,
});

export const updateMailTemplate = endpoint({
  name: 'mailTemplates.update',
  method: 'PATCH',
  path: '/outreach/templates/:templateId',
  access: 'outreach:write',
  summary: 'Change a template; mails that wait are not changed by it',
  input: z.object({
    templateId: id,
    name: name.optional(),
    subject: subjectField.optional(),
    body: bodyField.optional(),
  }),
  output: mailTemplateSchema,
});

export const removeMailTemplate = endpoint({
  name: 'mailTemplates.remove',
  method: 'DELETE',
  path: '/outreach/templates/:templateId',
  access: 'outreach:write',
  summary: 'Remove a template',
  input: z.object({ templateId: id }),
  output: z.null(),
});
