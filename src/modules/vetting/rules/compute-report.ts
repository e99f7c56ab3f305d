import { dayMs } from '#kernel/time.ts';
import type { Flag, Report, Signal } from '../api.ts';
import { judgeAlignment } from './alignment-signals.ts';
import { judgeAudience } from './audience-signals.ts';
import { checklistOf, highlightsOf } from './checklist.ts';
import { type CleanPosts, cleanPosts } from './clean-posts.ts';
import { judgeComments } from './comment-signals.ts';
import { judgeConsistency } from './consistency-signals.ts';
import { judgeCredibility } from './credibility-signals.ts';
import { engagementRates } from './engagement-rates.ts';
import { judgeEngagement } from './engagement-signals.ts';
import { estimateValue } from './estimate-value.ts';
import { judgeFit } from './fit-signals.ts';
import { judgeGrowth } from './growth/judge-growth.ts';
import { bestScoreOf, contributionsOf, judge, scoreIntervalOf, scoreOf, summarisePoints } from './judge.ts';
import { judgePartnerships } from './partnership-signals.ts';
import { placeFigures, placeSignals } from './peer-findings.ts';
import { judgePlace } from './place-signals.ts';
import { judgeQuality } from './quality-signals.ts';
import { rulesVersion } from './reference.ts';
import { judgeSafety } from './safety-signals.ts';
import { histogram, quantile } from './statistics.ts';
import type { RuleContext, StatedFigure, VettingSubject } from './subject.ts';
import { defaultVerdictRules } from './verdict-rules.ts';
import { judgeViews } from './view-signals.ts';
import { confidenceOf, defaultWeights, type WeightSet, weighContribution, weighSignals } from './weights.ts';
import { dayText, plural } from './words.ts';

/** What the rules find; the use case adds ids and times. */
export type ComputedReport = Omit<Report, 'id' | 'personId' | 'profileId' | 'isMain' | 'computedAt' | 'checkedAt'>;

/** The whole report of one profile. The same subject and context give the same report, to the byte. */
export function computeReport(subject: VettingSubject, context: RuleContext): ComputedReport {
  const clean = cleanPosts(subject.posts, context.now);
  const { posts } = clean;
  const rates = engagementRates(subject, posts, context);
  const engagement = judgeEngagement(subject, posts, rates);
  const audience = judgeAudience(subject, engagement.rated);
  const credibility = judgeCredibility(subject);
  const place = judgePlace(subject);
  const growth = judgeGrowth(subject, posts, context);
  const partnerships = judgePartnerships(subject, posts, context);
  const consistency = judgeConsistency(subject, posts, context);
  const alignment = judgeAlignment(subject, posts);
  const safety = judgeSafety(subject, posts);
  const quality = judgeQuality(subject, posts);
  const fit = judgeFit(subject);
  const comments = judgeComments(subject);
  const set = context.weights ?? defaultWeights;
  const rules = context.verdictRules ?? defaultVerdictRules;
  const judged: Signal[] = [
    ...engagement.signals,
    ...audience.signals,
    ...credibility.signals,
    judgeViews(subject, posts),
    ...growth.signals,
    place.signal,
    ...partnerships.signals,
    ...consistency.signals,
    ...alignment.signals,
    ...quality.signals,
    ...fit.signals,
    ...safety.signals,
    ...comments.signals,
  ];
  const dataAt = newestObservation(subject, context.now);
  const flags: Flag[] = [
    ...engagement.flags,
    ...audience.flags,
    ...credibility.flags,
    ...growth.flags,
    ...place.flags,
    ...partnerships.flags,
    ...alignment.flags,
    ...safety.flags,
    ...quality.flags,
    ...comments.flags,
    ...dirtyFlags(clean),
    ...staleFlags(dataAt, context.now, rules.staleAfterDays),
  ];
  const signals = placeSignals(weighSignals(judged, set), subject.peers.found);
  const score = scoreOf(signals);
  const best = bestScoreOf(signals);
  const judgement = judge({ score, best, flags, signals, measured: engagement.rated.length, rules });
  return {
    platform: subject.profile.platform,
    handle: subject.profile.handle,
    dataAt,
    rulesVersion,
    score,
    scoreInterval: scoreIntervalOf(signals, weighLevels(engagement.levelRange, set)),
    confidence: confidenceOf(signals),
    weightsVersion: set.version,
    scoreBest: best,
    ...judgement,
    flags,
    contributions: score === null ? [] : contributionsOf(signals),
    signals,
    points: summarisePoints(signals, flags),
    checklist: checklistOf(signals, flags),
    highlights: highlightsOf(signals, flags),
    value: estimateValue(subject, posts),
    engagement: {
      measured: engagement.rated.length,
      rates,
      peers: describePeers(subject, rates.find((rate) => rate.isScored)?.median ?? null),
      bands: engagement.bands,
      stated: statedRates(subject),
    },
    besidePeers: placeFigures({ comments: comments.section, audience: credibility.section }, subject.peers.found),
    growth: growth.section,
    partnerships: partnerships.found,
    comments: comments.section,
    deals: partnerships.section,
    safety: safety.section,
    quality: quality.section,
    fit: fit.section,
    content: consistency.content,
    audience: credibility.section,
  };
}

