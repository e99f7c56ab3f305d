import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { readComments } from '#modules/creators/index.ts';
import type { CommentProgress, CommentSummary } from '../api.ts';
import { choose, type Wanted } from '../vet-creator.ts';
import { recentSince } from './list-comments.ts';
import { commentModelVersion } from './model-version.ts';
import { countRead } from './queries/classes.ts';
import { selectDuplicates } from './queries/duplicates.ts';
import { countProgress, countWeeks } from './queries/sums.ts';
import { searchState, showPods } from './show-pods.ts';
import { sumScope } from './sum-comments.ts';

/** Sums over the comments of one profile of a creator, with copies and pods. Errors: not_found, vetting.no_profile. */
export async function summarise(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; wanted: Wanted },
): Promise<CommentSummary> {
  const { workspaceId } = of;
  const { person, profile } = await choose(tx, workspaceId, of.wanted);
  const profileId = profile.id;
  const now = infra.clock.now();
  return {
    personId: person.id,
    profileId,
    handle: profile.handle,
    platform: profile.platform,
    progress: await countProgress(tx, workspaceId, profileId),
    recent: await sumScope(tx, workspaceId, { profileId, since: recentSince(infra), now }),
    allTime: await sumScope(tx, workspaceId, { profileId, now }),
    weeks: await countWeeks(tx, workspaceId, { profileId, now }),
    duplicates: await readDuplicates(tx, workspaceId, profileId),
    pods: await showPods(tx, workspaceId, { profileId, limit: 20 }),
    podSearch: await searchState(tx, workspaceId),
    modelVersion: commentModelVersion(),
  };
}

async function readDuplicates(tx: Tx, workspaceId: string, profileId: string): Promise<CommentSummary['duplicates']> {
  const rows = await selectDuplicates(tx, workspaceId, profileId);
  const comments = await readComments(
    tx,
    workspaceId,
    rows.map((row) => row.commentId),
  );
  const textOf = new Map(comments.map((comment) => [comment.id, comment.text]));
  return rows.map(({ commentId, ...row }) => ({ ...row, text: textOf.get(commentId) ?? '' }));
}

/** How far reading is in the whole workspace. */
export async function readProgress(tx: Tx, workspaceId: string): Promise<CommentProgress> {
  return {
    ...(await countRead(tx, workspaceId)),
    modelVersion: commentModelVersion(),
    pods: await searchState(tx, workspaceId),
  };
}
