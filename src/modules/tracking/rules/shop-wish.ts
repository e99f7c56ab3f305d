import type { Money } from '#kernel/money.ts';

/** What a code says, as far as a shop has to know. */
export interface CodeTermsRow {
  id: string;
  code: string;
  kind: 'percent' | 'fixed' | 'free_shipping';
  percent: string | null;
  amount_minor: bigint | null;
  currency: string | null;
  starts_at: Date | null;
  ends_at: Date | null;
  usage_limit: number | null;
  state: 'live' | 'paused' | 'archived';
  created_at: Date;
  scope: 'all' | 'products' | 'collections';
  scope_items: { shopId: string; externalId: string }[];
  is_first_order: boolean;
  is_once_per_customer: boolean;
  minimum_minor: bigint | null;
  minimum_currency: string | null;
  minimum_quantity: number | null;
  other_amounts: Record<string, string>;
}

export interface Wish {
  key: string;
  code: string;
  kind: CodeTermsRow['kind'];
  percent: number | null;
  amount: Money | null;
  startsAt: Date;
  endsAt: Date | null;
  usageLimit: number | null;
  isOncePerCustomer: boolean;
  isFirstOrder: boolean;
  minimum: Money | null;
  minimumQuantity: number | null;
  scope: { kind: CodeTermsRow['scope']; ids: string[] };
  isLive: boolean;
}

export type WishVerdict = { ok: true; wish: Wish } | { ok: false; message: string };

/** A code as one shop is to have it; no guess is made of an amount in another currency, or of products the shop does not have. */
export function wishFor(
  code: CodeTermsRow,
  shop: { id: string; name: string; currency: string | null },
  now: Date,
): WishVerdict {
  const amount = code.kind === 'fixed' ? amountIn(code, shop.currency) : null;
  if (code.kind === 'fixed' && amount === null)
    return no(`${shop.name} sells in ${shop.currency ?? 'an unknown currency'}: say how much the code gives in it.`);
  if (code.minimum_minor !== null && code.minimum_currency !== shop.currency)
    return no(
      `The smallest purchase is in ${code.minimum_currency ?? 'no currency'}, ${shop.name} sells in ${shop.currency ?? 'an unknown one'}.`,
    );
  const ids = code.scope_items.filter((item) => item.shopId === shop.id).map((item) => item.externalId);
  if (code.scope !== 'all' && ids.length === 0)
    return no(`The code holds for ${code.scope} of other shops only: name those of ${shop.name}.`);
  return {
    ok: true,
    wish: {
      key: code.id,
      code: code.code,
      kind: code.kind,
      percent: code.percent === null ? null : Number(code.percent),
      amount,
      // Clocks differ: what has no beginning never begins later.
      startsAt: code.starts_at ?? (code.created_at < now ? code.created_at : now),
      endsAt: code.ends_at,
      usageLimit: code.usage_limit,
      isOncePerCustomer: code.is_once_per_customer,
      isFirstOrder: code.is_first_order,
      minimum:
        code.minimum_minor === null || code.minimum_currency === null
          ? null
          : { amountMinor: code.minimum_minor, currency: code.minimum_currency },
      minimumQuantity: code.minimum_quantity,
      scope: { kind: code.scope, ids: code.scope === 'all' ? [] : ids },
      isLive: code.state === 'live',
    },
  };
}

/** What a fixed discount is worth in a currency; null where nobody said. */
export function amountIn(
  code: Pick<CodeTermsRow, 'amount_minor' | 'currency' | 'other_amounts'>,
  currency: string | null,
): Money | null {
  if (currency === null) return null;
  if (code.currency === currency && code.amount_minor !== null) return { amountMinor: code.amount_minor, currency };
  const other = code.other_amounts[currency];
  return other === undefined ? null : { amountMinor: BigInt(other), currency };
}

/**
 * What a code gave on a purchase of which the amount after the discount is known, in minor units: of a share p it is paid x p / (1 - p), half a unit
 * rounded up, in whole numbers throughout. Null where it cannot be told: 100 %, or an amount the code does not say in that currency.
 */
export function givenOn(
  code: Pick<CodeTermsRow, 'kind' | 'percent' | 'amount_minor' | 'currency' | 'other_amounts'>,
  paid: Money,
): bigint | null {
  switch (code.kind) {
    case 'percent': {
      const parts = /^(\d{1,3})(?:\.(\d{1,2})\d*)?$/.exec(code.percent ?? '');
      if (parts === null) return null;
      const hundredths = BigInt(parts[1] ?? '0') * 100n + BigInt((parts[2] ?? '').padEnd(2, '0'));
      const rest = 10_000n - hundredths;
      return rest <= 0n ? null : (paid.amountMinor * hundredths * 2n + rest) / (rest * 2n);
    }
    case 'fixed':
      return amountIn(code, paid.currency)?.amountMinor ?? null;
    case 'free_shipping':
      return 0n;
  }
}

const firstMs = 60_000;
const longestMs = 6 * 3_600_000;

/** How long a code waits after so many tries: a minute, doubled each time, at most six hours. */
export function retryDelayMs(tries: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.max(0, Math.min(tries, 20) - 1));
}

function no(message: string): WishVerdict {
  return { ok: false, message };
}
