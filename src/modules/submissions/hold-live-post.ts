import type { Tx } from '#infra/db/database.ts';
import { submissionsError } from './errors.ts';
import { holdThread } from './hold-thread.ts';
import { readLive } from './look-at-post.ts';
import type { LivePostRow } from './queries/live.ts';
import type { SubmissionThread } from './queries/submissions.ts';

/** Locks a thread that is live, with its post. Errors: not_found, not_live. */
export async function holdLivePost(
  tx: Tx,
  workspaceId: string,
  submissionId: string,
): Promise<{ thread: SubmissionThread; live: LivePostRow }> {
  const thread = await holdThread(tx, workspaceId, submissionId);
  const live = await readLive(tx, workspaceId, submissionId);
  if (live === null)
    throw submissionsError('not_live', 'Nobody said yet where it is live. Give the address of the post first.');
  return { thread, live };
}
