import { captionShape, maskDisclosure } from '../../src/modules/vetting/rules/caption-shape.ts';
import {
  hashedFeatures,
  type TextFeatureOptions,
  type TextFeatures,
} from '../../src/modules/vetting/text/text-features.ts';

/** Kept small, since few sponsored posts are known. */
export const sponsoredOptions: TextFeatureOptions = {
  words: 2,
  characters: { from: 3, to: 4 },
  buckets: 1 << 16,
};

/** One penalty for all: what nearly every caption has must weigh more to count as much as a rare word. */
const shapeGain = 3;

/** Words, letter runs and shape of a caption, without what discloses it. */
export function sponsoredFeatures(caption: string, ownHandle: string | null): TextFeatures {
  const shape = [...captionShape(caption, ownHandle)].map(
    ([name, value]) => [`shape ${name}`, shapeGain * value] as const,
  );
  return hashedFeatures(maskDisclosure(caption), sponsoredOptions, shape);
}
