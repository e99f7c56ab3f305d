import { currencyExponent, formatAmount, type MoneyJson } from '#kernel/money.ts';

/** "3,980", with thousands set off. */
export function sayCount(value: number): string {
  return new Intl.NumberFormat('en', { maximumFractionDigits: 0 }).format(value);
}

/** "€ 4,210" or "€ 12.50": exact below 100 units, whole units above, where nobody reads the cents. Halves go up. */
export function sayMoney(money: MoneyJson): string {
  return `${symbolOf(money.currency)}\u00a0${sayAmount(money)}`;
}

/** The same without the symbol, for columns whose head says the currency. */
export function sayAmount({ amountMinor, currency }: MoneyJson): string {
  const minor = BigInt(amountMinor);
  const size = minor < 0n ? -minor : minor;
  const sign = minor < 0n ? '−' : '';
  const unit = 10n ** BigInt(currencyExponent(currency));
  const isLarge = size >= 100n * unit || size === 0n;
  if (isLarge) return sign + ((2n * size + unit) / (2n * unit)).toLocaleString('en');
  return sign + formatAmount({ amountMinor: size, currency });
}

/** "2.43", "0.85": two decimals, as a return is said. */
export function sayRatio(value: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).replace('-', '−');
}

/** 0.034 becomes "3.4 %". */
export function sayShare(value: number): string {
  const percent = value * 100;
  const digits = Math.abs(percent) >= 10 || percent === 0 ? 0 : 1;
  return `${percent.toFixed(digits).replace('-', '−')} %`;
}

/** "1 order", "12 orders" */
export function sayPlural(count: number, one: string, many = `${one}s`): string {
  return `${sayCount(count)} ${count === 1 ? one : many}`;
}

/** "9 February 2026" */
export function sayDay(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

export function symbolOf(currency: string): string {
  const parts = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).formatToParts(0);
  return parts.find((part) => part.type === 'currency')?.value ?? currency;
}
