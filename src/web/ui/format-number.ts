const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** 12,345 */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** 24.8k, 1.2M: for rows and axes. */
export function formatCompact(value: number): string {
  return compact.format(value).replace('K', 'k');
}

/** 0.0583 becomes "5.8 %". Digits fall away above 10 %. */
export function formatShare(share: number, digits?: number): string {
  const percent = share * 100;
  const wanted = digits ?? (Math.abs(percent) >= 10 || percent === 0 ? 0 : 1);
  return `${percent.toFixed(wanted).replace('-', '−')} %`;
}

/** Change against before: +14.1 %, −4 %. */
export function formatChange(share: number, digits?: number): string {
  return share > 0 ? `+${formatShare(share, digits)}` : formatShare(share, digits);
}

/** 2.43 with a fixed number of decimals and a real minus. */
export function formatDecimal(value: number, digits = 1): string {
  return new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
    .format(value)
    .replace('-', '−');
}

/** 1st, 22nd, 88th */
export function formatRank(value: number): string {
  const ending = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' };
  return `${whole.format(value)}${ending[new Intl.PluralRules('en', { type: 'ordinal' }).select(value)]}`;
}

/** "1 creator", "12 creators" */
export function formatPlural(count: number, one: string, many = `${one}s`): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}
