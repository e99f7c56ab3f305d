import type { DisclosurePack } from '../api/settings.ts';
import { packs } from './packs/packs.ts';

/** The packs as people read them. */
export function describePacks(): DisclosurePack[] {
  return packs.map(({ rules, terms: _, giftTermsDo: __, ...pack }) => ({
    ...pack,
    countries: [...pack.countries],
    languages: [...pack.languages],
    leavesOut: [...pack.leavesOut],
    sources: [...pack.sources],
    wording: { ...pack.wording },
    rules: rules.map(({ check, ...rule }) => ({ ...rule, isChecked: check.kind !== 'told' })),
  }));
}
