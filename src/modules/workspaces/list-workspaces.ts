import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { listWorkspaces, Workspace } from './api.ts';
import { getWorkspace, toWorkspace } from './get-workspace.ts';
import { membershipsOf } from './queries/members.ts';
import { allWorkspaces } from './queries/workspaces.ts';

/** A person's workspaces, the one of a key, or all for the command line of this machine. */
export function listOpenWorkspaces(infra: Infra, call: Call<typeof listWorkspaces>): Promise<{ rows: Workspace[] }> {
  const { actor, workspaceId } = call;
  return infra.db.asSystem(async (tx) => {
    switch (actor.kind) {
      case 'user':
        return { rows: (await membershipsOf(tx, actor.id)).map(({ workspace }) => toWorkspace(workspace)) };
      case 'api_key':
        return { rows: [await getWorkspace(tx, workspaceId)] };
      // No creator passes the gate of the members' API.
      case 'creator':
        return { rows: [] };
      case 'system':
        return { rows: (await allWorkspaces(tx)).map(toWorkspace) };
    }
  });
}
