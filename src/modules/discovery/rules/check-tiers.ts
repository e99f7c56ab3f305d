import type { ErrorDetail } from '#kernel/errors.ts';
import type { Tier } from '../api.ts';

/** Faults of a set of tiers: names twice, bounds the wrong way round, tiers that overlap. Gaps are allowed. */
export function tierFaults(tiers: readonly Tier[]): ErrorDetail[] {
  const faults: ErrorDetail[] = [];
  tiers.forEach((tier, index) => {
    const field = `tiers.${index}`;
    if (tiers.findIndex((other) => other.name.toLowerCase() === tier.name.toLowerCase()) !== index)
      faults.push({ field: `${field}.name`, message: `two tiers are named ${tier.name}` });
    if (tier.followersMax !== null && tier.followersMax <= tier.followersMin) {
      faults.push({
        field: `${field}.followersMax`,
        message: `${tier.name} ends at ${tier.followersMax}, which is not above its start of ${tier.followersMin}`,
      });
    }
  });
  if (faults.length > 0) return faults;
  const sorted = tiers
    .map((tier, index) => ({ tier, index }))
    .sort((a, b) => a.tier.followersMin - b.tier.followersMin);
  for (let at = 1; at < sorted.length; at += 1) {
    const before = sorted[at - 1];
    const one = sorted[at];
    if (before === undefined || one === undefined) continue;
    const end = before.tier.followersMax ?? Number.POSITIVE_INFINITY;
    if (end > one.tier.followersMin)
      faults.push({
        field: `tiers.${one.index}.followersMin`,
        message: `${one.tier.name} starts at ${one.tier.followersMin}, inside ${before.tier.name}`,
      });
  }
  return faults;
}
