import type { Tx } from '#infra/db/database.ts';
import { updateLiveFault } from './queries/live-posts.ts';

export interface PostFault {
  workspaceId: string;
  deliverableId: string;
  /** A few words, such as "Ad label missing"; null when all is well again. */
  fault: string | null;
  at: Date;
}

/** What is wrong with the live post of a deliverable, as its creator's card shows it. The same fault keeps the day it was first told. */
export function statePostFault(tx: Tx, { workspaceId, deliverableId, fault, at }: PostFault): Promise<void> {
  return updateLiveFault(tx, workspaceId, { deliverableId, fault, at });
}
