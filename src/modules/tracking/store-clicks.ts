import type { Tx } from '#infra/db/database.ts';
import { moveClickSums } from './queries/move-click-sums.ts';
import {
  type ClickRow,
  claimWindows,
  type DailyMove,
  existingLinks,
  insertClicks,
  type JudgedClick,
  moveTotals,
} from './queries/store-clicks.ts';
import { judgeHaste } from './rules/judge-haste.ts';
import { sumClicks } from './rules/sum-clicks.ts';
import { hasteMs } from './watch-haste.ts';

/**
 * Stores hits that are not there yet, decides which are duplicates (same visitor, link and clock hour: the earliest of the first
 * batch counts) and moves the daily totals, in this transaction. Hits of links that are gone are left out. Returns what was
 * stored; a repeat stores nothing and moves nothing.
 */
export async function storeClicks(tx: Tx, hits: readonly ClickRow[]): Promise<JudgedClick[]> {
  const links = await existingLinks(tx, [...new Set(hits.map((hit) => hit.linkId))]);
  const rows = judgeHaste(hits, hasteMs)
    .filter((hit) => links.has(hit.linkId))
    .toSorted(byTime);
  if (rows.length === 0) return [];
  const mayCount = rows.filter((row) => row.dropReason === null);
  const claims = mayCount.length === 0 ? [] : await claimWindows(tx, mayCount.toSorted(byWindow));
  const claimOf = new Map(claims.map((claim) => [claim.clickId, claim]));
  const seen = new Set<string>();
  const judged = rows.map((row): JudgedClick => {
    const claim = row.dropReason === null ? claimOf.get(row.clickId) : undefined;
    if (claim === undefined)
      return { ...row, counted: false, isFirst: false, dropReason: row.dropReason ?? 'duplicate' };
    const visitor = `${row.linkId} ${row.localDay} ${row.visitorHash}`;
    const isFirst = !claim.isReturning && !seen.has(visitor);
    seen.add(visitor);
    return { ...row, counted: true, isFirst };
  });
  const inserted = await insertClicks(tx, judged);
  const stored = judged.filter((click) => inserted.has(click.clickId));
  if (stored.length === 0) return stored;
  await moveTotals(tx, movesOf(stored));
  await moveClickSums(
    tx,
    sumClicks(stored, (linkId) => links.get(linkId) ?? null),
  );
  return stored;
}

// Always the same order, so that two drains never wait for each other crosswise.
function movesOf(clicks: readonly JudgedClick[]): DailyMove[] {
  const moves = new Map<string, DailyMove>();
  for (const click of clicks) {
    const key = `${click.workspaceId} ${click.linkId} ${click.localDay}`;
    const move = moves.get(key) ?? {
      workspaceId: click.workspaceId,
      linkId: click.linkId,
      day: click.localDay,
      clicks: 0,
      visitors: 0,
      dropped: 0,
    };
    moves.set(key, move);
    if (!click.counted) {
      move.dropped += 1;
      continue;
    }
    move.clicks += 1;
    if (click.isFirst) move.visitors += 1;
  }
  return [...moves].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, move]) => move);
}

// One order for all drains, so that two of them never wait for each other crosswise; of one visitor's clicks on a link the order of time stays.
function byWindow(a: ClickRow, b: ClickRow): number {
  if (a.linkId !== b.linkId) return a.linkId < b.linkId ? -1 : 1;
  return a.visitorHash === b.visitorHash ? 0 : a.visitorHash < b.visitorHash ? -1 : 1;
}

function byTime(a: ClickRow, b: ClickRow): number {
  return a.clickedAt.getTime() - b.clickedAt.getTime() || (a.clickId < b.clickId ? -1 : 1);
}
