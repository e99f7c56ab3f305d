import type { Pack } from '../pack.ts';
import { us } from './us.ts';

/** All packs that ship. The last stands in for countries without one. */
export const packs: readonly Pack[] = [us];

const byCountry = new Map(packs.flatMap((pack) => pack.countries.map((country) => [country, pack] as const)));

/** The pack of a country; the stand-in when it has none. */
export function packOf(country: string): Pack {
  return byCountry.get(country.toUpperCase()) ?? packs[packs.length - 1] ?? us;
}
