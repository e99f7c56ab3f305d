import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { refreshStatistics } from '#infra/db/refresh-statistics.ts';
import type { Infra } from '#infra/module.ts';
import { type CommentInPlace, letImportsPass, readComments } from '#modules/creators/index.ts';
import { markStale } from '../queries/reports.ts';
import { classifyComment } from './classify-comment.ts';
import { commentModelVersion } from './model-version.ts';
import { outdate, type ReadComment, storeRead, takeDue, workspacesWithDue } from './queries/classes.ts';
import { searchComments } from './search-comments.ts';
import { signatureOf } from './signature.ts';

export const readCommentsJob = 'vetting.read_comments';
const resumeJob = 'vetting.resume_comments';
const readPayload = z.object({ workspaceId: z.string() });

const batchRows = 1000;
/** So many are judged in one go before others get their turn. */
const rowsPerTurn = 100;
const batchesMax = 100_000;
const outdatedPerRun = 50_000;
/** After so many rows the planner is told. */
const rowsUntilTold = 20_000;

/** Reading is taken up again each minute: after a crash where the last batch was committed, after an update with what newer models read anew. */
export function defineCommentJobs(infra: Infra): void {
  infra.jobs.define({
    name: readCommentsJob,
    payload: readPayload,
    retriesMax: 3,
    timeoutSeconds: 6 * 3600,
    handle: ({ workspaceId }, signal) => readDueComments(infra, workspaceId, signal),
  });
  infra.jobs.define({
    name: resumeJob,
    payload: z.unknown(),
    retriesMax: 0,
    timeoutSeconds: 300,
    cron: '* * * * *',
    handle: () => resumeReading(infra),
  });
}

/** Makes due what another version read, and enqueues every workspace that has something to be read. */
export async function resumeReading(infra: Infra): Promise<void> {
  await infra.db.asSystem((tx) => outdate(tx, { modelVersion: commentModelVersion(), limit: outdatedPerRun }));
  for (const workspaceId of await infra.db.asSystem(workspacesWithDue))
    await infra.jobs.enqueue(readCommentsJob, { workspaceId }, workspaceId);
}

/**
 * Reads every comment that is due, a batch a transaction and after imports, then looks for copies and pods among all. Killed between two batches it goes on with the
 * next; killed within one, the batch is read again with the same result.
 */
export async function readDueComments(infra: Infra, workspaceId: string, signal?: AbortSignal): Promise<void> {
  let told = 0;
  for (let batch = 0; batch < batchesMax; batch += 1) {
    await letImportsPass(infra, workspaceId, signal);
    const read = await readBatch(infra, workspaceId);
    told += read;
    if (told >= rowsUntilTold || (read === 0 && told > batchRows)) {
      await refreshStatistics(infra.db, ['comment_class']);
      told = 0;
    }
    if (read === 0) break;
  }
  signal?.throwIfAborted();
  await searchComments(infra, workspaceId);
}

async function readBatch(infra: Infra, workspaceId: string): Promise<number> {
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const ids = await takeDue(tx, workspaceId, batchRows);
    if (ids.length === 0) return 0;
    const comments = await readComments(tx, workspaceId, ids);
    const at = infra.clock.now();
    const read: ReadComment[] = [];
    for (let from = 0; from < comments.length; from += rowsPerTurn) {
      read.push(...comments.slice(from, from + rowsPerTurn).map(readOne));
      await nextTurn();
    }
    await storeRead(tx, workspaceId, { comments: read, modelVersion: commentModelVersion(), at });
    await markStale(tx, workspaceId, { personIds: [...new Set(comments.map((one) => one.personId))], at });
    return ids.length;
  });
}

/** Names of a post beyond these are a list of friends, not its partners. */
const brandHandlesMax = 20;

export function readOne(comment: CommentInPlace): ReadComment {
  const { text } = comment;
  return {
    commentId: comment.id,
    classified: classifyComment(text, {
      creatorHandle: comment.handle,
      platform: comment.platform,
      brandHandles: comment.postMentions.slice(0, brandHandlesMax),
    }),
    wordCount: countWords(text),
    signature: signatureOf(text),
  };
}

const wordsReadMax = 2000;

/** Words of letters or digits, names of others left out. */
export function countWords(text: string): number {
  return text.slice(0, wordsReadMax).match(/(?<![@\p{L}\p{N}_.])[\p{L}\p{N}][\p{L}\p{M}\p{N}'’_-]*/gu)?.length ?? 0;
}
