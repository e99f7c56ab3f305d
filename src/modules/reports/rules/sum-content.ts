import type { ContentMetric } from '#modules/campaigns/api.ts';
import type { ContentFigure, ContentReport, Figure } from '../api.ts';
import { figure } from './figures.ts';
import { ratio, sumOf } from './ratio.ts';
import type { ContentInput, ResultInput } from './report-input.ts';
import { sayPlural } from './say.ts';

type Pick = (content: ContentInput) => ResultInput | null;

const pickMetric =
  (metric: ContentMetric): Pick =>
  (content) =>
    content.results[metric] ?? null;

/**
 * Engagements of one piece: as reported, else likes + comments + those of shares and saves that are known; null without both likes and comments.
 * An estimate as soon as a part of it is one; as old as its oldest part.
 */
export function engagementsOf(content: ContentInput): ResultInput | null {
  const { engagements, likes, comments, shares, saves } = content.results;
  if (engagements !== undefined) return engagements;
  if (likes === undefined || comments === undefined) return null;
  const parts = [likes, comments, shares, saves].filter((part) => part !== undefined);
  return {
    value: sumOf(parts, (part) => part.value),
    isEstimate: parts.some((part) => part.isEstimate),
    isTyped: parts.some((part) => part.isTyped),
    source: [...new Set(parts.map((part) => part.source))].join(', '),
    observedAt: parts.map((part) => part.observedAt).toSorted()[0] ?? likes.observedAt,
  };
}

const formulas = {
  reach: 'sum of reach over live deliverables; one person reached by two posts counts twice',
  impressions: 'sum of impressions over live deliverables',
  views: 'sum of views over live deliverables',
  engagements: 'likes + comments + shares + saves over live deliverables, or the total as reported',
};

/** Reach, impressions, views and engagements of what is live: measured and estimated apart, each with how many deliverables have it. */
export function sumContent(content: readonly ContentInput[]): ContentReport {
  const live = content.filter((one) => one.state === 'live');
  return {
    reach: sumMetric(live, pickMetric('reach'), formulas.reach),
    impressions: sumMetric(live, pickMetric('impressions'), formulas.impressions),
    views: sumMetric(live, pickMetric('views'), formulas.views),
    engagements: sumMetric(live, engagementsOf, formulas.engagements),
    engagementRate: rateByReach(live),
  };
}

function sumMetric(live: readonly ContentInput[], pick: Pick, formula: string): ContentFigure {
  const found = live.flatMap((content) => pick(content) ?? []);
  const measured = found.filter((result) => !result.isEstimate);
  const estimates = found.filter((result) => result.isEstimate);
  const value = measured.length === 0 ? null : sumOf(measured, (result) => result.value);
  const estimated = estimates.length === 0 ? null : sumOf(estimates, (result) => result.value);
  const all = (value ?? 0) + (estimated ?? 0);
  const typed = measured.filter((result) => result.isTyped).length;
  const isWhole = measured.length === live.length;
  const counted = sayKnown(measured.length, { live: live.length, typed });
  return {
    ...figure('count', value, {
      formula,
      source: sourcesOf(measured),
      reason: whyNone(live.length, estimates.length),
      n: counted,
      asOf: newestOf(measured),
      bound: isWhole ? 'exact' : 'at_least',
      note: isWhole && typed === 0 ? null : `known for ${counted}`,
    }),
    known: measured.length,
    typed,
    live: live.length,
    estimated: estimated === null ? null : { value: estimated, known: estimates.length },
    estimateShare: all === 0 ? null : (estimated ?? 0) / all,
  };
}

/** Measured engagements / measured reach, over live deliverables where both are known. */
export function rateByReach(live: readonly ContentInput[]): Figure {
  const both = live.flatMap((content) => {
    const reach = content.results.reach;
    const engagements = engagementsOf(content);
    if (reach === undefined || engagements === null || reach.isEstimate || engagements.isEstimate) return [];
    return [{ reach, engagements }];
  });
  const reach = sumOf(both, (pair) => pair.reach.value);
  const engagements = sumOf(both, (pair) => pair.engagements.value);
  const isKnown = both.length > 0 && reach > 0;
  const typed = both.filter((pair) => pair.reach.isTyped || pair.engagements.isTyped).length;
  return figure('share', isKnown ? ratio(BigInt(engagements), BigInt(reach)) : null, {
    formula: 'engagements / reach, over live deliverables where both were measured',
    source: sourcesOf(both.flatMap((pair) => [pair.reach, pair.engagements])),
    reason: both.length === 0 ? 'no live deliverable has both reach and engagements measured' : 'nobody was reached',
    n: sayKnown(both.length, { live: live.length, typed }),
    asOf: newestOf(both.flatMap((pair) => [pair.reach, pair.engagements])),
  });
}

/** Of how many a figure is known, and how many of these were typed from a screenshot: nobody but whoever typed them has seen those. */
function sayKnown(known: number, of: { live: number; typed: number }): string {
  const counted = `${known} of ${sayPlural(of.live, 'live deliverable')}`;
  return of.typed === 0 ? counted : `${counted}, ${of.typed} of them typed from a screenshot`;
}

function whyNone(live: number, estimates: number): string {
  if (live === 0) return 'no deliverable is live yet';
  if (estimates > 0) return 'only estimated, not measured';
  return `no result was entered for ${live === 1 ? 'the live deliverable' : `the ${live} live deliverables`}`;
}

const sourcesShown = 3;

function sourcesOf(results: readonly ResultInput[]): string {
  const sources = [...new Set(results.map((result) => result.source))].toSorted();
  if (sources.length === 0) return 'results of deliverables, entered or imported';
  const more = sources.length - sourcesShown;
  return sources.slice(0, sourcesShown).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function newestOf(results: readonly ResultInput[]): string | null {
  return results.reduce<string | null>(
    (newest, result) => (newest === null || result.observedAt > newest ? result.observedAt : newest),
    null,
  );
}
