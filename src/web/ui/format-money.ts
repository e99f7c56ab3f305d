import { currencyExponent, formatAmount, fromMoneyJson, type MoneyJson } from '#kernel/money.ts';

interface Options {
  /** Whole units when the amount is so large (100 and more) that nobody reads the rest, or has no rest; any other stays exact. */
  short?: boolean;
}

/** "€ 1,284.50": sign, symbol, exact amount (rounded half up when short). Right up to any size because no float is made of it. */
export function formatMoney(money: MoneyJson, options: Options = {}): string {
  const { amountMinor, currency } = fromMoneyJson(money);
  const size = amountMinor < 0n ? -amountMinor : amountMinor;
  const sign = amountMinor < 0n ? '−' : '';
  const unit = 10n ** BigInt(currencyExponent(currency));
  if (options.short && (size >= 100n * unit || size % unit === 0n)) {
    return `${sign}${symbolOf(currency)}\u00a0${((2n * size + unit) / (2n * unit)).toLocaleString('en')}`;
  }
  const [units = '0', decimals] = formatAmount({ amountMinor: size, currency }).split('.');
  const grouped = BigInt(units).toLocaleString('en');
  const tail = decimals === undefined ? '' : `.${decimals}`;
  return `${sign}${symbolOf(currency)}\u00a0${grouped}${tail}`;
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
