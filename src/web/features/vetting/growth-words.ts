import type { GrowthCause, GrowthEvent, GrowthExplanation, Vetting } from '#modules/vetting/api.ts';
import { formatCompact, formatCount, formatShare } from '#web/ui/format-number.ts';
import type { LinePoint } from '#web/ui/line-parts.ts';

const dayMs = 86_400_000;
/** Two observations further apart than this are not joined: nobody knows what lay between. */
const joinDaysMax = 45;

export const causeWords: Record<GrowthCause, string> = {
  strong_post: 'Strong post',
  giveaway: 'Giveaway',
  shoutout: 'Mention by others',
  advertising: 'Advertising',
  bought: 'Bought followers',
};

export const stateWords: Record<GrowthExplanation['state'], string> = {
  found: 'found',
  possible: 'possible',
  not_found: 'not found',
  unknown: 'not known',
};

/** Identity of a step within its report, short enough for an address. */
export const keyOf = (event: GrowthEvent) => `${event.from}_${event.to}`;

export function eventTitle(event: GrowthEvent): string {
  if (event.kind === 'drop') return 'Fell';
  const found = event.explanations?.find((one) => one.state === 'found' && one.cause !== 'bought');
  if (found !== undefined) return causeWords[found.cause];
  if (event.explainedBy !== null) return 'Explained by a post';
  return event.looksBought === true ? 'Looks bought' : 'Unexplained';
}

export function stayedText(event: GrowthEvent): string | null {
  return event.stayedShare === null ? null : `${formatShare(event.stayedShare)} stayed`;
}

/** The points of a line with a gap wherever observations lie too far apart. */
export function withGaps(series: Vetting['growth']['series']): LinePoint[] {
  return series.flatMap((point, i): LinePoint[] => {
    const before = series[i - 1];
    if (before === undefined || Date.parse(point.at) - Date.parse(before.at) <= joinDaysMax * dayMs) return [point];
    const middle = new Date((Date.parse(before.at) + Date.parse(point.at)) / 2).toISOString().slice(0, 10);
    return [{ at: middle, value: null }, point];
  });
}

/** Whole counts where short ones could not be told apart on an axis. */
export function formatFor(series: Vetting['growth']['series']): (value: number) => string {
  const values = series.map((point) => point.value);
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  const low = values.reduce((a, b) => Math.min(a, b), high);
  return high - low < 0.05 * high ? formatCount : formatCompact;
}

/** The steps worth a look first: those nothing explains, then the largest; in the order of their days. */
export function notableSteps(events: readonly GrowthEvent[], most: number): GrowthEvent[] {
  const weight = (event: GrowthEvent) =>
    Math.abs(event.share) + (event.kind === 'jump' && event.explainedBy === null ? 1000 : 0);
  const chosen = [...events].sort((a, b) => weight(b) - weight(a)).slice(0, most);
  return events.filter((event) => chosen.includes(event));
}
