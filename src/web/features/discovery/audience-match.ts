import { wilsonBounds } from '#kernel/wilson.ts';
import type { Filter, Hit, HitDetails } from '#modules/discovery/api.ts';

export interface AudienceMatch {
  share: number;
  low: number | null;
  high: number | null;
  n: number | null;
  source: string | null;
  at: string | null;
}

/** How much of the profile's audience is as a filter asks; with the 95 % interval (Wilson 1927) where the sample's size is known. Null: not known. */
export function audienceMatch(filter: Filter, hit: Hit, details: HitDetails | undefined): AudienceMatch | null {
  if (filter.op !== 'share') return null;
  const dimension = filter.field.replace(/^audience\./, '');
  const audience =
    details?.audiences.find((one) => one.profileId === hit.profile?.profileId && one.shares[dimension] !== undefined) ??
    null;
  const shares = audience?.shares[dimension];
  if (audience === null || shares === undefined) return null;
  const bySmall = new Map(Object.entries(shares).map(([value, share]) => [value.toLowerCase(), share]));
  const found = filter.values.map((value) => bySmall.get(value.toLowerCase()) ?? 0);
  const share = dimension === 'interest' ? Math.max(...found) : found.reduce((sum, one) => sum + one, 0);
  const { n, source, at } = audience;
  const bounds = n === null ? null : wilsonBounds(Math.min(1, share) * n, n);
  return { share, ...(bounds ?? { low: null, high: null }), n, source, at };
}
