/** Costs of NAB's standard profile (Lavin and Ahmad 2015): a hit counts up to 1, a false alarm costs up to 0.11, a missed window costs 1. */
const standardProfile = { hit: 1, falseAlarm: 0.11, miss: 1 } as const;
const probationShare = 0.15;
const probationRowsMax = 0.15 * 5000;

/** First and last row of a labelled window, both inside. */
export interface NabWindow {
  first: number;
  last: number;
}

export interface NabCase {
  rows: number;
  windows: readonly NabWindow[];
  /** Rows with an alarm, ascending. */
  alarms: readonly number[];
}

export interface NabResult {
  /** Score before normalising: between -windows (nothing found) and +windows (each found at its first row, no false alarm). */
  raw: number;
  windows: number;
  found: number;
  falseAlarms: number;
  /** Of each window found, how far into it the first alarm came: 0 at its first row, 1 at its last. */
  delays: number[];
}

/** Rows at the start in which a detector may learn; nothing there is scored. 15 % of the file, at most 750 rows. */
export function probationRows(rows: number): number {
  return Math.floor(Math.min(Math.floor(probationShare * rows), probationRowsMax));
}

/** NAB's scaled sigmoid: +1 far before a position, 0 at it, -1 far after it; level from 3 widths on. */
function scaledSigmoid(position: number): number {
  return position >= 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}

/**
 * Scores the alarms of one file as NAB's sweeper does at one threshold: of each window the best alarm counts, weighted by how early it is;
 * each alarm outside costs by its distance behind the window before it (the full cost where there is none).
 */
export function scoreFile({ rows, windows, alarms }: NabCase): NabResult {
  const from = probationRows(rows);
  const open = windows.filter((window) => window.last >= from);
  const best = new Map<NabWindow, { score: number; row: number }>();
  let raw = 0;
  let falseAlarms = 0;
  for (const row of alarms) {
    if (row < from) continue;
    const inside = open.find((window) => row >= window.first && row <= window.last);
    if (inside === undefined) {
      falseAlarms += 1;
      raw += standardProfile.falseAlarm * falseAlarmScore(windows, row);
      continue;
    }
    const score = hitScore(inside, row);
    const kept = best.get(inside);
    if (kept === undefined || score > kept.score) best.set(inside, { score, row });
  }
  for (const window of open) raw += best.get(window)?.score ?? -standardProfile.miss;
  const delays = [...best].map(([window, { row }]) => (row - window.first) / Math.max(1, window.last - window.first));
  return { raw, windows: open.length, found: best.size, falseAlarms, delays };
}

function hitScore({ first, last }: NabWindow, row: number): number {
  const position = -(last - row + 1) / (last - first + 1);
  return (standardProfile.hit * scaledSigmoid(position)) / scaledSigmoid(-1);
}

function falseAlarmScore(windows: readonly NabWindow[], row: number): number {
  const before = windows.findLast((window) => window.last < row);
  return before === undefined ? -1 : scaledSigmoid((row - before.last) / Math.max(1, before.last - before.first));
}

/** 0 is what a detector gets that never raises an alarm, 100 one that finds every window at its first row and nothing else. */
export function normaliseNab(results: readonly NabResult[]): number {
  const windows = results.reduce((sum, one) => sum + one.windows, 0);
  const raw = results.reduce((sum, one) => sum + one.raw, 0);
  const none = -standardProfile.miss * windows;
  const perfect = standardProfile.hit * windows;
  return (100 * (raw - none)) / (perfect - none);
}
