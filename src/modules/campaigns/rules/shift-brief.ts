import { addDays } from '#kernel/time.ts';
import type { Brief } from '../api.ts';

/** The same brief with all its days moved. */
export function shiftBrief(brief: Brief, days: number): Brief {
  const shift = (day: string | null) => (day === null ? null : addDays(day, days));
  return {
    ...brief,
    deliverables: brief.deliverables.map((item) => ({ ...item, dueOn: shift(item.dueOn) })),
    dates: {
      respondBy: shift(brief.dates.respondBy),
      draftsBy: shift(brief.dates.draftsBy),
      liveFrom: shift(brief.dates.liveFrom),
      liveUntil: shift(brief.dates.liveUntil),
    },
  };
}
