import type { ContactKind, PriceFormat, StatedDimension } from '../api.ts';

/**
 * Columns that state something of an audience, a price or a way of contact; what it is of stands in the heading: `audience.country:US` one share,
 * `audience.country` a list of shares, `price.reel` or `price.any`, `contact.telegram`.
 */
export type StatementTarget =
  | `audience.${StatedDimension}`
  | `audience.${StatedDimension}:${string}`
  | 'audience.n'
  | 'audience.credibility'
  | 'audience.adultShare'
  | 'audience.likesFromOthers'
  | `price.${PriceFormat | 'any'}`
  | `contact.${ContactKind | 'list'}`;

export function isStatementTarget(target: string): target is StatementTarget {
  return /^(audience|price|contact)\./.test(target);
}
