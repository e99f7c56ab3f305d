import { addDays, daysBetween } from '#kernel/time.ts';
import type { Evidence, Flag, GrowthEvent, GrowthSectionOfReport, Signal } from '../../api.ts';
import { known, type SignalSpec, unknown } from '../signal.ts';
import { ramp } from '../statistics.ts';
import type { RuleContext, VettedPost, VettingSubject } from '../subject.ts';
import { count, dayText, plural, share } from '../words.ts';
import { type CleanSeries, cleanSeries } from './clean-series.ts';
import { explainStep, reactionNeeded } from './explain-step.ts';
import { canShowSteps, findSteps, stepsNeed, stepThreshold } from './find-steps.ts';
import { judgeBursts, judgeTiming } from './judge-bursts.ts';
import { judgeWaves } from './judge-waves.ts';
import { monthsOf } from './months.ts';
import { findUnusualDays } from './unusual-days.ts';

const growth: SignalSpec = {
  name: 'follower_growth',
  point: 'audience_authenticity',
  title: 'Followers grew without bought steps',
  formula:
    'growth of steps more than 5 robust spreads and 4 % beyond the usual, that no strong post, giveaway, mention or paid post of those days explains; drops count half',
};

/** A jump of this share without a cause is flagged; with a further sign of buying already a smaller one. */
const flagged = { unexplained: 0.15, looksBought: 0.08 } as const;
const staleDays = 45;
const evidenceMax = 20;

/** What is needed of a subject to judge its past. */
export type GrowthSubject = Pick<VettingSubject, 'profile' | 'followers' | 'followerSeries' | 'seriesSource' | 'past'>;

export interface JudgedGrowth {
  signals: Signal[];
  flags: Flag[];
  section: GrowthSectionOfReport;
}

/** What the history of an account says: steps and what explains them, follow waves, bursts of likes and views, comments at once, months. */
export function judgeGrowth(
  subject: GrowthSubject,
  posts: readonly VettedPost[],
  context: Pick<RuleContext, 'now'>,
): JudgedGrowth {
  const past = subject.past ?? null;
  const series = cleanSeries(subject.followerSeries, context.now);
  const following = cleanSeries(past?.following.points ?? [], context.now);
  const events = canShowSteps(series.points)
    ? findSteps(series.points).map((step) =>
        explainStep(step, {
          handle: subject.profile.handle,
          posts,
          shoutouts: past?.shoutouts ?? [],
          followers: subject.followers?.value ?? null,
        }),
      )
    : [];
  const waves = judgeWaves(following.points, past?.following.source ?? '');
  const bursts = judgeBursts(posts);
  const timing = judgeTiming(past?.commentMoments ?? [], subject.profile.handle, newestPostAt(posts));
  return {
    signals: [judgeSteps(subject, series, events), waves.signal, bursts.signal, timing.signal],
    flags: [...stepFlags(events), ...waves.flags, ...bursts.flags, ...timing.flags, ...leftOutFlags(series)],
    section: {
      ...describeSeries(subject, series, context.now),
      events,
      unusual: findUnusualDays(series.points),
      following: waves.section,
      bursts: bursts.section,
      months: monthsOf({
        followers: { points: series.points, source: subject.seriesSource },
        posts,
        past:
          past === null ? null : { ...past, following: { points: following.points, source: past.following.source } },
      }),
    },
  };
}

function describeSeries(subject: GrowthSubject, { points, leftOut }: CleanSeries, now: string) {
  const last = points.at(-1);
  const state: 'known' | 'too_few' | 'none' = points.length === 0 ? 'none' : canShowSteps(points) ? 'known' : 'too_few';
  return {
    series: points.map((point) => ({ at: point.day, value: point.value })),
    source: subject.seriesSource,
    state,
    needs: state === 'known' ? null : stepsNeed,
    asOf: last?.day ?? null,
    isStale: last !== undefined && addDays(last.day, staleDays) < now.slice(0, 10),
    leftOut: leftOut.slice(0, evidenceMax),
  };
}

