/** How a column writes its numbers: which mark parts decimals. */
export type DecimalMark = '.' | ',';

/** Words and signs by which people say that they do not know. */
const unknowns = new Set([
  '',
  '-',
  '--',
  '–',
  '—',
  '?',
  'n/a',
  'na',
  'n.a.',
  'n.a',
  '#n/a',
  'null',
  'none',
  'nil',
  'nan',
  'undefined',
  'unknown',
  'unbekannt',
  'k.a.',
  'k. a.',
  'keine angabe',
  's/d',
  'n/d',
  'nd',
  'inconnu',
  'desconocido',
  '#value!',
  '#ref!',
  '#div/0!',
  'tbd',
  '(not set)',
]);

/** True for an empty cell and for the usual ways to write "not known": these are null, never 0. */
export function isUnknown(text: string): boolean {
  return text.length <= 14 && unknowns.has(text.trim().toLowerCase());
}

const multipliers: [RegExp, number][] = [
  [/^(k|tsd\.?|tys\.?|mil|rb)$/i, 1e3],
  [/^(m|mm|mio\.?|mln\.?|million|millionen|millones|millions|jt)$/i, 1e6],
  [/^(b|bn|mrd\.?|billion|md)$/i, 1e9],
];

// Spaces people use between thousands: plain, no-break, narrow no-break, thin; and the Swiss apostrophes.
const separators = /[\s\u00a0\u202f\u2009'’]/g;

export type NumberResult = { ok: true; value: number } | { ok: false; message: string };

/**
 * Reads a count such as "12.5K", "1,2M", "12 345", "1.234.567", "12,345" or 8.4e5. A single mark before exactly three digits parts thousands
 * ("1.234" is 1234) unless a unit follows ("1.234K") or the column's decimal mark says otherwise.
 */
export function parseCount(text: string, decimal: DecimalMark | null = null): NumberResult {
  const result = parseDecimal(text, decimal, true);
  if (!result.ok) return result;
  if (result.value < 0) return { ok: false, message: `"${text}" is negative; a count starts at 0` };
  const value = Math.round(result.value);
  if (!Number.isSafeInteger(value) || value > 1e13)
    return { ok: false, message: `"${text}" is too large to be a count` };
  return { ok: true, value };
}

/** Reads a number that may have decimals. `groupsFirst`: a lone mark before three digits parts thousands when the column does not say. */
export function parseDecimal(text: string, decimal: DecimalMark | null, groupsFirst = false): NumberResult {
  const match =
    /^([+-]?)([\d.,\s\u00a0\u202f\u2009'’]*\d(?:[.,](?=\s*[a-z]|$))?)(?:e([+-]?\d{1,3}))?\s*([a-z.]{0,10})\+?$/i.exec(
      text.trim(),
    );
  if (match === null) return { ok: false, message: `"${short(text)}" is not a number` };
  const [, sign = '', digits = '', exponent, unit = ''] = match;
  const factor = unit === '' ? 1 : multipliers.find(([pattern]) => pattern.test(unit))?.[1];
  if (factor === undefined)
    return { ok: false, message: `"${short(text)}" is not a number: the unit "${unit}" is not known` };
  const plain = toPlain(digits.replace(separators, ''), {
    decimal,
    groupsFirst: groupsFirst && factor === 1 && exponent === undefined,
  });
  if (plain === null) return { ok: false, message: `"${short(text)}" is not a number: its marks do not fit together` };
  // Scaled as text, so that 1.005M is 1005000 and not a float beside it.
  const power = Math.log10(factor) + Number(exponent ?? 0);
  const value = Number(`${sign}${plain}e${Math.round(power)}`);
  return Number.isFinite(value) ? { ok: true, value } : { ok: false, message: `"${short(text)}" is too large` };
}

/** The digits with a point for decimals, or null when the marks contradict each other. */
function toPlain(digits: string, by: { decimal: DecimalMark | null; groupsFirst: boolean }): string | null {
  const dots = digits.split('.').length - 1;
  const commas = digits.split(',').length - 1;
  if (dots === 0 && commas === 0) return digits;
  if (dots > 0 && commas > 0) {
    const mark = digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ',';
    return grouped(digits, mark);
  }
  const mark: DecimalMark = dots > 0 ? '.' : ',';
  if (dots + commas > 1) return grouped(digits, mark === '.' ? ',' : '.');
  const looksGrouped = (mark === '.' ? oneDotGroup : oneCommaGroup).test(digits);
  if (looksGrouped && by.decimal !== null)
    return by.decimal === mark ? digits.replace(mark, '.') : digits.replace(mark, '');
  if (looksGrouped && by.groupsFirst) return digits.replace(mark, '');
  return digits.replace(mark, '.').replace(/\.$/, '');
}

const oneDotGroup = /^\d{1,3}\.\d{3}$/;
const oneCommaGroup = /^\d{1,3},\d{3}$/;
const commaGroups = /^\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?$/;
const dotGroups = /^\d{1,3}(?:\.\d{2,3})*\.\d{3}(?:,\d+)?$/;

/** Removes thousands marks where they stand in groups of three (or the Indian groups of two before it). */
function grouped(digits: string, decimal: DecimalMark): string | null {
  const group = decimal === '.' ? ',' : '.';
  const pattern = decimal === '.' ? commaGroups : dotGroups;
  if (!pattern.test(digits)) return null;
  return digits.replaceAll(group, '').replace(decimal, '.');
}

/** The decimal mark a column shows by cells that leave no doubt; null when none does. */
export function decideDecimalMark(cells: readonly string[]): DecimalMark | null {
  let dots = 0;
  let commas = 0;
  for (const cell of cells) {
    const digits = cell.replace(separators, '').replace(/[^\d.,]/g, '');
    if (/^\d{1,3}(,\d{3})+\.\d+$/.test(digits) || /^\d{1,3}(,\d{3}){2,}$/.test(digits)) dots += 1;
    else if (/^\d{1,3}(\.\d{3})+,\d+$/.test(digits) || /^\d{1,3}(\.\d{3}){2,}$/.test(digits)) commas += 1;
    else if (/^\d+\.(\d{1,2}|\d{4,})$/.test(digits) || /^(0|\d{4,})\.\d+$/.test(digits)) dots += 1;
    else if (/^\d+,(\d{1,2}|\d{4,})$/.test(digits) || /^(0|\d{4,}),\d+$/.test(digits)) commas += 1;
  }
  if (dots === commas) return null;
  return dots > commas ? '.' : ',';
}

/** How a column writes shares: as percent ("3.4 %", 3.4) or as a fraction of one (0.034). */
export type ShareScale = 'percent' | 'fraction';

/**
 * Decides the scale of a column of rates from all its cells at once: a percent sign or any value above 1 means percent; a column whose values all
 * lie at or below 1 means fractions. Null when it holds nothing to decide by.
 */
export function decideShareScale(cells: readonly string[], decimal: DecimalMark | null): ShareScale | null {
  let seen = false;
  let largest = 0;
  for (const cell of cells) {
    if (isUnknown(cell)) continue;
    if (cell.includes('%')) return 'percent';
    const parsed = parseDecimal(cell, decimal);
    if (!parsed.ok) continue;
    seen = true;
    largest = Math.max(largest, parsed.value);
  }
  if (!seen) return null;
  return largest > 1 ? 'percent' : 'fraction';
}

/** Reads one rate of a column whose scale is decided; the result is a fraction (0.034 is 3.4 %). */
export function parseShare(text: string, by: { decimal: DecimalMark | null; scale: ShareScale }): NumberResult {
  const result = parseDecimal(text.replace('%', '').trim(), by.decimal);
  if (!result.ok) return { ok: false, message: `"${short(text)}" is not a percentage` };
  const isPercent = text.includes('%') || by.scale === 'percent';
  // Rounded at the twelfth place: 3.4 / 100 as a float is 0.034 and not 0.034000000000000002.
  const value = isPercent ? Math.round(result.value * 1e10) / 1e12 : result.value;
  if (value < 0 || value > 100) return { ok: false, message: `"${short(text)}" lies outside 0 to 10,000 %` };
  return { ok: true, value };
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