function weighLevels(range: { low: number; high: number } | null, set: WeightSet) {
  if (range === null) return null;
  const weigh = (points: number) => weighContribution('engagement_level', points, set);
  return { low: weigh(range.low), high: weigh(range.high) };
}

/** What could not be true is said, not swallowed. */
function dirtyFlags(clean: CleanPosts): Flag[] {
  const flags: Flag[] = [];
  const late = clean.inFuture[0];
  if (late !== undefined) {
    flags.push({
      name: 'future_posts',
      severity: 'amber',
      title: 'Posts dated in the future',
      reason: `${plural(clean.inFuture.length, 'post')} left out, such as one of ${late.postedAt?.slice(0, 10) ?? ''}: a clock or an import was wrong.`,
      signal: null,
    });
  }
  const odd = clean.absurd[0];
  if (odd !== undefined) {
    flags.push({
      name: 'absurd_figures',
      severity: 'amber',
      title: 'Figures that cannot be',
      reason: `${plural(clean.absurd.length, 'post')} with figures that cannot be, such as ${odd.what} on ${odd.post.url ?? odd.post.id}. They were not counted.`,
      signal: null,
    });
  }
  return flags;
}

/** A verdict on old data is one on the past. */
function staleFlags(dataAt: string | null, now: string, staleAfterDays: number): Flag[] {
  if (dataAt === null) return [];
  const days = Math.floor((Date.parse(now) - Date.parse(dataAt)) / dayMs);
  if (days <= staleAfterDays) return [];
  const reason = `The newest figure is of ${dayText(dataAt)}, ${plural(days, 'day')} ago; more than ${staleAfterDays} days are too old to decide on. Refresh or import newer figures.`;
  return [{ name: 'stale_data', severity: 'amber', title: 'The data are old', reason, signal: null }];
}

function describePeers(subject: VettingSubject, own: number | null): Report['engagement']['peers'] {
  const { values } = subject.peers.engagement;
  if (values.length === 0) return null;
  return {
    n: values.length,
    label: subject.peers.label,
    median: quantile(values, 0.5),
    lowerQuartile: quantile(values, 0.25),
    upperQuartile: quantile(values, 0.75),
    bins: histogram(values, own),
  };
}

function statedRates(subject: VettingSubject): Report['engagement']['stated'] {
  const { avgLikes, avgComments, avgViews, engagementRate } = subject;
  const stated = (title: string, figure: StatedFigure | null) =>
    figure === null ? [] : [{ title, value: figure.value, source: figure.source, at: figure.at }];
  return [
    ...stated('Average likes', avgLikes),
    ...stated('Average comments', avgComments),
    ...stated('Average views', avgViews),
    ...stated('Engagement rate', engagementRate),
  ];
}

/** The newest instant anything was observed at, never after now. */
function newestObservation(subject: VettingSubject, now: string): string | null {
  const figures = [subject.followers, subject.following, subject.postCount, subject.avgLikes, subject.engagementRate];
  const instants = [
    ...subject.posts.map((post) => Date.parse(post.observedAt)),
    ...figures.flatMap((figure) => (figure?.at == null ? [] : [Date.parse(figure.at)])),
  ].filter((at) => at <= Date.parse(now));
  return instants.length === 0 ? null : new Date(instants.reduce((a, b) => Math.max(a, b))).toISOString();
}

/** The facts discovery filters and shows: the score, the verdict, and the engagement it rests on. */
export function factsOf(report: Pick<Report, 'score' | 'verdict'>): Record<string, unknown> {
  return { vetting_score: report.score, vetting_verdict: report.verdict };
}
