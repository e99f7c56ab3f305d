import { z } from 'zod';
import { AppError } from './errors.ts';

/** Integer minor units of one ISO 4217 currency. Never a float, never two currencies in one sum. */
export interface Money {
  amountMinor: bigint;
  currency: string;
}

/** Money outside the database: `{"amountMinor": "1234", "currency": "USD"}`. */
export const moneySchema = z
  .object({
    amountMinor: z.string().regex(/^-?\d{1,18}$/, 'amountMinor is a whole number of minor units, as text'),
    currency: z.string().regex(/^[A-Z]{3}$/, 'currency is a three-letter ISO 4217 code, such as USD'),
  })
  .meta({ id: 'Money', description: 'Integer minor units and an ISO 4217 currency' });

export type MoneyJson = z.infer<typeof moneySchema>;

// ISO 4217 exponents that are not 2 (list of 2024-06); every other known currency has 2.
const exponents: Record<string, number> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

const known = new Set([...Intl.supportedValuesOf('currency'), ...Object.keys(exponents)]);

/** Number of decimal places of a currency; throws `money.unknown_currency` for a code that ISO 4217 does not list. */
export function currencyExponent(currency: string): number {
  if (!known.has(currency)) {
    throw new AppError(
      'invalid',
      'money.unknown_currency',
      `"${currency}" is not an ISO 4217 currency code. Use one such as USD, EUR or JPY.`,
    );
  }
  return exponents[currency] ?? 2;
}

export function isKnownCurrency(currency: string): boolean {
  return known.has(currency);
}

/**
 * Parses a decimal amount such as "12.50" exactly. Throws `money.bad_amount` for anything that is not a plain decimal
 * and `money.too_precise` when it has more decimals than the currency ("1.005" EUR, "10.5" JPY): never rounded in silence.
 */
export function parseAmount(text: string, currency: string): Money {
  const exponent = currencyExponent(currency);
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text.trim());
  if (!match) {
    throw new AppError(
      'invalid',
      'money.bad_amount',
      `"${text}" is not an amount. Write it with a point, such as 12.50.`,
    );
  }
  const [, sign = '', whole = '0', decimals = ''] = match;
  const significant = decimals.replace(/0+$/, '');
  if (significant.length > exponent) {
    throw new AppError(
      'invalid',
      'money.too_precise',
      `"${text}" has more decimals than ${currency} allows (${exponent}).`,
    );
  }
  const minor = BigInt(whole + significant.padEnd(exponent, '0'));
  return { amountMinor: sign === '-' ? -minor : minor, currency };
}

/** Decimal text of an amount, exact: 1234 USD is "12.34", 1234 JPY is "1234". */
export function formatAmount(money: Money): string {
  const exponent = currencyExponent(money.currency);
  const negative = money.amountMinor < 0n;
  const digits = (negative ? -money.amountMinor : money.amountMinor).toString().padStart(exponent + 1, '0');
  const text = exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
  return negative ? `-${text}` : text;
}

export function toMoneyJson(money: Money): MoneyJson {
  return { amountMinor: money.amountMinor.toString(), currency: money.currency };
}

export function fromMoneyJson(json: MoneyJson): Money {
  currencyExponent(json.currency);
  return { amountMinor: BigInt(json.amountMinor), currency: json.currency };
}
