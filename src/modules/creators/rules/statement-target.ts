import type { AudienceDimension, ContactKind, PriceFormat } from '../api.ts';

/**
 * Columns that state something of an audience, a price or a way of contact; what it is of stands in the heading: `audience.country:US` one share,
 * `audience.country` a list of shares, `price.reel` or `price.any`, `contact.telegram`.
 */
export type StatementTarget =
  | `audience.${AudienceDimension}`
  | `audience.${AudienceDimension}:${string}`
  | 'audience.n'
  | 'audience.credibility'
  | 'audience.adultShare'
  | `price.${PriceFormat | 'any'}`
  | `contact.${ContactKind | 'list'}`;

export function isStatementTarget(target: string): target is StatementTarget {
  return /^(audience|price|contact)\./.test(target);
}
