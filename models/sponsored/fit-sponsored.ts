import type { LinearTextModel } from '../../src/modules/vetting/text/linear-text-model.ts';
import { fitLinear } from '../fit/fit-linear.ts';
import { sponsoredFeatures, sponsoredOptions } from './sponsored-features.ts';
import type { SponsoredRow } from './weak-labels.ts';

const l2 = 1;
const roundsMax = 40;

/** Logistic regression over words, letter runs and the shape of a caption; disclosure and names are cut out first. */
export function fitSponsored(rows: readonly SponsoredRow[], seed: number): LinearTextModel {
  const cases = rows.map(({ caption, handle, isSponsored }) => ({
    features: sponsoredFeatures(caption, handle),
    label: isSponsored ? 'sponsored' : 'own',
    ...(handle === null ? {} : { group: handle }),
  }));
  return fitLinear(cases, { labels: ['own', 'sponsored'], features: sponsoredOptions, l2, epochs: roundsMax, seed });
}
