import { currencyExponent, formatAmount, fromMoneyJson, type MoneyJson } from '#kernel/money.ts';

interface Options {
  /** Drops the minor units when the amount is large enough that nobody reads them; never rounds a small amount. */
  short?: boolean;
}

/** "€ 1,284.50": sign, symbol, exact amount. The text is exact up to any size because no float is made of it. */
export function formatMoney(money: MoneyJson, options: Options = {}): string {
  const { amountMinor, currency } = fromMoneyJson(money);
  const [units = '0', decimals] = formatAmount({
    amountMinor: amountMinor < 0n ? -amountMinor : amountMinor,
    currency,
  }).split('.');
  const sign = amountMinor < 0n ? '−' : '';
  const grouped = BigInt(units).toLocaleString('en');
  const tail = decimals === undefined || (options.short && units.length > 2) ? '' : `.${decimals}`;
  return `${sign}${symbolOf(currency)}\u00a0${grouped}${tail}`;
}

/** "€ 240 to 380", for ranges of one currency. */
export function formatMoneyRange(low: MoneyJson, high: MoneyJson): string {
  const end = formatMoney(high, { short: true });
  return `${formatMoney(low, { short: true })} to ${end.slice(end.indexOf('\u00a0') + 1)}`;
}

function symbolOf(currency: string): string {
  const parts = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).formatToParts(0);
  return parts.find((part) => part.type === 'currency')?.value ?? currency;
}

/** Float of major units, for the height of a bar only: never to be shown or summed. */
export function toPlotNumber(money: MoneyJson): number {
  return Number(money.amountMinor) / 10 ** currencyExponent(money.currency);
}
