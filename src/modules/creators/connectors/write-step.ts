import type { Infra } from '#infra/module.ts';
import { commentRowSchema, creatorRowSchema, postRowSchema } from '../api.ts';
import { applyCreatorRows } from '../apply-creator-rows.ts';
import { applyCommentRows, applyPostRows } from '../apply-post-rows.ts';
import { emitChanged, emitComments } from '../emit-changes.ts';
import { withoutSuppressed } from '../import-creator-rows.ts';
import { type StoredTask, saveTask, upsertHashtagPosts } from '../queries/connection-tasks.ts';
import { setConnectionState } from '../queries/connections.ts';
import { lockCreators } from '../queries/known-creators.ts';
import { type ReadyRow, readyRow } from '../rules/creator-state.ts';
import { emailsInText } from '../rules/emails-in-text.ts';
import type { Connector, ConnectorStep } from './port.ts';

const missingMax = 50;

/**
 * Writes what a step brought, the task's new place and the events in one transaction: killed before its commit, the step is read again; killed
 * after, it is never written twice. What does not fit a schema is left out and said. False when another process was faster.
 */
export async function writeStep(
  infra: Infra,
  of: { workspaceId: string; connector: Connector; task: StoredTask; observedAt: Date },
  step: ConnectorStep,
): Promise<boolean> {
  const { workspaceId, connector, task } = of;
  const observedAt = of.observedAt.toISOString();
  const { platform, source } = connector;
  const missing = new Map([...task.missing, ...step.missing].map((one) => [one.field, one]));
  const creators = readyCreators(of, step, missing);
  const posts = fitting(step.posts, postRowSchema, { missing, what: 'posts' });
  const comments = fitting(step.comments, commentRowSchema, { missing, what: 'comments' });
  return infra.db
    .copyInWorkspace(workspaceId, async (client, tx) => {
      await lockCreators(tx, workspaceId);
      const now = infra.clock.now();
      const { kept } = await withoutSuppressed(infra, tx, creators);
      const applied = await applyCreatorRows(client, tx, { workspaceId, now, keyScope: source, rows: kept });
      const batch = { workspaceId, now, source, observedAt };
      const ofPosts = await applyPostRows(client, tx, { ...batch, rows: posts });
      const ofComments = await applyCommentRows(client, tx, { ...batch, rows: comments });
      const sightings = await upsertHashtagPosts(tx, workspaceId, {
        platform,
        hashtag: task.target,
        rows: step.hashtagPosts,
        now,
      });
      const changed = [applied, ofPosts, ofComments].flatMap((one) => [...one.changedPersonIds]);
      await emitChanged(infra, tx, { workspaceId, personIds: changed });
      await emitComments(infra, tx, { workspaceId, commentIds: ofComments.changedCommentIds });
      const isDone = step.cursor === null;
      const isOurs = await saveTask(tx, workspaceId, {
        platform,
        kind: task.kind,
        target: task.target,
        cursorBefore: task.cursor,
        state: isDone ? 'done' : 'waiting',
        cursor: step.cursor,
        dueAt: now,
        attempts: 0,
        message: null,
        missing: [...missing.values()].slice(0, missingMax),
        counts: added(task.counts, {
          creators: applied.outcomes.size,
          posts: ofPosts.outcomes.size,
          newPosts: [...ofPosts.outcomes.values()].filter((one) => one === 'created').length,
          comments: ofComments.outcomes.size,
          hashtagPosts: sightings,
        }),
        finishedAt: isDone ? now : null,
      });
      if (!isOurs) throw new MovedOn();
      await setConnectionState(tx, workspaceId, { platform, state: 'working', message: null, waitUntil: null, now });
      return true;
    })
    .catch((error: unknown) => {
      // The same step was written by another process meanwhile; ours is rolled back.
      if (error instanceof MovedOn) return false;
      throw error;
    });
}

class MovedOn extends Error {}

type Missing = Map<string, { field: string; reason: string }>;

function readyCreators(
  of: { connector: Connector; observedAt: Date },
  step: ConnectorStep,
  missing: Missing,
): ReadyRow[] {
  const at = of.observedAt.toISOString();
  return step.creators.flatMap((row, index) => {
    // What a creator writes in a public bio to be reached by is a way to reach them.
    const emails = [...(row.emails ?? []), ...row.profiles.flatMap((profile) => emailsInText(profile.bio))];
    const parsed = creatorRowSchema.safeParse({ ...row, emails });
    const ready = parsed.success
      ? readyRow(parsed.data, { row: index + 1, stamp: { source: of.connector.source, at } })
      : null;
    if (ready !== null && !('message' in ready)) return [ready];
    const reason = ready?.message ?? parsed.error?.issues[0]?.message ?? 'not readable';
    missing.set('profile', { field: 'profile', reason: `The platform's answer does not fit: ${reason}` });
    return [];
  });
}

interface Parser<Row> {
  safeParse(value: unknown): { success: true; data: Row } | { success: false };
}

/** The rows that fit, numbered; of the others the number stands among what is missing. */
function fitting<Row>(
  rows: unknown[],
  schema: Parser<Row>,
  tell: { missing: Missing; what: string },
): { row: number; value: Row }[] {
  const kept = rows.flatMap((value, at) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? [{ row: at + 1, value: parsed.data }] : [];
  });
  if (kept.length < rows.length) {
    const reason = `${rows.length - kept.length} of ${rows.length} ${tell.what} were not readable`;
    tell.missing.set(tell.what, { field: tell.what, reason });
  }
  return kept;
}

function added(before: Record<string, number>, more: Record<string, number>): Record<string, number> {
  const sums = { ...before };
  for (const [key, value] of Object.entries(more)) if (value > 0) sums[key] = (sums[key] ?? 0) + value;
  return sums;
}
