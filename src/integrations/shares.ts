import type { AudienceDistributions } from '#modules/creators/api.ts';

/** Counts by value as fractions of the whole, four digits; undefined where there is nothing to divide. */
function sharesOf(counts: Record<string, number>, whole: number): Record<string, number> | undefined {
  if (whole <= 0 || Object.keys(counts).length === 0) return undefined;
  return Object.fromEntries(
    // Rounded down, so that no sum goes beyond 1; the hundred-thousandth keeps 0.7 from becoming 0.6999 by the float beneath it.
    Object.entries(counts).map(([value, count]) => [value, Math.floor((count / whole) * 10_000 + 0.1) / 10_000]),
  );
}

const ages: Record<string, string> = {
  '13-17': '13-17',
  '18-24': '18-24',
  '25-34': '25-34',
  '35-44': '35-44',
  '45-54': '45-64',
  '55-64': '45-64',
  '55+': '45-64',
  '65+': '65-',
};
const genders: Record<string, string> = { f: 'female', female: 'female', m: 'male', male: 'male' };

/** The key under which a platform's value is kept; null for one we do not tell, such as an unknown gender. */
export function audienceKey(dimension: 'country' | 'age' | 'gender', value: string): string | null {
  if (dimension === 'country') return /^[A-Z]{2}$/.test(value) ? value : null;
  return (dimension === 'age' ? ages[value] : genders[value.toLowerCase()]) ?? null;
}

/** `whole` counts also those whose value we do not tell, so that a share is of everybody and not of the rest. */
export interface Counted {
  dimension: 'country' | 'age' | 'gender';
  counts: Record<string, number>;
  whole: number;
}

export function distributionsOf(counted: readonly Counted[]): AudienceDistributions | null {
  const found = Object.fromEntries(
    counted.flatMap(({ dimension, counts, whole }) => {
      const shares = sharesOf(counts, whole);
      return shares === undefined ? [] : [[dimension, shares]];
    }),
  );
  return Object.keys(found).length === 0 ? null : found;
}
