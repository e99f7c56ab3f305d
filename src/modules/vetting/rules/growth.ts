import { addDays, dayMs, daysBetween } from '#kernel/time.ts';
import type { Flag, GrowthEvent, Signal } from '../api.ts';
import { postEvidence } from './engagement-signals.ts';
import { known, type SignalSpec, unknown } from './signal.ts';
import { median, ramp, robustSpread } from './statistics.ts';
import type { SeriesPoint, VettedPost, VettingSubject } from './subject.ts';
import { count, dayText, plural, share } from './words.ts';

const growth: SignalSpec = {
  name: 'follower_growth',
  point: 'audience_authenticity',
  title: 'Followers grew without bought steps',
  formula:
    'steps of growth per day more than 5 robust spreads above the usual and at least 4 %, not explained by a post with 2.5 times the usual reaction within 3 days',
};

const observationsNeeded = 6;
const daysNeeded = 28;
const spreadsNeeded = 5;
const changeNeeded = 0.04;
/** Two observations further apart than this cannot place a step. */
const gapDaysMax = 31;
/** Growth per day that never counts as unusual, so that a very even series does not cry at trifles. */
const spreadFloor = 0.001;
const reactionNeeded = 2.5;

export interface Growth {
  signal: Signal;
  flags: Flag[];
  series: { at: string; value: number }[];
  events: GrowthEvent[];
}

/** Steps in the follower history, each explained by a post of those days or not. */
export function judgeGrowth(subject: VettingSubject, posts: readonly VettedPost[]): Growth {
  const series = cleanSeries(subject.followerSeries);
  const shown = series.map((point) => ({ at: point.day, value: point.value }));
  const first = series[0];
  const last = series.at(-1);
  const days = first !== undefined && last !== undefined ? daysBetween(first.day, last.day) : 0;
  if (first === undefined || last === undefined || series.length < observationsNeeded || days < daysNeeded) {
    const text =
      series.length === 0
        ? 'No history of followers is known.'
        : `${plural(series.length, 'observation')} of followers over ${plural(days, 'day')}: too few to see steps.`;
    const needs = `at least ${observationsNeeded} dated follower counts over ${daysNeeded} days`;
    return { signal: unknown(growth, text, needs), flags: [], series: shown, events: [] };
  }
  const events = findSteps(series).map((step) => explain(step, posts));
  const jumps = events.filter((event) => event.kind === 'jump' && event.explainedBy === null);
  const drops = events.filter((event) => event.kind === 'drop');
  const suspect = sum(jumps.map((jump) => jump.share)) + 0.5 * sum(drops.map((drop) => -drop.share));
  const signal = known(growth, {
    text:
      jumps.length === 0
        ? `No unexplained step in ${plural(days, 'day')}.`
        : `${plural(jumps.length, 'unexplained step')}, the largest ${jumpText(jumps)}.`,
    value: suspect,
    display: jumps.length === 0 ? 'none' : `+${share(sum(jumps.map((jump) => jump.share)))} in steps`,
    contribution: ramp(suspect, [
      [0, 6],
      [0.05, 1],
      [0.15, -2],
      [0.4, -5],
    ]),
    source: subject.seriesSource,
    n: series.length,
    sample: plural(series.length, 'observation'),
    asOf: `${last.day}T00:00:00.000Z`,
    threshold: `${share(changeNeeded)} and ${spreadsNeeded} spreads`,
    evidence: events.map((event) => ({
      kind: 'history',
      id: null,
      at: event.to,
      url: null,
      label: eventText(event),
      value: `${event.change > 0 ? '+' : ''}${count(event.change)}`,
    })),
  });
  const large = jumps.filter((jump) => jump.share >= 0.15);
  const flag: Flag = {
    name: 'bought_step',
    severity: 'amber',
    title: 'A step in followers that nothing explains',
    reason: `${jumpText(large)}. No post of those days had ${reactionNeeded} times the usual reaction. Ask for the reason: a giveaway, a mention elsewhere, an advertisement, or bought followers.`,
    signal: growth.name,
  };
  return { signal, flags: large.length > 0 ? [flag] : [], series: shown, events };
}

