import { dayMs } from '#kernel/time.ts';
import type { Report, Signal } from '../api.ts';
import { basis, postEvidence } from './engagement-signals.ts';
import { postsForScore, postsInWindow, windowDays } from './reference.ts';
import { known, type SignalSpec, unknown } from './signal.ts';
import { ramp } from './statistics.ts';
import type { RuleContext, VettedPost, VettingSubject } from './subject.ts';
import { plural } from './words.ts';

const cadence: SignalSpec = {
  name: 'cadence',
  point: 'content_consistency',
  title: 'Posts steadily',
  formula: '(newest 30 dated posts within a year - 1) / weeks from the first to the last of them',
};
const recency: SignalSpec = {
  name: 'recency',
  point: 'content_consistency',
  title: 'Active of late',
  formula: 'days from the last post on record to the day of this report',
};
const longestGap: SignalSpec = {
  name: 'longest_gap',
  point: 'content_consistency',
  title: 'No long silence',
  formula: 'longest time between two of the newest 30 dated posts within a year',
};

export interface Consistency {
  signals: Signal[];
  content: Report['content'];
}

interface DatedPost {
  post: VettedPost;
  atMs: number;
}

/** How steadily posts come, and how much of what was posted is known. */
export function judgeConsistency(
  subject: VettingSubject,
  posts: readonly VettedPost[],
  context: RuleContext,
): Consistency {
  const dated = newestDated(posts);
  const first = dated.at(-1);
  const last = dated[0];
  const spanDays = first === undefined || last === undefined ? 0 : (last.atMs - first.atMs) / dayMs;
  // A lower bound of one day: a burst of one afternoon says nothing of a rhythm.
  const perWeek = dated.length >= 2 ? (dated.length - 1) / (Math.max(1, spanDays) / 7) : null;
  const gaps = dated
    .slice(1)
    .map((older, i) => ({ older, newer: dated[i] ?? older, days: ((dated[i] ?? older).atMs - older.atMs) / dayMs }));
  const gap = gaps.reduce<(typeof gaps)[number] | null>(
    (longest, one) => (longest === null || one.days > longest.days ? one : longest),
    null,
  );
  const lastPostAt = lastPost(subject, last);
  const content = {
    postsPerWeek: dated.length >= postsForScore ? perWeek : null,
    longestGapDays: dated.length >= postsForScore && gap !== null ? Math.round(gap.days) : null,
    lastPostAt: lastPostAt?.at ?? null,
    formats: formatsOf(posts),
    stored: posts.length,
    measured: posts.filter((post) => post.likes !== null || post.views !== null).length,
    stated: subject.postCount?.value ?? null,
  };
  const tooFew = `${plural(dated.length, 'dated post')}: too few to see a rhythm.`;
  const needs = `at least ${postsForScore} posts with a date`;
  if (dated.length < postsForScore || perWeek === null || gap === null) {
    return {
      signals: [unknown(cadence, tooFew, needs), judgeRecency(lastPostAt, context), unknown(longestGap, tooFew, needs)],
      content,
    };
  }
  const cadenceSignal = known(cadence, {
    ...basis(dated),
    text: `${perWeek.toFixed(1)} posts a week over ${plural(Math.round(spanDays), 'day')}.`,
    value: perWeek,
    display: `${perWeek.toFixed(1)} a week`,
    contribution: ramp(perWeek, [
      [0, -2],
      [0.25, -1.5],
      [1, 1],
      [2, 3],
    ]),
    threshold: '2 a week is full marks',
    evidence: dated.map((one) => postEvidence(one.post, one.post.postedAt?.slice(0, 10) ?? '')),
  });
  const gapSignal = known(longestGap, {
    ...basis(dated),
    text: `Longest silence ${plural(Math.round(gap.days), 'day')}.`,
    value: gap.days,
    display: plural(Math.round(gap.days), 'day'),
    contribution: ramp(gap.days, [
      [14, 1],
      [30, 0],
      [75, -1],
    ]),
    threshold: '30 days',
    evidence: [postEvidence(gap.older.post, 'before the silence'), postEvidence(gap.newer.post, 'after the silence')],
  });
  return { signals: [cadenceSignal, judgeRecency(lastPostAt, context), gapSignal], content };
}

function judgeRecency(last: { at: string; source: string } | null, context: RuleContext): Signal {
  if (last === null) return unknown(recency, 'No dated post is known.', 'the date of a post');
  const days = Math.max(0, (Date.parse(context.now) - Date.parse(last.at)) / dayMs);
  return known(recency, {
    text: `Last post on record ${plural(Math.floor(days), 'day')} ago.`,
    value: days,
    display: plural(Math.floor(days), 'day'),
    contribution: ramp(days, [
      [14, 1],
      [30, 0],
      [90, -2],
    ]),
    source: last.source,
    n: 1,
    sample: '1 post',
    asOf: last.at,
    threshold: '30 days',
    evidence: [
      { kind: 'figure', id: null, at: last.at, url: null, label: 'Last post on record', value: last.at.slice(0, 10) },
    ],
  });
}

function newestDated(posts: readonly VettedPost[]): DatedPost[] {
  const dated = posts.flatMap((post) => (post.postedAt === null ? [] : [{ post, atMs: Date.parse(post.postedAt) }]));
  const newest = dated[0]?.atMs ?? 0;
  return dated.filter((one) => newest - one.atMs <= windowDays * dayMs).slice(0, postsInWindow);
}

function lastPost(subject: VettingSubject, newest: DatedPost | undefined): { at: string; source: string } | null {
  const stored =
    newest?.post.postedAt == null ? null : { at: new Date(newest.atMs).toISOString(), source: newest.post.source };
  const stated = subject.lastPostAt;
  if (stored === null || stated === null) return stored ?? stated;
  return Date.parse(stated.at) > Date.parse(stored.at) ? stated : stored;
}

function formatsOf(posts: readonly VettedPost[]): { format: string; posts: number }[] {
  const groups = Map.groupBy(posts, (post) => post.format ?? 'not stated');
  return [...groups]
    .map(([format, of]) => ({ format, posts: of.length }))
    .sort((a, b) => b.posts - a.posts || (a.format < b.format ? -1 : 1));
}
