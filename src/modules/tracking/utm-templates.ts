import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import type {
  createUtmTemplate as createEndpoint,
  listUtmTemplates as listEndpoint,
  removeUtmTemplate as removeEndpoint,
  UtmTemplate,
} from './api.ts';
import { deleteTemplate, saveTemplate, selectTemplates, type TemplateRecord } from './queries/places.ts';

export async function listTemplates(infra: Infra, call: Call<typeof listEndpoint>): Promise<{ rows: UtmTemplate[] }> {
  const rows = await infra.db.inWorkspace(call.workspaceId, (tx) => selectTemplates(tx, call.workspaceId));
  return { rows: rows.map(present) };
}

/** Keeps UTM parameters; one of the same name is replaced. */
export async function createTemplate(infra: Infra, call: Call<typeof createEndpoint>): Promise<UtmTemplate> {
  const { workspaceId, input } = call;
  const row = await infra.db.inWorkspace(workspaceId, (tx) =>
    saveTemplate(tx, workspaceId, { id: newId('utmTemplate', infra.clock.now().getTime()), ...input }),
  );
  if (row === undefined) throw notFound('utm_template');
  return present(row);
}

/** Error: not_found. */
export async function removeTemplate(infra: Infra, call: Call<typeof removeEndpoint>): Promise<{ removed: boolean }> {
  const { workspaceId, input } = call;
  const isGone = await infra.db.inWorkspace(workspaceId, (tx) => deleteTemplate(tx, workspaceId, input.templateId));
  if (!isGone) throw notFound('utm_template');
  return { removed: true };
}

function present(row: TemplateRecord): UtmTemplate {
  return { id: row.id, name: row.name, utm: row.utm, createdAt: row.created_at.toISOString() };
}
