import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import type {
  createMailTemplate,
  listMailTemplates,
  MailTemplate,
  removeMailTemplate,
  updateMailTemplate,
} from './api.ts';
import { checkTemplate } from './check-steps.ts';
import { outreachError } from './errors.ts';
import {
  deleteTemplate,
  insertTemplate,
  isNameTaken,
  selectTemplates,
  type TemplateRow,
  updateTemplateRow,
} from './queries/templates.ts';
import { readTemplate } from './rules/template.ts';

export function listTemplates(infra: Infra, call: Call<typeof listMailTemplates>): Promise<{ rows: MailTemplate[] }> {
  return infra.db.inWorkspace(call.workspaceId, async (tx) => ({
    rows: (await selectTemplates(tx, call.workspaceId)).map(toTemplate),
  }));
}

/** Errors: outreach.bad_template, name_taken. */
export function createTemplate(infra: Infra, call: Call<typeof createMailTemplate>): Promise<MailTemplate> {
  const { workspaceId, input } = call;
  checkTemplate(input);
  const now = infra.clock.now();
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const made = await insertTemplate(tx, {
      workspace_id: workspaceId,
      id: newId('template', now.getTime()),
      name: input.name,
      subject: input.subject,
      body: input.body,
      created_by: call.actor.name,
      created_at: now,
      updated_at: now,
    });
    if (made === null) throw nameTaken(input.name);
    return toTemplate(made);
  });
}

/** Errors: not_found, outreach.bad_template, name_taken. */
export function updateTemplate(infra: Infra, call: Call<typeof updateMailTemplate>): Promise<MailTemplate> {
  const { workspaceId, input } = call;
  checkTemplate(input);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { name, subject, body, templateId: id } = input;
    if (name !== undefined && (await isNameTaken(tx, workspaceId, { table: 'mail_template', name, exceptId: id })))
      throw nameTaken(name);
    const set = {
      updated_at: infra.clock.now(),
      ...(name === undefined ? {} : { name }),
      ...(subject === undefined ? {} : { subject }),
      ...(body === undefined ? {} : { body }),
    };
    const row = await updateTemplateRow(tx, workspaceId, { id, set });
    if (row === undefined) throw notFound('template');
    return toTemplate(row);
  });
}

/** Error: not_found. */
export function removeTemplate(infra: Infra, call: Call<typeof removeMailTemplate>): Promise<null> {
  return infra.db.inWorkspace(call.workspaceId, async (tx) => {
    if (!(await deleteTemplate(tx, call.workspaceId, call.input.templateId))) throw notFound('template');
    return null;
  });
}

export function nameTaken(name: string) {
  return outreachError('name_taken', `There is one named "${name}" already. Choose another name.`, [
    { field: 'name', message: 'is taken' },
  ]);
}

function toTemplate(row: TemplateRow): MailTemplate {
  const fields = [row.subject, row.body].flatMap((text) =>
    readTemplate(text).parts.flatMap((part) => (part.kind === 'field' ? [part.field] : [])),
  );
  return {
    id: row.id,
    name: row.name,
    subject: row.subject,
    body: row.body,
    fields: [...new Set(fields)],
    createdBy: row.created_by,
    updatedAt: row.updated_at.toISOString(),
  };
}
