import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { nextPersonIds } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { ContentState, getContentState, rebuildContent } from '../api.ts';
import { wordEncoder } from './encoder.ts';
import { contentJob } from './make-content.ts';
import { countContent, markDue } from './queries/content.ts';

const markedAtOnce = 5000;

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

/** Marks every creator of a workspace and starts the work in the background; for creators who came in without telling anybody, too. */
export async function makeAllContent(infra: Infra, workspaceId: string): Promise<void> {
  let after = '';
  for (;;) {
    const ids = await infra.db.inWorkspace(workspaceId, async (tx) => {
      const next = await nextPersonIds(tx, workspaceId, after, markedAtOnce);
      await markDue(tx, workspaceId, next);
      return next;
    });
    const last = ids.at(-1);
    if (last === undefined) break;
    after = last;
  }
  await infra.jobs.enqueue(contentJob, { workspaceId }, workspaceId);
}

/** Marks all creators and starts the work in the background. */
export async function rebuildAllContent(infra: Infra, call: Call<typeof rebuildContent>): Promise<{ waiting: number }> {
  const { workspaceId } = call;
  await makeAllContent(infra, workspaceId);
  const counts = await infra.db.inWorkspace(workspaceId, async (tx) => {
    await recordAudit(tx, {
      ...call,
      action: 'content.rebuild_asked',
      subjectKind: 'content',
      subjectId: workspaceId,
      changes: {},
    });
    return countContent(tx, workspaceId, wordEncoder().name);
  });
  return { waiting: Number(counts.waiting) };
}