function judgeSteps(subject: GrowthSubject, { points }: CleanSeries, events: readonly GrowthEvent[]): Signal {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return unknown(growth, 'No history of followers is known.', stepsNeed);
  const days = daysBetween(first.day, last.day);
  if (!canShowSteps(points)) {
    const text = `${plural(points.length, 'count')} of followers over ${plural(days, 'day')}: too few to see steps.`;
    return unknown(growth, text, stepsNeed);
  }
  const jumps = events.filter((event) => event.kind === 'jump' && event.explainedBy === null);
  const drops = events.filter((event) => event.kind === 'drop');
  const suspect = sum(jumps.map((jump) => jump.share)) + 0.5 * sum(drops.map((drop) => -drop.share));
  return known(growth, {
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
    n: points.length,
    sample: plural(points.length, 'count'),
    asOf: `${last.day}T00:00:00.000Z`,
    threshold: stepThreshold,
    evidence: events.map(toEvidence).slice(0, evidenceMax),
  });
}

function toEvidence(event: GrowthEvent): Evidence {
  const value = `${event.change > 0 ? '+' : ''}${count(event.change)}`;
  return { kind: 'history', id: null, at: event.to, url: null, label: eventText(event), value };
}

function stepFlags(events: readonly GrowthEvent[]): Flag[] {
  const large = events.filter(
    (event) =>
      event.kind === 'jump' &&
      event.explainedBy === null &&
      event.share >= (event.looksBought === true ? flagged.looksBought : flagged.unexplained),
  );
  if (large.length === 0) return [];
  const signs = large.flatMap((event) => event.signs ?? []);
  const more = signs.length === 0 ? '' : ` ${signs.map(capitalised).join('. ')}.`;
  return [
    {
      name: 'bought_step',
      severity: 'amber',
      title: signs.length === 0 ? 'A step in followers that nothing explains' : 'A step in followers that looks bought',
      reason: `${jumpText(large)}. No post of those days had ${reactionNeeded} times the usual reaction, and no giveaway, mention or paid post is on record.${more} Ask for the reason: a giveaway, a mention elsewhere, an advertisement, or bought followers.`,
      signal: growth.name,
    },
  ];
}

function leftOutFlags({ leftOut }: CleanSeries): Flag[] {
  const odd = leftOut[0];
  if (odd === undefined) return [];
  const what =
    odd.why === 'future' ? `one of ${dayText(odd.day)}, a day to come` : `${odd.value} on ${dayText(odd.day)}`;
  return [
    {
      name: 'absurd_history',
      severity: 'amber',
      title: 'Follower counts that cannot be',
      reason: `${plural(leftOut.length, 'count')} left out of the history, such as ${what}. An import or a clock was wrong.`,
      signal: null,
    },
  ];
}

function jumpText(jumps: readonly GrowthEvent[]): string {
  const largest = [...jumps].sort((a, b) => b.share - a.share || (a.from < b.from ? -1 : 1))[0];
  return largest === undefined
    ? ''
    : `+${count(largest.change)} (${share(largest.share)}) between ${dayText(largest.from)} and ${dayText(largest.to)}`;
}

function eventText(event: GrowthEvent): string {
  const stayed = event.stayedShare === null ? '' : `; ${share(event.stayedShare)} stayed`;
  return `${whatOf(event)}, ${dayText(event.from)} to ${dayText(event.to)}${stayed}`;
}

function whatOf(event: GrowthEvent): string {
  if (event.kind === 'drop') return 'Fell';
  const cause = event.explanations?.find((one) => one.state === 'found')?.cause ?? null;
  switch (cause) {
    case 'strong_post':
      return 'Rose with a strong post';
    case 'giveaway':
      return 'Rose with a giveaway';
    case 'shoutout':
      return 'Rose with a mention by another creator';
    case 'advertising':
      return 'Rose with a paid post';
    case 'bought':
      return 'Rose as if bought';
    case null:
      return 'Rose without anything that explains it';
  }
}

function newestPostAt(posts: readonly VettedPost[]): string | null {
  const times = posts.flatMap((post) => (post.postedAt === null ? [] : [Date.parse(post.postedAt)]));
  return times.length === 0 ? null : new Date(times.reduce((a, b) => Math.max(a, b))).toISOString();
}

const capitalised = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
