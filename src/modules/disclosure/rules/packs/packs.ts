import type { Pack } from '../pack.ts';
import { gb, ie } from './british-isles.ts';
import { de, es, fr, it } from './continent.ts';
import { eu, nl, pl } from './north-and-east.ts';
import { au, ca, india, international } from './overseas.ts';
import { us } from './us.ts';

/** All packs that ship. The last stands in for countries without one. */
export const packs: readonly Pack[] = [us, gb, ie, de, fr, it, es, nl, pl, eu, ca, au, india, international];

const byCountry = new Map(packs.flatMap((pack) => pack.countries.map((country) => [country, pack] as const)));

/** The pack of a country; the stand-in when it has none. */
export function packOf(country: string): Pack {
  return byCountry.get(country.toUpperCase()) ?? international;
}
