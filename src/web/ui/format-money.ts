import { currencyExponent, formatAmount, fromMoneyJson, type MoneyJson } from '#kernel/money.ts';

interface Options {
  /** Rounds to whole units when the amount is so large (100 and more) that nobody reads the rest; a small amount stays exact. */
  short?: boolean;
}

/** "€ 1,284.50": sign, symbol, exact amount (rounded half up when short). Right up to any size because no float is made of it. */
export function formatMoney(money: MoneyJson, options: Options = {}): string {
  const { amountMinor, currency } = fromMoneyJson(money);
  const size = amountMinor < 0n ? -amountMinor : amountMinor;
  const sign = amountMinor < 0n ? '−' : '';
  const unit = 10n ** BigInt(currencyExponent(currency));
  if (options.short && size >= 100n * unit) {
    return `${sign}${symbolOf(currency)}\u00a0${((2n * size + unit) / (2n * unit)).toLocaleString('en')}`;
  }
  const [units = '0', decimals] = formatAmount({ amountMinor: size, currency }).split('.');
  const grouped = BigInt(units).toLocaleString('en');
  const tail = decimals === undefined ? '' : `.${decimals}`;
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
