import type { Tx } from '#infra/db/database.ts';
import { starter } from './actors.ts';
import type { Workspace } from './api.ts';
import { toWorkspace } from './get-workspace.ts';
import { makeWorkspace } from './make-workspace.ts';
import { firstPerson } from './queries/people.ts';
import { allWorkspaces, deleteWorkspaceRow } from './queries/workspaces.ts';

export interface SampleToMake {
  name: string;
  slug: string;
  currency: string;
  timeZone: string;
  now: Date;
}

/** Makes the sample workspace, in a transaction of the system role; the installation's first owner, if there is one, owns it. */
export async function makeSampleWorkspace(tx: Tx, sample: SampleToMake): Promise<Workspace> {
  const { now, ...wanted } = sample;
  const owner = await firstPerson(tx);
  const made = await makeWorkspace(
    tx,
    { ...wanted, isSample: true, ownerId: owner?.id ?? null },
    { actor: starter, requestId: null, now },
  );
  return toWorkspace(made);
}

/** Every workspace of the installation. In a transaction of the system role: for start, jobs and the sample. */
export async function listAllWorkspaces(tx: Tx): Promise<Workspace[]> {
  return (await allWorkspaces(tx)).map(toWorkspace);
}

/**
 * Removes the row of a sample workspace with its members, keys and audit trail, in a transaction of the system role that
 * has removed what other modules keep for it. False when there is no such sample: other workspaces are never removed so.
 */
export function removeSampleWorkspace(tx: Tx, workspaceId: string): Promise<boolean> {
  return deleteWorkspaceRow(tx, { id: workspaceId, isSample: true });
}
