import { isKnownCurrency, parseAmount } from '#kernel/money.ts';
import type { ShopVariant } from '#modules/seeding/index.ts';
import type { WooProduct, WooVariation } from './payloads.ts';

const gramsOf: Record<string, number> = { g: 1, kg: 1000, oz: 28.349523125, lbs: 453.59237 };

/** A simple product is its own variant. */
export function variantOfProduct(
  product: WooProduct,
  of: { currency: string | null; unit: string | null },
): ShopVariant {
  return {
    ...aboutProduct(product),
    variantId: String(product.id),
    sku: textOrNull(product.sku),
    options: {},
    costMinor: amountOf(product.cost_of_goods_sold?.total_value ?? null, of.currency),
    priceMinor: amountOf(product.price, of.currency),
    stock: stockOf(product, null),
    weightGrams: weightOf(product.weight, of.unit),
  };
}

export function variantOfVariation(
  product: WooProduct,
  variation: WooVariation,
  of: { currency: string | null; unit: string | null },
): ShopVariant {
  const options = Object.fromEntries(
    (variation.attributes ?? []).flatMap(({ name, option }) =>
      textOrNull(name) !== null && textOrNull(option) !== null ? [[name ?? '', option ?? '']] : [],
    ),
  );
  return {
    ...aboutProduct(product),
    isOnSale: product.status === 'publish' && variation.status !== 'private' && variation.status !== 'draft',
    pictureUrl: product.images?.[0]?.src ?? variation.image?.src ?? null,
    variantId: `${product.id}:${variation.id}`,
    sku: textOrNull(variation.sku),
    options,
    costMinor: amountOf(
      variation.cost_of_goods_sold?.total_value ?? product.cost_of_goods_sold?.total_value ?? null,
      of.currency,
    ),
    priceMinor: amountOf(variation.price, of.currency),
    stock: stockOf(variation, product),
    weightGrams: weightOf(textOrNull(variation.weight) ?? product.weight, of.unit),
  };
}

function aboutProduct(product: WooProduct) {
  return {
    productId: String(product.id),
    productName: product.name ?? '',
    category: product.categories?.[0]?.name ?? null,
    description: textOrNull((product.short_description ?? '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')),
    pictureUrl: product.images?.[0]?.src ?? null,
    isOnSale: product.status === 'publish',
  };
}

type Stocked = Pick<WooProduct, 'manage_stock' | 'stock_quantity' | 'stock_status' | 'backorders'>;

/** Null when the shop does not count, or sells beyond what is there. */
export function stockOf(one: Stocked, parent: Stocked | null): number | null {
  if (one.manage_stock === 'parent' && parent !== null) return stockOf(parent, null);
  if (one.manage_stock !== true) return one.stock_status === 'outofstock' ? 0 : null;
  if (one.backorders === 'yes' || one.backorders === 'notify') return null;
  return Math.max(0, one.stock_quantity ?? 0);
}

/** Exact minor units. WooCommerce keeps more decimals than a currency has: those are rounded half up; null for what is no amount. */
export function amountOf(text: string | null, currency: string | null): bigint | null {
  if (text === null || text === '' || currency === null || !isKnownCurrency(currency)) return null;
  const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(text.trim());
  if (match === null) return null;
  try {
    return parseAmount(text.trim(), currency).amountMinor;
  } catch {
    const places = parseAmount('1', currency).amountMinor.toString().length - 1;
    const decimals = (match[2] ?? '').padEnd(places + 1, '0');
    const minor = BigInt(`${match[1] ?? '0'}${decimals.slice(0, places)}`);
    return Number(decimals[places]) >= 5 ? minor + 1n : minor;
  }
}

function weightOf(text: string | null, unit: string | null): number | null {
  const factor = unit === null ? undefined : gramsOf[unit];
  const value = Number(text ?? '');
  return factor === undefined || text === null || text === '' || !Number.isFinite(value) || value <= 0
    ? null
    : Math.round(value * factor);
}

function textOrNull(text: string | null): string | null {
  const plain = (text ?? '').trim();
  return plain === '' ? null : plain;
}
