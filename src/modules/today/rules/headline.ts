import type { Need } from '../api.ts';
import { sayLongDay, sayNumber } from './say.ts';

/** The page's first line: how many things need somebody, and how many of them are late or lose something now. */
export function headlineOf(needs: readonly Need[]): string {
  if (needs.length === 0) return 'Nothing needs you now';
  const start = needs.length === 1 ? 'One thing needs you' : `${sayNumber(needs.length)} things need you`;
  const late = needs.filter((need) => need.tier === 'late').length;
  const now = needs.filter((need) => need.tier === 'now').length;
  if (needs.length === 1)
    return late === 1 ? `${start}, and it is late` : now === 1 ? `${start}, and it cannot wait` : start;
  const all = (count: number) => (count === needs.length ? 'all' : sayNumber(count).toLowerCase());
  if (late > 0) return `${start}, ${all(late)} of them ${late === 1 ? 'is' : 'are'} late`;
  if (now > 0) return `${start}, ${all(now)} of them cannot wait`;
  return start;
}

/** Below it: the day, and the goal that runs furthest behind. */
export function sublineOf(of: {
  today: string;
  goals: readonly { campaign: string; label: string; gap: number; isMissed: boolean; isCeiling: boolean }[];
}): string {
  const day = `${sayLongDay(of.today)}.`;
  if (of.goals.length === 0) return day;
  const worst = of.goals.toSorted((a, b) => b.gap - a.gap)[0];
  if (worst === undefined) return day;
  const share = Math.round(worst.gap * 100);
  const what = `${worst.label} of ${worst.campaign}`;
  if (worst.isCeiling) return `${day} ${what} ${worst.isMissed ? 'ended' : 'is'} ${share} % above its goal.`;
  return `${day} ${what} ${worst.isMissed ? 'ended' : 'runs'} ${share} % behind ${worst.isMissed ? 'its goal' : 'its line'}.`;
}
