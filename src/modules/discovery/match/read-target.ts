import type { ErrorDetail } from '#kernel/errors.ts';
import { audienceAges, audienceGenders, type TargetAudience } from '../api.ts';
import { discoveryError } from '../errors.ts';
import { codesByName } from '../region-names.ts';
import { didYouMean } from '../rules/near-miss.ts';

/** Values by what may be said of them in lower case, for dimensions whose values are known; the others take any word. */
const known: Partial<Record<keyof TargetAudience, () => ReadonlyMap<string, string>>> = {
  country: () => codesByName('region'),
  language: () => codesByName('language'),
  age: () => new Map(audienceAges.map((age) => [age, age])),
  gender: () => new Map(audienceGenders.map((gender) => [gender, gender])),
};

/** The wanted audience with codes for names, shares of the same country put together. Error: discovery.query with near misses for each unknown value. */
export function readTarget(audience: TargetAudience | undefined): TargetAudience | null {
  if (audience === undefined) return null;
  const faults: ErrorDetail[] = [];
  const read = Object.entries(audience).map(([dimension, shares]) => {
    const values = known[dimension as keyof TargetAudience]?.() ?? null;
    if (values === null || shares === undefined) return [dimension, shares] as const;
    const own: Record<string, number> = {};
    for (const [value, share] of Object.entries(shares)) {
      const meant = values.get(value.trim().toLowerCase());
      if (meant !== undefined) own[meant] = Math.min(1, (own[meant] ?? 0) + share);
      else
        faults.push({
          field: `audience.${dimension}.${value}`,
          message: `no ${dimension} '${value}', ${didYouMean(value, [...values.keys()])}`,
        });
    }
    return [dimension, own] as const;
  });
  if (faults.length > 0) throw discoveryError('query', faults[0]?.message ?? 'The audience cannot be read.', faults);
  return Object.fromEntries(read);
}
