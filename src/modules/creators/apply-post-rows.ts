import type pg from 'pg';
import type { Tx } from '#infra/db/database.ts';
import type { CommentRow, PostRow } from './api.ts';
import type { RowOutcome } from './apply-creator-rows.ts';
import { profileKey, selectKnownProfiles, selectProfileStates } from './queries/known-creators.ts';
import { selectContentPosts, upsertContent } from './queries/profile-content.ts';
import { writeCreators } from './queries/write-creators.ts';
import { selectPostFigures, selectPostIds, writeComments, writePosts } from './queries/write-posts.ts';
import { contentFromPosts } from './rules/content-from-posts.ts';
import type { RowProblem } from './rules/creator-state.ts';
import { sameProfile } from './rules/creator-state.ts';
import { postsSource, withDerived } from './rules/figures-from-posts.ts';
import { parseHandle } from './rules/parse-handle.ts';

export interface AppliedPosts {
  outcomes: Map<number, RowOutcome>;
  problems: RowProblem[];
  changedPersonIds: Set<string>;
}

export interface AppliedComments extends AppliedPosts {
  /** Of those that came in or changed. */
  changedCommentIds: string[];
}

export interface ObservationBatch<Row> {
  workspaceId: string;
  now: Date;
  source: string;
  observedAt: string;
  rows: { row: number; value: Row }[];
}

/**
 * Brings posts to the creators they belong to and derives the profiles' averages from them anew; a post of nobody we know is a problem of its
 * row. Runs in the caller's transaction, which holds `lockCreators`.
 */
export async function applyPostRows(
  client: pg.PoolClient,
  tx: Tx,
  batch: ObservationBatch<PostRow>,
): Promise<AppliedPosts> {
  const { workspaceId } = batch;
  const problems: RowProblem[] = [];
  const wanted = batch.rows.map(({ row, value }) => ({
    row,
    value,
    parsed: parseHandle(value.handle, value.platform),
  }));
  const keys = wanted.flatMap(({ parsed }) =>
    parsed.ok ? [{ platform: parsed.value.platform, handleKey: parsed.value.key }] : [],
  );
  const known = await selectKnownProfiles(tx, workspaceId, keys);
  const posts = new Map<string, { rows: number[]; profileId: string; personId: string; post: PostRow }>();
  for (const { row, value, parsed } of wanted) {
    const profile = parsed.ok ? known.get(profileKey(parsed.value.platform, parsed.value.key)) : undefined;
    if (profile === undefined) {
      problems.push({
        row,
        field: 'handle',
        message: parsed.ok
          ? `No such creator: @${parsed.value.handle} is not among the creators. Import the creators first.`
          : parsed.message,
      });
      continue;
    }
    const key = `${profile.profileId} ${value.externalId}`;
    const before = posts.get(key);
    posts.set(key, {
      rows: [...(before?.rows ?? []), row],
      profileId: profile.profileId,
      personId: profile.personId,
      post: before === undefined ? value : joined(before.post, value),
    });
  }
  const written = await writePosts(client, { ...batch, posts: [...posts.values()] });
  const outcomes = outcomesOf(posts, written);
  const touched = [...new Set([...written.keys()].map((key) => posts.get(key)?.profileId ?? ''))];
  await deriveFigures(client, tx, { workspaceId, now: batch.now, profileIds: touched });
  const changedPersonIds = new Set([...written.keys()].map((key) => posts.get(key)?.personId ?? ''));
  return { outcomes, problems, changedPersonIds };
}

