import {
  type Flag,
  type Interval,
  type MachineVerdict,
  type Point,
  points,
  type Report,
  type Signal,
  type VerdictLimit,
  type VerdictRules,
} from '../api.ts';
import { baseScore, postsForScore, settleHours } from './reference.ts';
import { brokenLimits, treatmentOf } from './verdict-rules.ts';
import { confidenceOf, toTenths, type Weighable } from './weights.ts';
import { count, plural, share } from './words.ts';

/** 50 plus every contribution, to the tenth, within 0 and 100; null where the engagement is not known, since then there is nothing to score. */
export function scoreOf(signals: readonly Weighable[]): number | null {
  const sum = sumOf(signals);
  return sum === null ? null : bounded(sum);
}

function sumOf(signals: readonly Weighable[]): number | null {
  const level = signals.find((signal) => signal.name === 'engagement_level');
  if (level?.state !== 'known') return null;
  return toTenths(baseScore + signals.reduce((sum, signal) => sum + signal.contribution, 0));
}

const bounded = (score: number) => Math.min(100, Math.max(0, score));

/** The score taken apart: where a peer starts, then every signal, and what keeps the sum within 0 and 100 where it would leave them. */
export function contributionsOf(signals: readonly Signal[]): Report['contributions'] {
  const base = { name: 'base', title: 'Where a peer starts', contribution: baseScore };
  const sum = sumOf(signals) ?? baseScore;
  const limit = {
    name: 'limit',
    title: sum < 0 ? 'A score ends at 0' : 'A score ends at 100',
    contribution: toTenths(bounded(sum) - sum),
  };
  return [
    base,
    ...signals.map(({ name, title, contribution }) => ({ name, title, contribution })),
    ...(limit.contribution === 0 ? [] : [limit]),
  ];
}

/** The score if every unknown turned out as good as it can. */
export function bestScoreOf(signals: readonly Weighable[]): number | null {
  const sum = sumOf(signals);
  if (sum === null) return null;
  const open = signals.filter((signal) => signal.state === 'unknown');
  return bounded(toTenths(sum + open.reduce((gain, signal) => gain + signal.contributionMax - signal.contribution, 0)));
}

/** The score with the engagement at either end of its interval. */
export function scoreIntervalOf(
  signals: readonly Signal[],
  range: { low: number; high: number } | null,
): Interval | null {
  const sum = sumOf(signals);
  const level = signals.find((signal) => signal.name === 'engagement_level');
  if (sum === null || range === null || level?.interval == null) return null;
  return {
    low: bounded(toTenths(sum - level.contribution + range.low)),
    high: bounded(toTenths(sum - level.contribution + range.high)),
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
  flags: readonly Pick<Flag, 'name' | 'severity' | 'title' | 'reason'>[];
  signals: readonly (Weighable & { title: string; value: number | null })[];
  measured: number;
  rules: VerdictRules;
}

/** The verdict, by the first rule that holds. */
export function judge(of: Case): Judgement {
  const { score, best, flags, measured, rules } = of;
  const reject = flags.find((flag) => treatmentOf(rules, flag) === 'reject');
  if (reject !== undefined) {
    const what = `${reject.severity === 'red' ? 'Red flag' : 'Flag'}: ${reject.title}. ${reject.reason}`;
    if (measured >= postsForScore) return answer('reject', 'red_flag', what);
    const why = `Fewer than ${postsForScore} posts were measured, so a person should look.`;
    return answer('review', 'red_flag_unmeasured', `${what} ${why}`);
  }
  const broken = brokenLimits(rules, of.signals).map(({ limit, value }) => ({
    limit,
    text: limitText(of, limit, value),
  }));
  const refused = broken.find(({ limit }) => limit.verdict === 'reject');
  if (refused !== undefined) return answer('reject', 'limit', `Your limit: ${refused.text}.`);
  if (score === null || best === null) {
    const privateFlag = flags.find((flag) => flag.name === 'private');
    if (privateFlag !== undefined)
      return answer('not_enough_data', 'private', `${privateFlag.title}: ${privateFlag.reason}`);
    return answer('not_enough_data', 'too_few_posts', tooFewText(measured));
  }
  if (best < rules.reject)
    return answer(
      'reject',
      'score_low',
      `Score ${count(score)} is below ${rules.reject}, whatever the unknowns turn out to be.`,
    );
  const open = flags.filter((flag) => treatmentOf(rules, flag) === 'review');
  if (open.length > 0)
    return answer(
      'review',
      'flags',
      `${plural(open.length, 'flag')} to look at: ${open.map((flag) => flag.title.toLowerCase()).join(', ')}.`,
    );
  const asked = broken[0];
  if (asked !== undefined) return answer('review', 'limit', `Your limit: ${asked.text}.`);
  return byScore(of, score, best);
}

function byScore({ rules, signals }: Case, score: number, best: number): Judgement {
  if (score >= rules.pass) {
    const confidence = confidenceOf(signals) ?? 0;
    if (confidence >= rules.confidenceForPass)
      return answer(
        'pass',
        'score_high',
        `Score ${count(score)} is ${rules.pass} or more, and no flag stands against it.`,
      );
    return answer(
      'review',
      'confidence',
      `Score ${count(score)} would pass, but only ${share(confidence)} of the weight is known; ${share(rules.confidenceForPass)} is asked for.`,
    );
  }
  if (best >= rules.pass)
    return answer(
      'review',
      'unknowns',
      `Score ${count(score)}; with what is not known yet it could be up to ${count(best)}.`,
    );
  return answer('review', 'score_middle', `Score ${count(score)} lies between ${rules.reject} and ${rules.pass}.`);
}

function limitText({ signals }: Case, limit: VerdictLimit, value: number): string {
  const title = signals.find((signal) => signal.name === limit.signal)?.title ?? limit.signal;
  return `${title} is ${figureText(value)}, ${limit.when} ${figureText(limit.value)}`;
}

const figureText = (value: number) => String(Number(value.toPrecision(3)));

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
