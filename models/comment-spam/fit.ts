import { spamFeatureOptions, spamFeaturesOf, spamLabels } from '../../src/modules/vetting/text/comment-spam.ts';
import { asCommentText } from '../../src/modules/vetting/text/comment-text.ts';
import type { LinearTextModel } from '../../src/modules/vetting/text/linear-text-model.ts';
import { readKindCorpus } from '../comment-quality/corpus.ts';
import { fitLinear } from '../fit/fit-linear.ts';

export interface SpamCase {
  video: string;
  text: string;
  isSpam: boolean;
  /** How much the case counts; 1 where not given. */
  weight?: number;
  /** Only the weights learn from it, not how sure to be. */
  isBeside?: boolean;
}

/** Promotion counts more among the invented comments, of which it is a tenth. */
const inventedSpamWeight = 3;

/** The invented comments of comment-quality: what ships learns from them how talk and promotion sound beside pictures, which no comment under a video tells. */
export function inventedCases(): SpamCase[] {
  return readKindCorpus()
    .filter(({ kind }) => kind !== 'emoji_only' && kind !== 'tag_only')
    .map(({ id, kind, text }) => ({
      video: `invented ${id}`,
      text,
      isSpam: kind === 'spam_promo',
      isBeside: true,
      weight: kind === 'spam_promo' ? inventedSpamWeight : 1,
    }));
}

/** The spam model on these cases: logistic regression on words, letter runs and signs; the temperature is fitted over videos left out. */
export function fitSpam(cases: readonly SpamCase[], seed: number): LinearTextModel {
  const rows = cases.map(({ video, text, isSpam, weight = 1, isBeside = false }) => ({
    features: spamFeaturesOf(asCommentText(text)),
    weight,
    isBeside,
    label: isSpam ? 'spam' : 'ham',
    group: video,
  }));
  return fitLinear(rows, { labels: spamLabels, features: spamFeatureOptions, l2: 0.2, epochs: 100, seed });
}
