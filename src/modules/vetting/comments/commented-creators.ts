import type { Infra } from '#infra/module.ts';
import { importCreatorRows } from '#modules/creators/index.ts';
import { importFile } from '#tests/support/import-file.ts';
import { countRead } from './queries/classes.ts';
import { readDueComments } from './read-comments.ts';

// Builders for this folder's tests.

export const commentsNow = new Date('2026-05-07T12:00:00Z');

export interface WrittenComment {
  /** Handle of the creator under whose post it stands. */
  under: string;
  text: string;
  author?: string;
  /** Minutes after the post. */
  after?: number;
  id: string;
  /** Which of the creator's posts, newest first. */
  post?: number;
}

/** Brings a creator with posts in, ten days apart, the newest five days old. */
export async function aCommentedCreator(
  infra: Infra,
  workspaceId: string,
  wish: { handle: string; posts?: number; mentions?: string[] },
): Promise<{ personId: string; profileId: string; postIds: string[] }> {
  const { handle } = wish;
  const outcome = await importCreatorRows(infra, {
    workspaceId,
    rows: [{ name: handle, profiles: [{ platform: 'instagram', handle, followers: 12_000 }] }],
    source: 'test file',
    observedAt: commentsNow,
  });
  const personId = outcome.personIds[0];
  if (personId === null || personId === undefined) throw new Error('Not brought in');
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const profile = await tx
      .selectFrom('profile')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .where('person_id', '=', personId)
      .executeTakeFirstOrThrow();
    const postIds = Array.from({ length: wish.posts ?? 3 }, (_, at) => `pst_${handle}_${at}`);
    await tx
      .insertInto('post')
      .values(
        postIds.map((id, at) => ({
          workspace_id: workspaceId,
          id,
          profile_id: profile.id,
          external_id: `${handle}-${at}`,
          posted_at: postedAt(at),
          mentions: wish.mentions ?? [],
          source: 'test file',
          observed_at: commentsNow,
        })),
      )
      .execute();
    return { personId, profileId: profile.id, postIds };
  });
}

const postedAt = (post: number) => new Date(commentsNow.getTime() - (5 + 10 * post) * 86_400_000);

const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** Imports comments as a person would, from a file. */
export async function importComments(
  client: Parameters<typeof importFile>[0],
  comments: readonly WrittenComment[],
): Promise<void> {
  const lines = comments.map((comment) => {
    const at = new Date(postedAt(comment.post ?? 0).getTime() + (comment.after ?? 600) * 60_000);
    const { under, id, author = '', text } = comment;
    return [`${under}-${comment.post ?? 0}`, id, author, text, at.toISOString()].map(cell).join(',');
  });
  const body = ['post_id,comment_id,author,comment,date', ...lines].join('\n');
  const run = await importFile(client, { name: 'comments.csv', body }, { platform: 'instagram' });
  if (run.counts.failed > 0) throw new Error(`Comments were refused: ${JSON.stringify(run.counts)}`);
}

const waitsMax = 200;

/** Reads all comments now and looks for copies and pods among all of them; the job in the background may hold some of them until it is done. */
export async function readEverything(infra: Infra, workspaceId: string): Promise<void> {
  await infra.outbox.settle();
  for (let waits = 0; waits < waitsMax; waits += 1) {
    await readDueComments(infra, workspaceId);
    const { total, read } = await infra.db.inWorkspace(workspaceId, (tx) => countRead(tx, workspaceId));
    if (total === read) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await readDueComments(infra, workspaceId);
  await infra.outbox.settle();
}
