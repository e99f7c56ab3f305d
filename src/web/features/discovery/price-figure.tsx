import type { HitDetails } from '#modules/discovery/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatMoney } from '#web/ui/format-money.ts';

type Price = HitDetails['prices'][number];

const originWords = {
  rate_card: 'rate card, imported',
  creator: 'set by the creator',
  estimate: 'published band for accounts of this size',
} satisfies Record<Price['origin'], string>;

/** The price to show: one of the creator's own before a published band, the asked currency and format first. */
export function priceOf(
  details: HitDetails | undefined,
  wanted: { currency: string; format?: string | undefined },
): Price | null {
  const prices = details?.prices ?? [];
  const rank = (price: Price) =>
    (price.origin === 'estimate' ? 4 : 0) +
    (price.currency === wanted.currency ? 0 : 2) +
    (wanted.format === undefined || price.format === wanted.format ? 0 : 1);
  return prices.reduce<Price | null>((best, price) => (best === null || rank(price) < rank(best) ? price : best), null);
}

/** A price or band with where it comes from; estimates are dotted. */
export function PriceFigure({ price }: { price: Price | null }) {
  const money = (amountMinor: string) =>
    formatMoney({ amountMinor, currency: price?.currency ?? 'EUR' }, { short: true });
  const isBand = price !== null && price.lowMinor !== price.highMinor;
  const value =
    price === null
      ? null
      : isBand
        ? `${money(price.lowMinor)}–${money(price.highMinor).replace(/^[^\d]+/u, '')}`
        : money(price.lowMinor);
  return (
    <Figure
      label={price?.format ? `Price, one ${price.format}` : 'Price'}
      value={value}
      isEstimated={price?.origin === 'estimate'}
      missing="not known"
      meaning={{
        formula: price?.format ? `Asked for one ${price.format}` : 'Asked for, format not stated',
        ...(price === null ? {} : { source: originWords[price.origin] }),
      }}
    />
  );
}
