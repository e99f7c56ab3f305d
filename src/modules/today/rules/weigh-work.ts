import type { OpenWork } from '#kernel/open-work.ts';
import { daysBetween } from '#kernel/time.ts';
import type { Tier } from '../api.ts';
import { plural, sayShortDay } from './say.ts';

/** What loses something with every hour it is left. */
const urgentKinds = new Set(['post.gone', 'post.differs']);

/** Where a piece of work stands against today, and what is said of its day. */
export function tierOf(work: OpenWork, today: string): { tier: Tier; due: string } {
  if (urgentKinds.has(work.kind)) return { tier: 'now', due: 'now' };
  if (work.dueOn === null) return { tier: 'open', due: '' };
  const days = daysBetween(today, work.dueOn);
  if (days < 0) return { tier: 'late', due: `${plural(-days, 'day')} late` };
  if (days === 0) return { tier: 'today', due: 'today' };
  return { tier: 'soon', due: days === 1 ? 'tomorrow' : sayShortDay(work.dueOn) };
}

/** The same thing has the same id as long as it is open. */
export function workId(work: OpenWork): string {
  return [work.kind, work.campaignId ?? '', work.personId ?? '', work.dueOn ?? '', work.path].join('|');
}

const verbs: readonly [RegExp, string][] = [
  [/\.to_review$/, 'Review'],
  [/^task\./, 'Open task'],
  [/^(answer|draft|content|live_window)\.due$/, 'Look'],
  [/^reply\./, 'Answer'],
  [/^post\./, 'Look at it'],
  [/\.to_decide$/, 'Decide'],
  [/^contract\.(running_out|ran_out)$/, 'Decide'],
  [/sign/, 'Sign'],
];

/** One verb for the button. */
export function verbOf(work: OpenWork): string {
  return verbs.find(([pattern]) => pattern.test(work.kind))?.[1] ?? 'Open';
}
