import type { Tx } from '#infra/db/database.ts';
import { refreshStatistics } from '#infra/db/refresh-statistics.ts';
import type { Infra } from '#infra/module.ts';
import { type CreatorRow, creatorRowSchema } from './api.ts';
import { applyCreatorRows } from './apply-creator-rows.ts';
import { emitChanged } from './emit-changes.ts';
import { lockCreators } from './queries/known-creators.ts';
import { hasSuppressions, selectSuppressed } from './queries/suppressions.ts';
import { type ReadyRow, type RowProblem, readyRow } from './rules/creator-state.ts';
import { suppressionHash } from './suppression-hash.ts';

export interface CreatorBatch {
  workspaceId: string;
  /** Checked row by row; a row that does not fit is an error of that row. At most 5,000. */
  rows: CreatorRow[];
  /** Stands beside every figure as its source, such as the file's name. */
  source: string;
  /** When the figures were true, where a row does not say it itself. */
  observedAt: Date;
  /** Whose person keys the rows bear; by default the source's. */
  keyScope?: string;
}

export interface BatchOutcome {
  created: number;
  updated: number;
  unchanged: number;
  /** Rows of creators who asked not to be kept. */
  skipped: number;
  /** Row numbers count from 1 within the batch. */
  errors: RowProblem[];
  /** In the order of the rows; null where nothing was kept. */
  personIds: (string | null)[];
}

export const batchRowsMax = 5000;
/** From so many new creators at once on, the planner is told; else the next batch may take minutes. */
const toldFrom = 500;

/** Brings a batch of creators in, in one transaction with its events: the way of the API, the sample and anything that is not a file. */
export async function importCreatorRows(infra: Infra, batch: CreatorBatch): Promise<BatchOutcome> {
  if (batch.rows.length > batchRowsMax)
    throw new Error(`At most ${batchRowsMax} rows a batch, not ${batch.rows.length}`);
  const ready: ReadyRow[] = [];
  const errors: RowProblem[] = [];
  batch.rows.forEach((input, at) => {
    const parsed = creatorRowSchema.safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      errors.push({ row: at + 1, field: issue?.path.join('.') ?? '', message: issue?.message ?? 'Not a creator' });
      return;
    }
    const row = readyRow(parsed.data, {
      row: at + 1,
      stamp: { source: batch.source, at: parsed.data.observedAt ?? batch.observedAt.toISOString() },
    });
    if ('message' in row) errors.push(row);
    else ready.push(row);
  });
  const outcome = await infra.db.copyInWorkspace(batch.workspaceId, async (client, tx) => {
    await lockCreators(tx, batch.workspaceId);
    const { kept, skipped } = await withoutSuppressed(infra, tx, ready);
    const applied = await applyCreatorRows(client, tx, {
      workspaceId: batch.workspaceId,
      now: infra.clock.now(),
      keyScope: batch.keyScope ?? batch.source,
      rows: kept,
    });
    await emitChanged(infra, tx, { workspaceId: batch.workspaceId, personIds: applied.changedPersonIds });
    const outcomes = [...applied.outcomes.values()];
    const count = (outcome: string) => outcomes.filter((one) => one.outcome === outcome).length;
    const personIds = batch.rows.map((_, at) => applied.outcomes.get(at + 1)?.personId ?? null);
    return {
      created: count('created'),
      updated: count('updated'),
      unchanged: count('unchanged'),
      skipped: skipped.length,
      errors,
      personIds,
    };
  });
  if (outcome.created >= toldFrom) await refreshStatistics(infra.db, ['person', 'profile', 'profile_metric']);
  return outcome;
}

/** Parts the rows of creators who objected (by any handle or e-mail of the row) from the others. */
export async function withoutSuppressed(
  infra: Infra,
  tx: Tx,
  rows: ReadyRow[],
): Promise<{ kept: ReadyRow[]; skipped: ReadyRow[] }> {
  if (!(await hasSuppressions(tx))) return { kept: rows, skipped: [] };
  const hashesOf = rows.map((row) => [
    ...row.profiles.map(({ platform, handleKey }) =>
      suppressionHash(infra.secret, { kind: 'handle', platform, handleKey }),
    ),
    ...row.person.sets.emails.map((email) => suppressionHash(infra.secret, { kind: 'email', email })),
  ]);
  const found = await selectSuppressed(tx, hashesOf.flat());
  const kept: ReadyRow[] = [];
  const skipped: ReadyRow[] = [];
  rows.forEach((row, at) => {
    const isSuppressed = hashesOf[at]?.some((hash) => found.has(hash.toString('hex'))) ?? false;
    (isSuppressed ? skipped : kept).push(row);
  });
  return { kept, skipped };
}
