import { type Report, type SharedAudience, type SharedReport, type Signal, shownKeys } from '../api.ts';
import type { SignalName } from './reference.ts';

const kept = 'Not shown: it rests on the brand profile of the workspace.';
const brandFlags = new Set(['no_go', 'competitor']);

/** A report as somebody outside may read it: without ids, and unless allowed without what tells the brand's wishes and competitors. Points and score stay, so that the sum still holds. */
export function shownOutside(report: Report, showsBrand: boolean): SharedReport['report'] {
  const signals = report.signals.map(withoutReaders);
  const rest = { ...pickShown(report), signals, audiences: audiencesOf(report) };
  if (showsBrand) return rest;
  const isBrand = (name: string | null) =>
    name !== null && report.signals.find((signal) => signal.name === name)?.point === 'brand_alignment';
  const hidden = new Map(
    report.flags.filter((flag) => brandFlags.has(flag.name) || isBrand(flag.signal)).map((flag) => [flag.reason, kept]),
  );
  const veil = (text: string) => {
    let shown = text;
    for (const [reason, instead] of hidden) shown = shown.replaceAll(reason, instead);
    return shown;
  };
  return {
    ...rest,
    rule: { ...report.rule, text: veil(report.rule.text) },
    flags: report.flags.map((flag) => (hidden.has(flag.reason) ? { ...flag, reason: kept } : flag)),
    signals: signals.map((signal) =>
      signal.point === 'brand_alignment'
        ? { ...signal, text: kept, value: null, display: null, threshold: null, evidence: [], evidenceTotal: 0 }
        : signal,
    ),
    points: report.points.map((point) => (point.point === 'brand_alignment' ? { ...point, text: kept } : point)),
    ...(report.checklist !== undefined && {
      checklist: report.checklist.map((one) => (isBrand(one.name) ? { ...one, text: kept } : one)),
    }),
    ...(report.highlights !== undefined && {
      highlights: {
        strengths: report.highlights.strengths.map((one) => (isBrand(one.signal) ? { ...one, text: kept } : one)),
        problems: report.highlights.problems.map((one) =>
          isBrand(one.signal) || hidden.has(one.text) ? { ...one, text: kept } : one,
        ),
      },
    }),
  };
}

/** Signals whose rows are accounts that follow or like, or what readers wrote. */
const onReaders: ReadonlySet<string> = new Set<SignalName>([
  'follower_credibility',
  'liker_credibility',
  'commenter_credibility',
  'comment_authenticity',
  'comment_copies',
  'comment_pods',
  'comment_spam',
  'comment_sentiment',
  'comment_timing',
  'purchase_intent',
]);

/** How many rows there are is told; whose they are is not. */
function withoutReaders(signal: Signal): Signal {
  return onReaders.has(signal.name) ? { ...signal, evidence: [] } : signal;
}

/** The shares alone: who follows, likes and comments is told to nobody outside. */
export function audiencesOf({ audience }: Pick<Report, 'audience'>): SharedAudience[] {
  const samples = [audience?.authenticity, audience?.likers, audience?.commenters];
  return samples.flatMap((sample) => {
    if (sample == null) return [];
    const { kind, takenAt, source, method, judged, state, text, coverage, shares } = sample;
    return [{ kind, takenAt, source, method, judged, state, text, coverage, shares }];
  });
}

function pickShown(report: Report): SharedReport['report'] {
  // The keys are those the schema of a shared report is made of, so what is picked is one.
  return Object.fromEntries(Object.entries(report).filter(([key]) => key in shownKeys)) as SharedReport['report'];
}
