import { addDays, daysBetween } from '#kernel/time.ts';
import type { Blocking, Stage } from '../api.ts';

/** What is known of a creator on a campaign when asking what they wait for. Days are calendar days of the workspace. */
export interface Standing {
  stage: Stage;
  stageSince: Date;
  stageSinceDay: string;
  blocker: string | null;
  blockerSince: Date | null;
  blockerSinceDay: string | null;
  removedAt: Date | null;
  /** The last day of a contract that ran out without a renewal, and why there is none. */
  contractEnd: { on: string; reason: string } | null;
  /** What is wrong with a post that is live. */
  liveFault: { what: string; since: Date; sinceDay: string } | null;
  /** Earliest due day of a deliverable that is neither live nor cancelled. */
  nextDue: { on: string; title: string } | null;
  /** Deliverables handed in and not looked at yet. */
  drafted: number;
  /** Deliverables of which nothing was handed in. */
  planned: number;
  /** Deliverables approved and not live. */
  approved: number;
  /** The day an answer to the invitation is due. */
  respondBy: string | null;
  /** The day drafts are due. */
  draftsBy: string | null;
  today: string;
}

/**
 * What holds a creator up and since when. First what is wrong in public, then what is late (a due day gone by), then a contract that
 * ran out, then what a person wrote down, then patience with a stage that is used up, then drafts to look at, then whose turn the stage says it is.
 */
export function tellBlocking(of: Standing): Blocking {
  const { stage, today } = of;
  const inStage = { since: of.stageSince.toISOString(), days: Math.max(0, daysBetween(of.stageSinceDay, today)) };
  if (of.removedAt !== null) return { who: 'nobody', what: 'Removed', since: of.removedAt.toISOString(), days: 0 };
  if (of.liveFault !== null) {
    const { what, since, sinceDay } = of.liveFault;
    return { who: 'late', what, since: since.toISOString(), days: Math.max(0, daysBetween(sinceDay, today)) };
  }
  if (of.nextDue !== null && of.nextDue.on < today && stage.phase !== 'considering') {
    const days = daysBetween(of.nextDue.on, today);
    return {
      who: 'late',
      what: `${of.nextDue.title} overdue`,
      since: `${addDays(of.nextDue.on, 1)}T00:00:00.000Z`,
      days,
    };
  }
  const overdue = overdueStep(of);
  if (overdue !== null) return overdue;
  if (of.contractEnd !== null && stage.phase !== 'done') {
    const { on, reason } = of.contractEnd;
    const since = `${addDays(on, 1)}T00:00:00.000Z`;
    return { who: 'us', what: `Contract ended ${shortDay(on)}: ${reason}`, since, days: daysBetween(on, today) };
  }
  if (of.blocker !== null && of.blockerSince !== null && of.blockerSinceDay !== null) {
    const days = Math.max(0, daysBetween(of.blockerSinceDay, today));
    return { who: 'us', what: of.blocker, since: of.blockerSince.toISOString(), days };
  }
  const isPatienceGone = stage.patienceDays !== null && inStage.days > stage.patienceDays;
  if (isPatienceGone) return { who: 'late', what: stage.task ?? `Long in ${stage.label}`, ...inStage };
  if (of.drafted > 0)
    return { who: 'us', what: of.drafted === 1 ? 'Draft to review' : `${of.drafted} drafts to review`, ...inStage };
  const isReviewed = stage.reachedBy.includes('draft_submitted') && of.approved > 0 && of.planned === 0;
  switch (stage.waitsFor) {
    case 'us':
      if (isReviewed) return { who: 'creator', what: 'Approved, not live yet', ...inStage };
      return { who: 'us', what: stage.task ?? `Your turn in ${stage.label}`, ...inStage };
    case 'creator':
      if (of.nextDue !== null && stage.phase !== 'considering')
        return { who: 'nobody', what: `${of.nextDue.title} due ${shortDay(of.nextDue.on)}`, ...inStage };
      return { who: 'creator', what: stage.task ?? 'Waits for the creator', ...inStage };
    case 'nobody':
      if (of.nextDue !== null)
        return { who: 'nobody', what: `${of.nextDue.title} due ${shortDay(of.nextDue.on)}`, ...inStage };
      return { who: 'nobody', what: stage.task ?? 'On time', ...inStage };
  }
}

/** An answer or a draft whose day has gone by. */
function overdueStep(of: Standing): Blocking | null {
  const { stage, today } = of;
  const late = (day: string, what: string): Blocking => ({
    who: 'late',
    what,
    since: `${addDays(day, 1)}T00:00:00.000Z`,
    days: daysBetween(day, today),
  });
  const waitsForAnswer =
    stage.phase === 'considering' && stage.waitsFor === 'creator' && stage.reachedBy.includes('invited');
  if (waitsForAnswer && of.respondBy !== null && of.respondBy < today) return late(of.respondBy, 'No answer in time');
  const makes = stage.phase === 'agreed' || stage.phase === 'producing';
  if (makes && of.planned > 0 && of.draftsBy !== null && of.draftsBy < today)
    return late(of.draftsBy, of.planned === 1 ? 'Draft overdue' : `${of.planned} drafts overdue`);
  return null;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "25 Nov": a due day is seldom a year away. */
function shortDay(day: string): string {
  return `${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1] ?? ''}`;
}
