import calibration from '../../../../models/sponsored/calibration.json' with { type: 'json' };
import { captionShape, type ShapeName } from './caption-shape.ts';

/**
 * Points for what advertising tends to look like once its label is taken away. Set by judgement before they were measured and not fitted:
 * no open set of real posts trains this. Figures and what was tried beside it: docs/methods/sponsored-posts.md.
 */
const points: Partial<Record<ShapeName, number>> = {
  mentions0: -1.2,
  mentions1: 1,
  mentions2: 0.6,
  mentions4: -0.2,
  tags0: -0.3,
  tags4: 0.2,
  tags10: -0.4,
  longTag: 0.3,
  beginsWithName: -0.2,
  brandish: 0.3,
  length: 0.4,
  lengthSquared: -0.15,
  address: 0.5,
  bioLink: 0.8,
  code: 1,
  shop: 0.7,
  praise: 0.5,
  mine: 0.2,
  you: 0.4,
  thanks: 0.2,
  mark: 0.8,
  price: 0.5,
  more: 0.5,
  order: 0.5,
  goods: 0.6,
  exclaims: 0.2,
  joinedTag: 0.3,
};

/** What each point is called in an explanation; the others are counts and lengths. */
const titles: Partial<Record<ShapeName, string>> = {
  mentions1: 'names one account',
  mentions2: 'names two or three accounts',
  brandish: 'names an account that sounds like a brand',
  address: 'an address',
  bioLink: 'sends to the link in the bio',
  code: 'a code or a percentage',
  shop: 'words of a shop',
  praise: 'praise or thanks',
  mark: 'a trade mark',
  price: 'a price',
  more: 'sends on for more',
  order: 'tells the reader what to do',
  goods: 'names goods',
};

export interface SponsoredScore {
  /** 0 to 1: how likely a post with such a text is one that elsewhere says it is an ad. */
  probability: number;
  /** What spoke for it most, in words. */
  reasons: string[];
}

const reasonsMax = 3;

/** Points of a caption before calibration. */
export function sponsoredPoints(caption: string, ownHandle: string | null): number {
  let sum = 0;
  for (const [name, value] of captionShape(caption, ownHandle)) sum += (points[name] ?? 0) * value;
  return sum;
}

/** How likely a caption is an ad by its text alone, label and names left out of account. */
export function scoreSponsored(caption: string, ownHandle: string | null): SponsoredScore {
  const shape = captionShape(caption, ownHandle);
  let sum = 0;
  const reasons: { title: string; given: number }[] = [];
  for (const [name, value] of shape) {
    const given = (points[name] ?? 0) * value;
    sum += given;
    const title = titles[name];
    if (title !== undefined && given > 0) reasons.push({ title, given });
  }
  reasons.sort((a, b) => b.given - a.given || (a.title < b.title ? -1 : 1));
  return { probability: probabilityOf(sum), reasons: reasons.slice(0, reasonsMax).map(({ title }) => title) };
}

/** Points as a probability, by the two numbers of the calibration (Platt 1999). */
export function probabilityOf(sum: number): number {
  return 1 / (1 + Math.exp(-(calibration.slope * sum + calibration.intercept)));
}

/** Posts at or above it are shown as probably paid for: five times as likely as any post of the calibration. */
export const likelyFrom = 5 * calibration.baseRate;
