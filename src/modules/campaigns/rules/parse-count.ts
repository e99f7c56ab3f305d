const nothing = new Set(['', '-', '–', '—', 'n/a', 'na', 'n.a.', 'null', 'none', 'nil', 'unknown', '#n/a', '?']);
const factors: Record<string, number> = {
  k: 1e3,
  tsd: 1e3,
  tys: 1e3,
  m: 1e6,
  mio: 1e6,
  mn: 1e6,
  mln: 1e6,
  b: 1e9,
  bn: 1e9,
  mrd: 1e9,
};

export type ParsedCount = { value: number | null } | { problem: string };

/**
 * A count as people write it: "12,500", "12.500", "12 500", "12.5K", "1,2M". Empty cells and "n/a" are null, never 0.
 * A share, a negative number or a fraction of a whole thing is a problem, said in words.
 */
export function parseCount(raw: string): ParsedCount {
  const text = raw.normalize('NFKC').trim().toLowerCase();
  if (nothing.has(text)) return { value: null };
  const match = /^([+-]?)([\d.,'’\s_]*\d)\s*([a-z]{1,3})?\.?$/.exec(text);
  if (match === null)
    return { problem: `"${raw.slice(0, 60)}" is not a number. Write a whole number, such as 12500 or 12.5K.` };
  const [, sign, digits = '', suffix] = match;
  if (sign === '-') return { problem: `"${raw}" is below zero. Counts start at 0.` };
  const factor = suffix === undefined ? 1 : factors[suffix];
  if (factor === undefined)
    return { problem: `"${raw.slice(0, 60)}" ends in "${suffix}", which is no known multiple. Use K, M or B.` };
  const plain = toPlain(digits.replace(/[\s'’_]/g, ''), factor > 1);
  if (plain === null)
    return { problem: `"${raw.slice(0, 60)}" can be read in more than one way. Write it without separators.` };
  const value = Math.round(plain * factor * 1000) / 1000;
  if (!Number.isInteger(value)) return { problem: `"${raw}" is not a whole number.` };
  if (value > 1e12) return { problem: `"${raw}" is larger than a post can have.` };
  return { value };
}

// With a suffix the last separator is decimal ("1,2M"); without one, groups of three digits are thousands ("12.500").
function toPlain(digits: string, hasSuffix: boolean): number | null {
  if (/^\d+$/.test(digits)) return Number(digits);
  if (!hasSuffix && /^\d{1,3}(,\d{3})+(\.0+)?$/.test(digits)) return Number(digits.replaceAll(',', ''));
  if (!hasSuffix && /^\d{1,3}(\.\d{3})+(,0+)?$/.test(digits))
    return Number(digits.replace(/,0+$/, '').replaceAll('.', ''));
  if (/^\d+[.,]\d+$/.test(digits)) return Number(digits.replace(',', '.'));
  if (hasSuffix && /^\d{1,3}(,\d{3})+\.\d+$/.test(digits)) return Number(digits.replaceAll(',', ''));
  if (hasSuffix && /^\d{1,3}(\.\d{3})+,\d+$/.test(digits)) return Number(digits.replaceAll('.', '').replace(',', '.'));
  return null;
}
