import { currencyExponent, isKnownCurrency } from '#kernel/money.ts';

// https://docs.stripe.com/currencies#minor-units (read 2026-11-23): these have no decimals there, all others two or three.
const without = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
const withThree = new Set('BHD JOD KWD OMR TND'.split(' '));

/**
 * An amount as Stripe writes it, in ISO 4217 minor units: they differ for ISK, MGA, UGX and some others. Null when it is no whole number, or the currency is unknown or
 * cannot hold it.
 */
export function isoAmount(amount: unknown, code: unknown): { amountMinor: string; currency: string } | null {
  const currency = typeof code === 'string' ? code.toUpperCase() : '';
  if (!isKnownCurrency(currency) || typeof amount !== 'number' || !Number.isSafeInteger(amount)) return null;
  const decimals = without.has(currency) ? 0 : withThree.has(currency) ? 3 : 2;
  const shift = currencyExponent(currency) - decimals;
  const whole = BigInt(amount);
  if (shift >= 0) return { amountMinor: (whole * 10n ** BigInt(shift)).toString(), currency };
  const unit = 10n ** BigInt(-shift);
  return whole % unit === 0n ? { amountMinor: (whole / unit).toString(), currency } : null;
}
