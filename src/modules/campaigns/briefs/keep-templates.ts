import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { dayIn, daysBetween } from '#kernel/time.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import {
  type BriefTemplate,
  briefSchema,
  type CampaignModel,
  type listBriefTemplates as listEndpoint,
  type removeBriefTemplate as removeEndpoint,
  type renameBriefTemplate as renameEndpoint,
  type saveBriefTemplate as saveEndpoint,
} from '../api.ts';
import { campaignsError } from '../errors.ts';
import { readBriefVersion } from '../read-brief.ts';
import { getCampaignRow } from '../read-campaigns.ts';
import { builtInTemplates } from '../rules/brief-templates.ts';
import { shiftBrief } from '../rules/shift-brief.ts';
import {
  deleteTemplate,
  insertTemplate,
  renameTemplate,
  selectTemplate,
  selectTemplates,
  type TemplateRow,
} from './queries-kit.ts';

/** Templates, your own first, with the days of the campaign named, else as if one began today. Error: not_found. */
export async function listBriefTemplates(infra: Infra, call: Call<typeof listEndpoint>): Promise<BriefTemplate[]> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const startsOn =
      input.campaignId === undefined
        ? dayIn((await getWorkspace(tx, workspaceId)).timeZone, infra.clock.now())
        : (await getCampaignRow(tx, workspaceId, input.campaignId)).starts_on;
    const own = (await selectTemplates(tx, workspaceId, input.model)).map((row) => toTemplate(row, startsOn));
    const builtIn = builtInTemplates(startsOn).filter(
      (template) => input.model === undefined || template.model === input.model,
    );
    return [...own, ...builtIn];
  });
}

function toTemplate(row: TemplateRow, startsOn: string): BriefTemplate {
  return {
    id: row.id,
    name: row.name,
    model: row.model as CampaignModel,
    isBuiltIn: false,
    summary: `Kept by ${row.created_by}`,
    brief: shiftBrief(briefSchema.parse(row.brief), daysBetween(row.anchor_on, startsOn)),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** Keeps the brief of a campaign as a template. Errors: not_found, brief_empty, template_name. */
export async function saveBriefTemplate(infra: Infra, call: Call<typeof saveEndpoint>): Promise<BriefTemplate> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaignRow(tx, workspaceId, input.campaignId);
    const version = input.version ?? campaign.brief_version;
    if (version === 0) throw campaignsError('brief_empty', `"${campaign.name}" has no brief yet. Write it first.`);
    const { brief } = await readBriefVersion(tx, workspaceId, { campaignId: campaign.id, version });
    const at = infra.clock.now();
    const id = newId('briefTemplate', at.getTime());
    const { name } = input;
    const row = { id, name, model: campaign.model, anchorOn: campaign.starts_on, brief, createdBy: actor.name, at };
    if (!(await insertTemplate(tx, workspaceId, row))) throw nameTaken(name);
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: 'brief-template.saved',
      subjectKind: 'brief-template',
      subjectId: id,
      changes: { name, from: campaign.id, version },
    });
    const kept = await selectTemplate(tx, workspaceId, id);
    if (kept === undefined) throw notFound('template');
    return toTemplate(kept, campaign.starts_on);
  });
}

/** Renames a template of your own. Errors: not_found, template_name, bad_template for one that comes with the program. */
export async function renameBriefTemplate(infra: Infra, call: Call<typeof renameEndpoint>): Promise<BriefTemplate> {
  const { workspaceId, input, actor } = call;
  refuseBuiltIn(input.templateId);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectTemplate(tx, workspaceId, input.templateId);
    if (row === undefined) throw notFound('template');
    const at = infra.clock.now();
    if (!(await renameTemplate(tx, workspaceId, { id: row.id, name: input.name, at }))) throw nameTaken(input.name);
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: 'brief-template.renamed',
      subjectKind: 'brief-template',
      subjectId: row.id,
      changes: { name: { from: row.name, to: input.name } },
    });
    return toTemplate({ ...row, name: input.name, updated_at: at }, row.anchor_on);
  });
}

/** Removes a template of your own. Errors: not_found, bad_template for one that comes with the program. */
export async function removeBriefTemplate(infra: Infra, call: Call<typeof removeEndpoint>): Promise<null> {
  const { workspaceId, input, actor } = call;
  refuseBuiltIn(input.templateId);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectTemplate(tx, workspaceId, input.templateId);
    if (row === undefined) throw notFound('template');
    await deleteTemplate(tx, workspaceId, row.id);
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: 'brief-template.removed',
      subjectKind: 'brief-template',
      subjectId: row.id,
      changes: { name: row.name },
    });
    return null;
  });
}

function refuseBuiltIn(id: string): void {
  if (id.startsWith('built-in.'))
    throw campaignsError(
      'bad_template',
      'This template comes with the program. Start a brief from it and keep that as your own.',
    );
}

function nameTaken(name: string) {
  return campaignsError('template_name', `A template is named "${name}" already. Choose another name.`, [
    { field: 'name', message: 'Is taken' },
  ]);
}
