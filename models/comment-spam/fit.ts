import { spamFeatureOptions, spamFeaturesOf, spamLabels } from '../../src/modules/vetting/text/comment-spam.ts';
import type { LinearTextModel } from '../../src/modules/vetting/text/linear-text-model.ts';
import { fitLinear } from '../fit/fit-linear.ts';

export interface SpamCase {
  video: string;
  text: string;
  isSpam: boolean;
}

/** The spam model on these cases: logistic regression on words, letter runs and signs; the temperature is fitted over videos left out. */
export function fitSpam(cases: readonly SpamCase[], seed: number): LinearTextModel {
  const rows = cases.map(({ video, text, isSpam }) => ({
    features: spamFeaturesOf(text),
    label: isSpam ? 'spam' : 'ham',
    group: video,
  }));
  return fitLinear(rows, { labels: spamLabels, features: spamFeatureOptions, l2: 0.2, epochs: 100, seed });
}
