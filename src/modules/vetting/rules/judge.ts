import { type Flag, type Interval, type MachineVerdict, type Point, points, type Report, type Signal } from '../api.ts';
import { baseScore, postsForScore, settleHours, verdictLimits } from './reference.ts';
import { toTenths } from './weights.ts';
import { count, plural } from './words.ts';

/** 50 plus every contribution, to the tenth; null where the engagement is not known, since then there is nothing to score. */
export function scoreOf(signals: readonly Signal[]): number | null {
  const level = signals.find((signal) => signal.name === 'engagement_level');
  if (level?.state !== 'known') return null;
  return toTenths(baseScore + signals.reduce((sum, signal) => sum + signal.contribution, 0));
}

/** The score taken apart: where a peer starts, then every signal. */
export function contributionsOf(signals: readonly Signal[]): Report['contributions'] {
  const base = { name: 'base', title: 'Where a peer starts', contribution: baseScore };
  return [base, ...signals.map(({ name, title, contribution }) => ({ name, title, contribution }))];
}

/** The score if every unknown turned out as good as it can. */
export function bestScoreOf(signals: readonly Signal[]): number | null {
  const score = scoreOf(signals);
  if (score === null) return null;
  const open = signals.filter((signal) => signal.state === 'unknown');
  return toTenths(score + open.reduce((sum, signal) => sum + signal.contributionMax - signal.contribution, 0));
}

/** The score with the engagement at either end of its interval. */
export function scoreIntervalOf(
  signals: readonly Signal[],
  range: { low: number; high: number } | null,
): Interval | null {
  const score = scoreOf(signals);
  const level = signals.find((signal) => signal.name === 'engagement_level');
  if (score === null || range === null || level?.interval == null) return null;
  return {
    low: toTenths(score - level.contribution + range.low),
    high: toTenths(score - level.contribution + range.high),
    coverage: level.interval.coverage,
  };
}

export interface Judgement {
  verdict: MachineVerdict;
  rule: { name: string; text: string };
}

interface Case {
  score: number | null;
  best: number | null;
  flags: readonly Flag[];
  measured: number;
}

/** The verdict, by the first rule that holds. */
export function judge({ score, best, flags, measured }: Case): Judgement {
  const red = flags.find((flag) => flag.severity === 'red');
  if (red !== undefined && measured >= postsForScore)
    return answer('reject', 'red_flag', `Red flag: ${red.title}. ${red.reason}`);
  if (red !== undefined)
    return answer(
      'review',
      'red_flag_unmeasured',
      `Red flag: ${red.title}. ${red.reason} Fewer than ${postsForScore} posts were measured, so a person should look.`,
    );
  if (score === null || best === null) {
    const privateFlag = flags.find((flag) => flag.name === 'private');
    if (privateFlag !== undefined)
      return answer('not_enough_data', 'private', `${privateFlag.title}: ${privateFlag.reason}`);
    return answer('not_enough_data', 'too_few_posts', tooFewText(measured));
  }
  if (best < verdictLimits.reject)
    return answer(
      'reject',
      'score_low',
      `Score ${count(score)} is below ${verdictLimits.reject}, whatever the unknowns turn out to be.`,
    );
  const amber = flags.filter((flag) => flag.severity === 'amber');
  if (amber.length > 0)
    return answer(
      'review',
      'flags',
      `${plural(amber.length, 'flag')} to look at: ${amber.map((flag) => flag.title.toLowerCase()).join(', ')}.`,
    );
  if (score >= verdictLimits.pass)
    return answer(
      'pass',
      'score_high',
      `Score ${count(score)} is ${verdictLimits.pass} or more, and no flag stands against it.`,
    );
  if (best >= verdictLimits.pass)
    return answer(
      'review',
      'unknowns',
      `Score ${count(score)}; with what is not known yet it could be up to ${count(best)}.`,
    );
  return answer(
    'review',
    'score_middle',
    `Score ${count(score)} lies between ${verdictLimits.reject} and ${verdictLimits.pass}.`,
  );
}

function tooFewText(measured: number): string {
  if (measured === 0) return `No post with figures is known; ${postsForScore} are needed for a score.`;
  if (measured < postsForScore)
    return `Only ${plural(measured, 'post')} with settled figures (${settleHours} hours and older); ${postsForScore} are needed for a score. The interval is shown instead.`;
  return 'There are too few peers of this platform and size, and no published band, to hold the engagement against.';
}

const answer = (verdict: MachineVerdict, name: string, text: string): Judgement => ({ verdict, rule: { name, text } });

/** Each of the five points in one line. Unknown is never good. */
export function summarisePoints(signals: readonly Signal[], flags: readonly Flag[]): Report['points'] {
  return points.map((point) => {
    const own = signals.filter((signal) => signal.point === point);
    const sum = toTenths(own.reduce((total, signal) => total + signal.contribution, 0));
    const flagged = flags.filter(
      (flag) =>
        own.some((signal) => signal.name === flag.signal) ||
        (flag.name === 'private' && point === 'audience_authenticity'),
    );
    return { point, state: stateOf(own, flagged, sum), contribution: sum, text: textOf(own, flagged, point) };
  });
}

type PointState = Report['points'][number]['state'];

function stateOf(own: readonly Signal[], flagged: readonly Flag[], sum: number): PointState {
  if (flagged.some((flag) => flag.severity === 'red')) return 'bad';
  const answered = own.filter((signal) => signal.state === 'known');
  if (answered.length === 0) return 'unknown';
  const max = own.reduce((total, signal) => total + signal.contributionMax, 0);
  const min = own.reduce((total, signal) => total + signal.contributionMin, 0);
  if (sum <= 0.4 * min) return answered.length === own.length || flagged.length > 0 ? 'bad' : 'unknown';
  const open = own.filter((signal) => signal.state === 'unknown').length;
  return flagged.length === 0 && sum >= 0.3 * max && open * 2 < own.length ? 'good' : 'mixed';
}

function textOf(own: readonly Signal[], flagged: readonly Flag[], point: Point): string {
  if (flagged.length > 0) return flagged.map((flag) => flag.title).join('; ');
  const answered = own.filter((signal) => signal.state === 'known');
  if (answered.length === 0) return own[0]?.text ?? `Nothing is known of ${point}.`;
  const strongest = [...answered].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))[0];
  return strongest?.text ?? '';
}
