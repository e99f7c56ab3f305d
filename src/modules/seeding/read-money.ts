import { isKnownCurrency, type MoneyJson, toMoneyJson } from '#kernel/money.ts';
import { seedingError } from './errors.ts';

const amountMinorMax = 10n ** 12n;

/** Minor units of an amount. Error: bad_money, naming the field, when it is below zero, too large, no currency, or another one than asked for. */
export function readMoney(json: MoneyJson, of: { field: string; currency?: string }): bigint {
  const fail = (message: string) =>
    seedingError('bad_money', `${of.field}: ${message}`, [{ field: of.field, message }]);
  if (!isKnownCurrency(json.currency))
    throw fail(`"${json.currency}" is not an ISO 4217 currency code. Use one such as USD, EUR or JPY.`);
  if (of.currency !== undefined && json.currency !== of.currency)
    throw fail(`Give the amount in ${of.currency}, not ${json.currency}.`);
  const amountMinor = BigInt(json.amountMinor);
  if (amountMinor < 0n) throw fail('An amount cannot be below zero.');
  if (amountMinor > amountMinorMax) throw fail('The amount is larger than a product or parcel can cost.');
  return amountMinor;
}

export function readMoneyOrNull(json: MoneyJson | null, of: { field: string; currency?: string }): bigint | null {
  return json === null ? null : readMoney(json, of);
}

export function moneyOrNull(amountMinor: bigint | null, currency: string): MoneyJson | null {
  return amountMinor === null ? null : toMoneyJson({ amountMinor, currency });
}
