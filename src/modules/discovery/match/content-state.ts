import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { ContentState, getContentState, rebuildContent } from '../api.ts';
import { wordEncoder } from './encoder.ts';
import { contentJob } from './make-content.ts';
import { countContent, markAllDue } from './queries/content.ts';

/** How far vectors and topics are made. */
export async function readContentState(infra: Infra, call: Call<typeof getContentState>): Promise<ContentState> {
  const encoder = wordEncoder();
  const counts = await infra.db.inWorkspace(call.workspaceId, (tx) => countContent(tx, call.workspaceId, encoder.name));
  const [made, notEnough, waiting] = [Number(counts.made), Number(counts.not_enough), Number(counts.waiting)];
  return {
    model: encoder.name,
    dims: encoder.dims,
    creators: made + notEnough + Number(counts.new_ones),
    made,
    notEnough,
    waiting,
  };
}

/** Marks all creators and starts the work in the background. */
export async function rebuildAllContent(infra: Infra, call: Call<typeof rebuildContent>): Promise<{ waiting: number }> {
  const { workspaceId } = call;
  const counts = await infra.db.inWorkspace(workspaceId, async (tx) => {
    await markAllDue(tx, workspaceId);
    await recordAudit(tx, {
      ...call,
      action: 'content.rebuild_asked',
      subjectKind: 'content',
      subjectId: workspaceId,
      changes: {},
    });
    return countContent(tx, workspaceId, wordEncoder().name);
  });
  await infra.jobs.enqueue(contentJob, { workspaceId }, workspaceId);
  return { waiting: Number(counts.waiting) };
}