/** One value a day, in order, without impossible ones. */
function cleanSeries(points: readonly SeriesPoint[]): SeriesPoint[] {
  const byDay = new Map<string, number>();
  for (const point of points) if (Number.isFinite(point.value) && point.value > 0) byDay.set(point.day, point.value);
  return [...byDay].map(([day, value]) => ({ day, value })).sort((a, b) => (a.day < b.day ? -1 : 1));
}

interface Step {
  before: SeriesPoint;
  after: SeriesPoint;
  rest: readonly SeriesPoint[];
  usual: number;
}

function findSteps(series: readonly SeriesPoint[]): Step[] {
  const pairs = series.slice(1).map((after, i) => ({ before: series[i] ?? after, after, index: i + 1 }));
  const pace = pairs.map(
    ({ before, after }) => Math.log(after.value / before.value) / Math.max(1, daysBetween(before.day, after.day)),
  );
  const usual = median(pace) ?? 0;
  const spread = Math.max(spreadFloor, robustSpread(pace) ?? 0);
  const steps: Step[] = [];
  for (const [i, { before, after, index }] of pairs.entries()) {
    const gap = daysBetween(before.day, after.day);
    const change = after.value / before.value - 1 - usual * gap;
    const isStep =
      gap <= gapDaysMax &&
      Math.abs((pace[i] ?? 0) - usual) > spreadsNeeded * spread &&
      Math.abs(change) >= changeNeeded;
    if (!isStep) continue;
    const previous = steps.at(-1);
    const goesOn =
      previous !== undefined &&
      previous.after.day === before.day &&
      previous.after.value > previous.before.value === after.value > before.value;
    if (goesOn) steps[steps.length - 1] = { ...previous, after, rest: series.slice(index + 1) };
    else steps.push({ before, after, rest: series.slice(index + 1), usual });
  }
  return steps;
}

function explain(step: Step, posts: readonly VettedPost[]): GrowthEvent {
  const { before, after, rest } = step;
  const change = after.value - before.value;
  const later = rest.find(
    (point) => daysBetween(after.day, point.day) >= 14 && daysBetween(after.day, point.day) <= 45,
  );
  const stayed =
    change > 0 && later !== undefined ? Math.min(1, Math.max(0, (later.value - before.value) / change)) : null;
  const post = change > 0 ? strongestPost(posts, addDays(before.day, -3), after.day) : null;
  return {
    kind: change > 0 ? 'jump' : 'drop',
    from: before.day,
    to: after.day,
    change,
    share: change / before.value,
    stayedShare: stayed,
    explainedBy: post === null ? null : postEvidence(post.post, `${post.times.toFixed(1)} times the usual ${post.by}`),
  };
}

function strongestPost(
  posts: readonly VettedPost[],
  from: string,
  to: string,
): { post: VettedPost; times: number; by: string } | null {
  const start = Date.parse(`${from}T00:00:00Z`);
  const end = Date.parse(`${to}T00:00:00Z`) + dayMs;
  let best: { post: VettedPost; times: number; by: string } | null = null;
  for (const by of ['views', 'likes'] as const) {
    const usual = median(posts.flatMap((post) => (post[by] === null ? [] : [post[by]])));
    if (usual === null || usual <= 0) continue;
    for (const post of posts) {
      const at = post.postedAt === null ? Number.NaN : Date.parse(post.postedAt);
      const times = (post[by] ?? 0) / usual;
      if (at >= start && at < end && times >= reactionNeeded && times > (best?.times ?? 0)) best = { post, times, by };
    }
  }
  return best;
}

function jumpText(jumps: readonly GrowthEvent[]): string {
  const largest = [...jumps].sort((a, b) => b.share - a.share)[0];
  return largest === undefined
    ? ''
    : `+${count(largest.change)} (${share(largest.share)}) between ${dayText(largest.from)} and ${dayText(largest.to)}`;
}

function eventText(event: GrowthEvent): string {
  const what =
    event.kind === 'drop'
      ? 'Fell'
      : event.explainedBy === null
        ? 'Rose without a post that explains it'
        : 'Rose with a strong post';
  const stayed = event.stayedShare === null ? '' : `; ${share(event.stayedShare)} stayed`;
  return `${what}, ${dayText(event.from)} to ${dayText(event.to)}${stayed}`;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
