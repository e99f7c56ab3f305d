import { z } from 'zod';
import { formatAmount } from '#kernel/money.ts';
import { type ShopAccess, ShopFault } from '#modules/shops/index.ts';
import type { CodeShopAdapter, ShopCode, ShopCodeWish } from '#modules/tracking/index.ts';
import { lenient, type Reach } from '../call-api.ts';
import { codeFaults } from '../code-fault.ts';
import { createAsk } from './ask.ts';
import { amountOf } from './to-variants.ts';

const perPage = 100;
const itemsMax = 20;
const keyMeta = '_rapport_code';
const cursorSchema = z.object({ page: z.number().int() });

// After https://developer.woocommerce.com/docs/apis/rest-api/v3/coupons/ (read 2026-11-23).
const text = lenient(z.string());
const whole = lenient(z.number().int());
const couponSchema = z.looseObject({
  id: z.number().int(),
  code: z.string(),
  amount: text,
  status: text,
  discount_type: text,
  date_expires_gmt: text,
  usage_count: whole,
  usage_limit: whole,
  free_shipping: lenient(z.boolean()),
  meta_data: lenient(z.array(z.looseObject({ key: text, value: z.unknown() }))),
});
const couponsSchema = z.array(couponSchema);
const itemsSchema = z.array(z.looseObject({ id: z.number().int(), name: z.string() }));

/** Coupons of a WooCommerce shop by REST API v3. */
export function createWooCodes(reach: Reach): CodeShopAdapter {
  const ask = createAsk(reach);
  return {
    kind: 'woocommerce',
    waitsForStart: true,
    lacks: (wish) =>
      wish.isFirstOrder
        ? 'WooCommerce knows no coupon for first orders alone.'
        : wish.minimumQuantity !== null
          ? 'WooCommerce knows no smallest number of products for a coupon.'
          : null,
    findCode: (access, code) =>
      codeFaults(async () => {
        const answer = await ask(access, '/wc/v3/coupons', { query: { code }, schema: couponsSchema });
        const found = (answer?.value ?? []).find((coupon) => coupon.code.toUpperCase() === code.trim().toUpperCase());
        return found === undefined ? null : toCode(found, access);
      }),
    makeCode: (access, wish) =>
      codeFaults(async () => {
        const body = { ...bodyOf(wish), code: wish.code, meta_data: [{ key: keyMeta, value: wish.key }] };
        const made = await ask(access, '/wc/v3/coupons', { body, schema: couponSchema });
        if (made === null) throw new ShopFault('refused', 'The shop did not take the coupon.');
        return { externalId: String(made.value.id) };
      }),
    changeCode: (access, id, wish) =>
      codeFaults(async () => {
        const path = `/wc/v3/coupons/${encodeURIComponent(id)}`;
        const { date_expires_gmt, usage_limit } = bodyOf(wish);
        // A coupon that ended yesterday is one nobody can use; it stays in the shop with its history.
        const ended = new Date(access.now.getTime() - 86_400_000).toISOString().slice(0, 19);
        const body = { usage_limit, date_expires_gmt: wish.isLive ? date_expires_gmt : ended };
        const made = await ask(access, path, { body, schema: couponSchema });
        if (made === null) throw new ShopFault('refused', 'The coupon was deleted in the shop.');
        return { externalId: id };
      }),
    readCodes: (access, cursor) =>
      codeFaults(async () => {
        const from = cursorSchema.safeParse(cursor);
        const page = from.success ? from.data.page : 1;
        const query = { per_page: String(perPage), page: String(page), orderby: 'id', order: 'asc' };
        const answer = await ask(access, '/wc/v3/coupons', { query, schema: couponsSchema });
        return {
          codes: (answer?.value ?? []).map((coupon) => toCode(coupon, access)),
          cursor: answer !== null && page < answer.pages ? { page: page + 1 } : null,
        };
      }),
    findItems: (access, { kind, words }) =>
      codeFaults(async () => {
        const path = kind === 'products' ? '/wc/v3/products' : '/wc/v3/products/categories';
        const query = { per_page: String(itemsMax), ...(words === '' ? {} : { search: words }) };
        const answer = await ask(access, path, { query, schema: itemsSchema });
        return (answer?.value ?? []).map((item) => ({ externalId: String(item.id), name: item.name }));
      }),
  };
}

function bodyOf(wish: ShopCodeWish) {
  const ids = wish.scope.ids.map(Number).filter(Number.isInteger);
  return {
    discount_type: wish.kind === 'percent' ? 'percent' : 'fixed_cart',
    amount:
      wish.kind === 'percent' ? String(wish.percent ?? 0) : wish.amount === null ? '0' : formatAmount(wish.amount),
    free_shipping: wish.kind === 'free_shipping',
    date_expires_gmt: wish.endsAt === null ? null : wish.endsAt.toISOString().slice(0, 19),
    usage_limit: wish.usageLimit,
    ...(wish.isOncePerCustomer ? { usage_limit_per_user: 1 } : {}),
    ...(wish.minimum === null ? {} : { minimum_amount: formatAmount(wish.minimum) }),
    ...(wish.scope.kind === 'products' ? { product_ids: ids } : {}),
    ...(wish.scope.kind === 'collections' ? { product_categories: ids } : {}),
    description: 'Made by Rapport',
  };
}

function toCode(coupon: z.infer<typeof couponSchema>, access: ShopAccess): ShopCode {
  const ends = coupon.date_expires_gmt === null ? Number.NaN : Date.parse(`${coupon.date_expires_gmt.slice(0, 19)}Z`);
  const endsAt = Number.isNaN(ends) ? null : new Date(ends);
  const isPercent = coupon.discount_type === 'percent';
  const percent = isPercent ? Number(coupon.amount ?? Number.NaN) : Number.NaN;
  const minor = isPercent ? null : amountOf(coupon.amount, access.currency);
  const amount =
    minor === null || minor <= 0n || access.currency === null
      ? null
      : { amountMinor: minor, currency: access.currency };
  const key = coupon.meta_data?.find((meta) => meta.key === keyMeta)?.value;
  return {
    externalId: String(coupon.id),
    code: coupon.code,
    kind:
      percent > 0 && percent <= 100
        ? 'percent'
        : amount !== null
          ? 'fixed'
          : coupon.free_shipping === true
            ? 'free_shipping'
            : null,
    percent: percent > 0 && percent <= 100 ? percent : null,
    amount,
    startsAt: null,
    endsAt,
    // Older shops write 0 for no limit.
    usageLimit: coupon.usage_limit === 0 ? null : coupon.usage_limit,
    isLive: (coupon.status === null || coupon.status === 'publish') && (endsAt === null || endsAt > access.now),
    uses: coupon.usage_count,
    key: typeof key === 'string' ? key : null,
  };
}
