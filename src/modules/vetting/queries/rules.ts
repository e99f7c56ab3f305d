import type { Tx } from '#infra/db/database.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import { type VerdictRules, verdictRulesSchema } from '../api.ts';
import { vettingError } from '../errors.ts';
import { defaultVerdictRules } from '../rules/verdict-rules.ts';
import { type SetWeight, type WeightSet, weightSet } from '../rules/weights.ts';

export interface StoredRules {
  version: number;
  weights: WeightSet;
  verdict: VerdictRules;
  note: string;
  savedBy: string | null;
  savedAt: string | null;
}

const defaults: StoredRules = {
  version: 0,
  weights: weightSet(0),
  verdict: defaultVerdictRules,
  note: '',
  savedBy: null,
  savedAt: null,
};

/** Points and rules of a version, the newest one when none is named; the default while nothing was saved. Null for a version that never was. */
export async function findVettingRules(tx: Tx, workspaceId: string, version?: number): Promise<StoredRules | null> {
  if (version === 0) return defaults;
  const row = await tx
    .selectFrom('vetting_rules')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .$if(version !== undefined, (select) => select.where('version', '=', version ?? 0))
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return version === undefined ? defaults : null;
  return {
    version: row.version,
    weights: weightSet(row.version, row.points as unknown as Record<string, SetWeight>),
    // Written by this schema; keys that came later take their defaults.
    verdict: verdictRulesSchema.parse({ ...defaultVerdictRules, ...(row.verdict as object) }),
    note: row.note,
    savedBy: row.saved_by_name,
    savedAt: row.saved_at.toISOString(),
  };
}

/** The points and rules that count now. */
export async function readVettingRules(tx: Tx, workspaceId: string): Promise<StoredRules> {
  return (await findVettingRules(tx, workspaceId)) ?? defaults;
}

export interface NewRules {
  version: number;
  points: Record<string, SetWeight>;
  verdict: VerdictRules;
  note: string;
  by: { id: string; name: string };
  at: Date;
}

/** Adds a version; false when another save took its number first. */
export async function insertVettingRules(tx: Tx, workspaceId: string, rules: NewRules): Promise<boolean> {
  const row = await tx
    .insertInto('vetting_rules')
    .values({
      workspace_id: workspaceId,
      version: rules.version,
      points: JSON.stringify(rules.points),
      verdict: JSON.stringify(rules.verdict),
      note: rules.note,
      saved_by: rules.by.id,
      saved_by_name: rules.by.name,
      saved_at: rules.at,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'version']).doNothing())
    .returning('version')
    .executeTakeFirst();
  return row !== undefined;
}

export async function pageVettingRules(
  tx: Tx,
  workspaceId: string,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<{ version: number; note: string; savedBy: string; savedAt: string }>> {
  const [before] = query.cursor === undefined ? [null] : (decodeCursor(query.cursor) ?? [undefined]);
  if (before !== null && typeof before !== 'number') {
    throw vettingError('bad_cursor', 'cursor was not made by this list. Start again without it.', [
      { field: 'cursor', message: 'Not a cursor of this list' },
    ]);
  }
  const rows = await tx
    .selectFrom('vetting_rules')
    .select(['version', 'note', 'saved_by_name', 'saved_at'])
    .where('workspace_id', '=', workspaceId)
    .$if(before !== null, (select) => select.where('version', '<', before ?? 0))
    .orderBy('version', 'desc')
    .limit(query.limit + 1)
    .execute();
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    rows: page.map((row) => ({
      version: row.version,
      note: row.note,
      savedBy: row.saved_by_name,
      savedAt: row.saved_at.toISOString(),
    })),
    nextCursor: rows.length > query.limit && last !== undefined ? encodeCursor([last.version]) : null,
  };
}
