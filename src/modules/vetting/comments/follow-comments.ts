import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import {
  type CommentInPlace,
  commentIdsPayload,
  commentsChanged,
  creatorsRemoved,
  nextCommentIds,
  readComments,
} from '#modules/creators/index.ts';
import { authorKeyOf, bareHandle } from './author-key.ts';
import { type KnownComment, markDue } from './queries/classes.ts';
import { readCommentsJob } from './read-comments.ts';

/** Notes every comment that comes in or changes, and has it read in the background. Told twice or in another order it ends the same. */
export function followComments(infra: Infra): Consumer {
  return {
    name: 'vetting.follow_comments',
    events: [commentsChanged, creatorsRemoved],
    handle: async (events) => {
      for (const event of events.filter((one) => one.name === commentsChanged)) {
        const { commentIds } = commentIdsPayload.parse(event.payload);
        await infra.db.inWorkspace(event.workspaceId, (tx) => note(tx, event.workspaceId, commentIds));
      }
      // Somebody erased leaves groups and pods, too, which the job looks for again.
      for (const workspaceId of new Set(events.map((event) => event.workspaceId)))
        await infra.jobs.enqueue(readCommentsJob, { workspaceId }, workspaceId);
    },
  };
}

const idsPerPage = 4000;
const pagesMax = 25_000;

/** Notes all comments of a workspace that did not come in by an event: those of a sample or a restored copy. */
export async function noteAllComments(infra: Infra, workspaceId: string): Promise<void> {
  let after = '';
  for (let page = 0; page < pagesMax; page += 1) {
    const ids = await infra.db.inWorkspace(workspaceId, async (tx) => {
      const next = await nextCommentIds(tx, workspaceId, { after, limit: idsPerPage });
      await note(tx, workspaceId, next);
      return next;
    });
    const last = ids.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

async function note(tx: Tx, workspaceId: string, commentIds: readonly string[]): Promise<void> {
  await markDue(tx, workspaceId, (await readComments(tx, workspaceId, commentIds)).map(toKnown));
}

function toKnown(comment: CommentInPlace): KnownComment {
  return {
    commentId: comment.id,
    postId: comment.postId,
    profileId: comment.profileId,
    authorKey: authorKeyOf(comment.platform, comment.authorHandle),
    isOwn: bareHandle(comment.authorHandle) === comment.handle.toLowerCase(),
    commentedAt: comment.commentedAt,
  };
}
