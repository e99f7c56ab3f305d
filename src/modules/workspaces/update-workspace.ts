import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { updateWorkspace, Workspace } from './api.ts';
import { getWorkspace, toWorkspace } from './get-workspace.ts';
import { slugTaken } from './make-workspace.ts';
import { lockSetUp, slugIsTaken, updateWorkspaceRow } from './queries/workspaces.ts';
import { recordAudit } from './record-audit.ts';
import { changesBetween } from './rules/changes-between.ts';
import { isReservedSlug } from './rules/workspace-slug.ts';

/** Changes what was given, and records what it was before. A given value that is the same changes nothing. Error: workspaces.slug_taken. */
export function changeWorkspace(infra: Infra, call: Call<typeof updateWorkspace>): Promise<Workspace> {
  const { workspaceId, input, actor, requestId } = call;
  return infra.db.asSystem(async (tx) => {
    await lockSetUp(tx);
    const before = await getWorkspace(tx, workspaceId);
    const changes = changesBetween(before, input);
    if (Object.keys(changes).length === 0) return before;
    const { slug } = input;
    if (
      slug !== undefined &&
      slug !== before.slug &&
      (isReservedSlug(slug) || (await slugIsTaken(tx, slug, workspaceId)))
    ) {
      throw slugTaken(slug);
    }
    const { name, currency, timeZone } = input;
    const after = await updateWorkspaceRow(tx, workspaceId, { name, slug, currency, time_zone: timeZone });
    const about = { workspaceId, actor, requestId };
    await recordAudit(tx, {
      ...about,
      action: 'workspace.updated',
      subjectKind: 'workspace',
      subjectId: workspaceId,
      changes,
    });
    return toWorkspace(after);
  });
}
