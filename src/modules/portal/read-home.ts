import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { byUrgency, type PortalTask } from '#kernel/portal-task.ts';
import type { getPortalHome, PortalHome } from './api.ts';

/** A module's answer to "what has this creator to do?". */
type TaskSource = (infra: Infra, tx: Tx, who: { workspaceId: string; personId: string }) => Promise<PortalTask[]>;

/** The one list of who is asked. */
const sources: TaskSource[] = [];

/** Everything the creator has to do with this brand, most urgent first. */
export function readHome(infra: Infra, call: Call<typeof getPortalHome>): Promise<PortalHome> {
  const { workspaceId, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const tasks = await tasksOf(infra, tx, { workspaceId, personId: actor.id });
    return { tasks: tasks.map((task) => ({ ...task, dueAt: task.dueAt?.toISOString() ?? null })) };
  });
}

export async function tasksOf(
  infra: Infra,
  tx: Tx,
  who: { workspaceId: string; personId: string },
): Promise<PortalTask[]> {
  const tasks: PortalTask[] = [];
  for (const source of sources) tasks.push(...(await source(infra, tx, who)));
  return tasks.sort(byUrgency);
}
