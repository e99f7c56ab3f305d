import type { FitSection, Signal } from '../api.ts';
import { known, notApplicable, type SignalSpec, unknown } from './signal.ts';
import { ramp } from './statistics.ts';
import type { SubjectFit, VettingSubject } from './subject.ts';
import { joinWords, share } from './words.ts';

const spec: SignalSpec = {
  name: 'brand_match',
  point: 'brand_alignment',
  title: 'Matches the brief',
  formula: 'points of the match signals that are known (texts, topics, mentions, audience) / the most those could give',
};

const toldOf = (fit: SubjectFit) => fit.contributions.filter((one) => one.value !== null && one.weight > 0);

/** A match with its share: points given of those the known signals could give. */
export function fitSectionOf(fit: SubjectFit): FitSection {
  const told = toldOf(fit);
  const most = told.reduce((sum, one) => sum + one.weight, 0);
  const points = told.reduce((sum, one) => sum + one.points, 0);
  return { share: most === 0 ? null : points / most, ...fit };
}

/** The match with the brief as one signal with its contributions as evidence. */
export function judgeFit(subject: VettingSubject): { signals: Signal[]; section: FitSection | null } {
  const fit = subject.fit ?? null;
  if (fit === null)
    return {
      signals: [
        notApplicable(spec, 'The brand profile has no brief, values, accounts or wanted audience to match by.'),
      ],
      section: null,
    };
  const section = fitSectionOf(fit);
  const told = toldOf(fit);
  const value = section.share;
  if (value === null) {
    const text = fit.contributions.map((one) => one.line).join(' ');
    return { signals: [unknown(spec, text, 'captions, topics or audience data')], section };
  }
  const strongest = [...told].sort((a, b) => b.points - a.points || (a.signal < b.signal ? -1 : 1))[0];
  return {
    signals: [
      known(spec, {
        text: `${share(value)} of the points of ${joinWords(told.map((one) => one.signal))}. ${strongest?.line ?? ''}`,
        value,
        display: share(value),
        contribution: ramp(value, [
          [0, -2],
          [0.4, 0],
          [1, 4],
        ]),
        source: 'matching of discovery',
        n: told.length,
        sample: `${told.length} of ${fit.contributions.length} signals known`,
        asOf: subject.posts[0]?.observedAt ?? null,
        threshold: '40 % is neutral',
        evidence: told.map((one) => ({
          kind: 'figure',
          id: null,
          at: null,
          url: null,
          label: one.line,
          value: `${one.points.toFixed(1)} of ${one.weight}`,
        })),
      }),
    ],
    section,
  };
}