/** Brings comments to their posts; a comment under a post we do not know is a problem of its row. */
export async function applyCommentRows(
  client: pg.PoolClient,
  tx: Tx,
  batch: ObservationBatch<CommentRow>,
): Promise<AppliedComments> {
  const problems: RowProblem[] = [];
  const comments = new Map<string, { rows: number[]; postId: string; personId: string; comment: CommentRow }>();
  for (const [platform, rows] of Map.groupBy(batch.rows, ({ value }) => value.platform)) {
    const known = await selectPostIds(tx, batch.workspaceId, {
      platform,
      externalIds: [...new Set(rows.map(({ value }) => value.postExternalId))],
    });
    for (const { row, value } of rows) {
      const post = known.get(value.postExternalId);
      if (post === undefined) {
        problems.push({
          row,
          field: 'post id',
          message: `No such post: "${value.postExternalId}" is not among the posts. Import the posts first.`,
        });
        continue;
      }
      const key = `${post.postId} ${value.externalId}`;
      const before = comments.get(key);
      comments.set(key, {
        rows: [...(before?.rows ?? []), row],
        ...post,
        comment: before === undefined || before.comment.text < value.text ? value : before.comment,
      });
    }
  }
  const { written, ids } = await writeComments(client, { ...batch, comments: [...comments.values()] });
  const changedPersonIds = new Set([...written.keys()].map((key) => comments.get(key)?.personId ?? ''));
  return { outcomes: outcomesOf(comments, written), problems, changedPersonIds, changedCommentIds: ids };
}

function outcomesOf(
  entries: Map<string, { rows: number[] }>,
  written: Map<string, 'created' | 'updated'>,
): Map<number, RowOutcome> {
  const outcomes = new Map<number, RowOutcome>();
  for (const [key, { rows }] of entries) {
    // Of the same post twice in one batch only the first is new.
    for (const [at, row] of rows.entries())
      outcomes.set(row, at === 0 ? (written.get(key) ?? 'unchanged') : 'unchanged');
  }
  return outcomes;
}

/** Of two statements of one instant about one post each field holds its greater value. */
function joined(a: PostRow, b: PostRow): PostRow {
  const result: Record<string, unknown> = { ...a };
  for (const [name, value] of Object.entries(b)) {
    const before = result[name];
    if (value === null || value === undefined) continue;
    if (before === null || before === undefined || (Array.isArray(before) && before.length === 0)) result[name] = value;
    else if (!Array.isArray(value) && value > (before as typeof value)) result[name] = value;
  }
  return result as PostRow;
}

/** Computes the averages of profiles from their newest posts and writes those that differ, with a point of history. */
export async function deriveFigures(
  client: pg.PoolClient,
  tx: Tx,
  what: { workspaceId: string; now: Date; profileIds: string[] },
): Promise<void> {
  const { workspaceId, now, profileIds } = what;
  if (profileIds.length === 0) return;
  const states = await selectProfileStates(tx, workspaceId, profileIds);
  const averages = await selectPostFigures(tx, workspaceId, profileIds);
  const profiles = averages.flatMap((one) => {
    const before = states.get(one.profileId);
    if (before === undefined) return [];
    const state = { identity: before.identity, figures: withDerived(before.figures, one) };
    if (sameProfile(before, state) && JSON.stringify(before.figures.stamps) === JSON.stringify(state.figures.stamps))
      return [];
    return [
      {
        id: one.profileId,
        personId: one.personId,
        platform: one.platform,
        handleKey: one.handleKey,
        isNew: false,
        state,
        rowHash: null,
        source: '',
        observedAt: one.observedAt,
      },
    ];
  });
  const history = profiles.flatMap((profile) => {
    const derived = Object.entries(profile.state.figures.values).filter(
      ([name]) => name !== 'lastPostAt' && profile.state.figures.stamps[name]?.source === postsSource,
    );
    if (derived.length === 0) return [];
    return [
      {
        profileId: profile.id,
        day: profile.observedAt.slice(0, 10),
        source: postsSource,
        observedAt: now.toISOString(),
        figures: Object.fromEntries(derived),
      },
    ];
  });
  await writeCreators(client, {
    workspaceId,
    now,
    persons: [],
    profiles,
    history,
    growing: [...new Set(history.map((point) => point.profileId))],
  });
  const found = await selectContentPosts(tx, workspaceId, profileIds);
  await upsertContent(
    tx,
    workspaceId,
    found.map((one) => ({ profileId: one.profileId, content: contentFromPosts(one.posts, one) })),
  );
}
