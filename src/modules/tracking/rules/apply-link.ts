/**
 * The address that puts a code into the cart of a shop and goes on to a page of it; null where that kind of shop has none. Shopify:
 * /discount/CODE?redirect=/page. WooCommerce: ?coupon=CODE on any page, which an extension for coupons in addresses has to read.
 * `page` is an address of that shop or a path; another host is left out.
 */
export function applyLink(
  shop: { kind: 'shopify' | 'woocommerce' | 'stripe'; storefront: string | null },
  code: string,
  page: string | null = null,
): string | null {
  const base = shop.storefront === null ? null : URL.parse(shop.storefront);
  if (base === null) return null;
  const target = page === null ? null : URL.parse(page, base.href);
  const path = target !== null && target.host === base.host ? `${target.pathname}${target.search}` : null;
  switch (shop.kind) {
    case 'shopify': {
      const url = new URL(`/discount/${encodeURIComponent(code)}`, base);
      if (path !== null && path !== '/') url.searchParams.set('redirect', path);
      return url.href;
    }
    case 'woocommerce': {
      const url = new URL(path ?? (base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`), base);
      url.searchParams.set('coupon', code);
      return url.href;
    }
    case 'stripe':
      return null;
  }
}
