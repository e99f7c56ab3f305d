import { dayIn } from '#kernel/time.ts';
import type { Blocking, Stage } from './api.ts';
import type { EnrolmentRow } from './queries/roster.ts';
import { tellBlocking } from './rules/tell-blocking.ts';

/** Days of the brief that hold for creators without their own. */
export interface BriefDays {
  respond_by: string | null;
  drafts_by: string | null;
}

/** What holds a creator of a roster up, by the calendar of the workspace. */
export function tellBlockingOf(
  row: EnrolmentRow,
  stage: Stage,
  today: { day: string; timeZone: string; frame: BriefDays },
): Blocking {
  const day = (instant: Date) => dayOf(today.timeZone, instant);
  return tellBlocking({
    stage,
    stageSince: row.stage_since,
    stageSinceDay: day(row.stage_since),
    blocker: row.blocker,
    blockerSince: row.blocker_since,
    blockerSinceDay: row.blocker_since === null ? null : day(row.blocker_since),
    removedAt: row.removed_at,
    contractEnd:
      row.contract_ended_on === null ? null : { on: row.contract_ended_on, reason: row.contract_end_reason ?? '' },
    liveFault:
      row.live_fault === null || row.live_fault_since === null
        ? null
        : { what: row.live_fault, since: row.live_fault_since, sinceDay: day(row.live_fault_since) },
    nextDue:
      row.next_due_on === null || row.next_due_title === null
        ? null
        : { on: row.next_due_on, title: row.next_due_title },
    drafted: row.drafted,
    planned: row.planned,
    approved: row.approved,
    respondBy: row.respond_by ?? today.frame.respond_by,
    draftsBy: row.drafts_by ?? today.frame.drafts_by,
    today: today.day,
  });
}

// Whole rosters come in a few moves, so that most instants repeat; formatting one costs 20 microseconds.
const known = new Map<string, string>();
const knownMax = 20_000;

function dayOf(timeZone: string, instant: Date): string {
  const key = `${timeZone} ${Math.floor(instant.getTime() / 900_000)}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= knownMax) known.clear();
  const day = dayIn(timeZone, instant);
  known.set(key, day);
  return day;
}
