import type { AudienceKind } from '#modules/creators/api.ts';
import type { AudienceSample } from '../api.ts';

type Shares = NonNullable<AudienceSample['shares']>;
type Band = AudienceSample['bands'][number];

interface Limit {
  source: string;
  text: string;
  /** Whether the share must be at least or at most the limit. */
  of: 'credible' | 'massFollower';
  limit: number;
  isAtLeast: boolean;
  weight: Band['weight'];
}

/** Published limits, each with its source; credible is all that is not suspicious. */
const limits: readonly Limit[] = [
  {
    source: 'Modash',
    text: 'at least 75 % credible, else a warning',
    of: 'credible',
    limit: 0.75,
    isAtLeast: true,
    weight: 'published',
  },
  {
    source: 'GRIN',
    text: 'over 80 % credible is genuine',
    of: 'credible',
    limit: 0.8,
    isAtLeast: true,
    weight: 'published',
  },
  { source: 'GRIN', text: 'over 90 % is very good', of: 'credible', limit: 0.9, isAtLeast: true, weight: 'published' },
  {
    source: 'Upfluence',
    text: 'choose creators with 90 % real and more',
    of: 'credible',
    limit: 0.9,
    isAtLeast: true,
    weight: 'published',
  },
  {
    source: 'One practitioner’s test of 200 accounts in South-East Asia',
    text: 'at most 10 % mass followers; more speaks of bought ones (weak evidence, not scored)',
    of: 'massFollower',
    limit: 0.1,
    isAtLeast: false,
    weight: 'weak',
  },
];

/** Where the shares stand against published limits. Within the interval nothing is decided. */
export function credibilityBands(shares: Shares, kind: AudienceKind): Band[] {
  const { suspicious, massFollower } = shares;
  const credible = { low: 1 - suspicious.high, high: 1 - suspicious.low };
  return limits.flatMap(({ source, text, of, limit, isAtLeast, weight }) => {
    const share = of === 'credible' ? credible : massFollower;
    if (share === null || (of === 'massFollower' && kind !== 'followers')) return [];
    const isAbove = share.low >= limit ? true : share.high < limit ? false : null;
    const isMet = isAbove === null ? null : isAbove === isAtLeast;
    return [{ source, text, isMet, weight }];
  });
}
