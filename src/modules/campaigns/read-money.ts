import { isKnownCurrency, type MoneyJson } from '#kernel/money.ts';
import { campaignsError } from './errors.ts';

// Far above any campaign, far below where sums over a roster would leave 64 bits.
export const amountMinorMax = 10n ** 15n;

/** Minor units of an amount in the campaign's currency. Error: campaigns.bad_money, naming the field. */
export function readMoney(json: MoneyJson, of: { field: string; currency: string }): bigint {
  const fail = (message: string) =>
    campaignsError('bad_money', `${of.field}: ${message}`, [{ field: of.field, message }]);
  if (!isKnownCurrency(json.currency))
    throw fail(`"${json.currency}" is not an ISO 4217 currency code. Use one such as USD, EUR or JPY.`);
  if (json.currency !== of.currency)
    throw fail(`The campaign counts in ${of.currency}; give the amount in ${of.currency}, not ${json.currency}.`);
  const amountMinor = BigInt(json.amountMinor);
  if (amountMinor < 0n) throw fail('An amount cannot be below zero.');
  if (amountMinor > amountMinorMax) throw fail('The amount is larger than a campaign can have.');
  return amountMinor;
}

/** The same for an amount that may be absent. */
export function readMoneyOrNull(json: MoneyJson | null, of: { field: string; currency: string }): bigint | null {
  return json === null ? null : readMoney(json, of);
}
