import type { ReadyRow } from './creator-state.ts';
import { handPrefix, stampOf } from './merge-fields.ts';

/** Prices a row states of one account: of a file or service a rate card, entered by hand what the creator said. */
export function pricesOfRow(profileId: string, profile: ReadyRow['profiles'][number]) {
  const stamp = stampOf(profile.state.figures.stamps, '*');
  if (stamp === null) return [];
  return profile.prices.map(({ format, price }) => ({
    profileId,
    format: format ?? null,
    currency: price.currency,
    amountMinor: BigInt(price.amountMinor),
    origin: stamp.source.startsWith(handPrefix) ? ('creator' as const) : ('rate_card' as const),
    source: stamp.source,
    observedAt: stamp.at,
  }));
}
