import { type Audience, type AudienceRow, audienceRowSchema } from '../api.ts';
import { type Stamps, stampOf } from './merge-fields.ts';

/** Least share of an audience of 21 years and more under the industry codes for alcohol (DISCUS, in force since 2011: 71.6 %). */
export const ldaShare = 0.716;
/** When the bucket 18 to 24, of which nobody knows how many are 21, is no larger than this, the share of 21 and more is as good as known. */
const ageBucketNegligible = 0.005;
const lowBelow = 1000;
const highFrom = 10_000;

/** By the sample's size: at 1,000 a share is known to 3 points, at 10,000 to 1 point (95 % interval at one half). */
export function confidenceOf(n: number | null | undefined): Audience['confidence'] {
  if (n === null || n === undefined) return 'not stated';
  if (n < lowBelow) return 'low';
  return n < highFrom ? 'medium' : 'high';
}

/** Reads what the figures of a profile hold as its audience; null when nothing, or nothing that can be read, stands there. */
export function readAudience(stored: unknown): AudienceRow | null {
  if (stored === null || stored === undefined) return null;
  const parsed = audienceRowSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

/** The audience as it is shown, with where it comes from. */
export function toAudience(row: AudienceRow, stamps: Stamps): Audience {
  const stamp = stampOf(stamps, 'audience');
  const adults = adultShareOf(row);
  const distributions = Object.fromEntries(
    Object.entries(row.distributions).flatMap(([name, shares]) => (shares === undefined ? [] : [[name, shares]])),
  );
  return {
    source: stamp?.source ?? 'unknown',
    at: stamp?.at ?? '',
    n: row.n ?? null,
    origin: row.origin,
    confidence: confidenceOf(row.n),
    distributions,
    credibility: row.credibility ?? null,
    adultShare: adults.share,
    likesFromOthers: row.likesFromOthers ?? null,
    adultShareFrom: adults.from,
    isLdaCompliant: adults.isCompliant,
  };
}

/**
 * Share of 21 and more: as the source states it. From buckets of age it lies between the share of 25 and more and that with 18 to 24 and all of
 * unstated age added; only where these agree is it told. Whether it reaches 71.6 % is told wherever both ends lie on one side of it.
 */
export function adultShareOf(row: Pick<AudienceRow, 'distributions' | 'adultShare'>): {
  share: number | null;
  from: 'stated' | 'ages' | null;
  isCompliant: boolean | null;
} {
  if (row.adultShare !== null && row.adultShare !== undefined)
    return { share: row.adultShare, from: 'stated', isCompliant: row.adultShare >= ldaShare };
  const { age } = row.distributions;
  if (age === undefined) return { share: null, from: null, isCompliant: null };
  const at = (bucket: keyof typeof age) => age[bucket] ?? 0;
  const least = at('25-34') + at('35-44') + at('45-64') + at('65-');
  const most = Math.max(least, 1 - at('13-17'));
  const isTold = most - least <= ageBucketNegligible;
  return {
    share: isTold ? least : null,
    from: isTold ? 'ages' : null,
    isCompliant: least >= ldaShare ? true : most < ldaShare ? false : null,
  };
}
