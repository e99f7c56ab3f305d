import { dayMs } from '#kernel/time.ts';
import type { Evidence } from '../api/shared.ts';

/** Uses of a code on one UTC day; `lone` are those without a click of its creator. */
export interface CodeDayUses {
  uses: number;
  lone: number;
}

export interface CodeHistory {
  codeId: string;
  code: string;
  days: ReadonlyMap<string, CodeDayUses>;
}

export interface CodeVerdict {
  codeId: string;
  code: string;
  sum: number;
  uses: number;
  loneUses: number;
  loneExpected: number;
  peakDay: string | null;
}

/** The rise a code is watched for: three times what its history makes expect. */
const rise = 3;
const recentDays = 7;
const historyDaysMin = 14;
/** Expected uses a day are at least this, so that a code nobody knew yet may be used now and then. */
const floorADay = 0.15;

const dayText = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/**
 * A one-sided CUSUM of likelihood ratios for Poisson counts (Lucas 1985): each day adds uses * ln 3 - expected * 2, never below zero. Expected are the code's own uses a day before
 * the last seven days, moved with what all codes of the program did that day, so that a sale of the whole shop is no spike of one code. By Lorden's
 * bound the sum of a code that goes on as before passes ln(n) at most once in n days on average. Sums are divided by how much more than Poisson
 * the days before spread. Null while there are fewer than 14 days of history.
 */
export function judgeCode(
  code: CodeHistory,
  of: { fromMs: number; untilMs: number; programDays: ReadonlyMap<string, number> },
): CodeVerdict | null {
  const lastDay = Math.floor((of.untilMs - 1) / dayMs);
  const firstUse = [...code.days.keys()].sort()[0];
  if (firstUse === undefined) return null;
  const firstDay = Math.max(Math.floor(of.fromMs / dayMs), Math.floor(Date.parse(`${firstUse}T00:00:00Z`) / dayMs));
  const border = lastDay - recentDays + 1;
  const historyDays = border - firstDay;
  if (historyDays < historyDaysMin) return null;
  const totals = { uses: 0, lone: 0, others: 0 };
  for (let day = firstDay; day < border; day += 1) {
    const own = code.days.get(dayText(day * dayMs));
    totals.uses += own?.uses ?? 0;
    totals.lone += own?.lone ?? 0;
    totals.others += othersOn(day, own, of.programDays);
  }
  const rate = Math.max(floorADay, totals.uses / historyDays);
  const loneRate = Math.max(floorADay, totals.lone / historyDays);
  const othersRate = totals.others / historyDays;
  const spread = dispersionOf(code, { firstDay, border, rate });
  const verdict = { sum: 0, uses: 0, loneUses: 0, loneExpected: 0, peakDay: null as string | null };
  let running = 0;
  for (let day = border; day <= lastDay; day += 1) {
    const name = dayText(day * dayMs);
    const own = code.days.get(name);
    const moved = movedBy(othersOn(day, own, of.programDays), othersRate);
    running = Math.max(0, running + ((own?.uses ?? 0) * Math.log(rise) - rate * moved * (rise - 1)) / spread);
    if (running > verdict.sum) {
      verdict.sum = running;
      verdict.peakDay = name;
    }
    verdict.uses += own?.uses ?? 0;
    verdict.loneUses += own?.lone ?? 0;
    verdict.loneExpected += loneRate * moved;
  }
  return { codeId: code.codeId, code: code.code, ...verdict };
}

/** Variance over mean of the days before, 1 at least: uses that come in waves, post by post, are no spike for being a wave (quasi-Poisson). */
function dispersionOf(code: CodeHistory, of: { firstDay: number; border: number; rate: number }): number {
  let squares = 0;
  for (let day = of.firstDay; day < of.border; day += 1)
    squares += ((code.days.get(dayText(day * dayMs))?.uses ?? 0) - of.rate) ** 2;
  return Math.max(1, squares / (of.border - of.firstDay) / of.rate);
}

function othersOn(day: number, own: CodeDayUses | undefined, program: ReadonlyMap<string, number>): number {
  return Math.max(0, (program.get(dayText(day * dayMs)) ?? 0) - (own?.uses ?? 0));
}

/** How far the other codes moved that day, drawn to 1 where they are too few to say; never less than usual, so that a quiet day alarms nobody. */
function movedBy(others: number, usual: number): number {
  const prior = 5;
  return Math.max(1, (others + prior) / (usual + prior));
}

export function codeEvidence(verdict: CodeVerdict): Evidence {
  return {
    kind: 'code',
    id: verdict.codeId,
    label: `${verdict.code}: ${verdict.uses} uses in 7 days, ${verdict.loneUses} without a click`,
    at: verdict.peakDay === null ? null : `${verdict.peakDay}T00:00:00.000Z`,
  };
}
