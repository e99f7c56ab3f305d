import { z } from 'zod';
import { isKnownCurrency } from '#kernel/money.ts';
import type { ShopAccess } from '#modules/shops/index.ts';
import type { CodeShopAdapter, ShopCode, ShopCodeWish } from '#modules/tracking/index.ts';
import { lenient, type Reach } from '../call-api.ts';
import { codeFaults } from '../code-fault.ts';
import { type Ask, createAsk } from './ask.ts';

const perPage = 100;
const keyMeta = 'rapport_code';
/** The limit as wished, since what a later promotion code allows is what the earlier ones left of it. */
const limitMeta = 'rapport_limit';
const cursorSchema = z.object({ after: z.string() });

// After https://docs.stripe.com/api/promotion_codes and /api/coupons (read 2026-11-23).
const text = lenient(z.string());
const whole = lenient(z.number().int());
const couponSchema = z.looseObject({
  id: z.string(),
  percent_off: lenient(z.number()),
  amount_off: whole,
  currency: text,
});
const promotionSchema = z.looseObject({
  id: z.string(),
  code: z.string(),
  active: lenient(z.boolean()),
  coupon: lenient(couponSchema),
  expires_at: whole,
  max_redemptions: whole,
  times_redeemed: whole,
  metadata: lenient(z.record(z.string(), z.string())),
});
const promotionsSchema = z.looseObject({ data: z.array(promotionSchema), has_more: lenient(z.boolean()) });
const productsSchema = z.looseObject({ data: z.array(z.looseObject({ id: z.string(), name: z.string() })) });
/** Coupons with one promotion code each of a Stripe account. The code, its end and its limit stand fast there: a change is a new promotion code. */
export function createStripeCodes(reach: Reach): CodeShopAdapter {
  const ask = createAsk(reach);
  return {
    kind: 'stripe',
    waitsForStart: true,
    lacks,
    findCode: (access, code) =>
      codeFaults(async () => {
        const query = new URLSearchParams({ code, limit: '10' });
        const { data } = await ask(access, `/v1/promotion_codes?${query}`, { schema: promotionsSchema });
        // Of several of one name the one in use counts: the others were set aside.
        const found = data.find((one) => one.active === true) ?? data[0];
        return found === undefined ? null : toCode(found);
      }),
    makeCode: (access, wish) => codeFaults(() => makeCode(ask, access, wish)),
    changeCode: (access, id, wish) =>
      codeFaults(async () => {
        const path = `/v1/promotion_codes/${encodeURIComponent(id)}`;
        const now = await ask(access, path, { schema: promotionSchema });
        const isSame = now.expires_at === secondsOf(wish.endsAt) && now.metadata?.[limitMeta] === limitText(wish);
        if (!wish.isLive || isSame) {
          if (now.active !== wish.isLive)
            await ask(access, path, { schema: promotionSchema, body: { active: String(wish.isLive) } });
          return { externalId: id };
        }
        if (now.active === true) await ask(access, path, { schema: promotionSchema, body: { active: 'false' } });
        // Uses so far were counted by the promotion code that is set aside.
        return makeCode(ask, access, wish, now.times_redeemed ?? 0);
      }),
    readCodes: (access, cursor) =>
      codeFaults(async () => {
        const from = cursorSchema.safeParse(cursor);
        const query = new URLSearchParams({ limit: String(perPage) });
        if (from.success) query.set('starting_after', from.data.after);
        const { data, has_more } = await ask(access, `/v1/promotion_codes?${query}`, { schema: promotionsSchema });
        const last = data.at(-1);
        return {
          codes: data.map(toCode),
          cursor: has_more === true && last !== undefined ? { after: last.id } : null,
        };
      }),
    findItems: (access, { kind, words }) =>
      codeFaults(async () => {
        if (kind === 'collections') return [];
        const { data } = await ask(access, '/v1/products?active=true&limit=100', { schema: productsSchema });
        const wanted = words.toLowerCase();
        return data
          .filter((product) => product.name.toLowerCase().includes(wanted))
          .slice(0, 20)
          .map((product) => ({ externalId: product.id, name: product.name }));
      }),
  };
}

function lacks(wish: ShopCodeWish): string | null {
  if (wish.kind === 'free_shipping') return 'Stripe knows no coupon for free shipping.';
  if (wish.minimumQuantity !== null) return 'Stripe knows no smallest number of products for a coupon.';
  if (wish.scope.kind === 'collections') return 'Stripe knows no collections. Name products instead.';
  if (wish.isOncePerCustomer)
    return 'Stripe cannot hold a promotion code to once per customer. Use "first order only", or leave that out.';
  if (!/^[A-Za-z0-9]+$/.test(wish.code)) return 'A promotion code of Stripe has letters A to Z and digits only.';
  return null;
}

async function makeCode(ask: Ask, access: ShopAccess, wish: ShopCodeWish, used = 0): Promise<{ externalId: string }> {
  const coupon = await ask(access, '/v1/coupons', {
    schema: couponSchema,
    key: `${wish.key}:coupon`,
    body: {
      name: wish.code.slice(0, 40),
      duration: 'once',
      ...(wish.kind === 'percent' ? { percent_off: String(wish.percent ?? 0) } : {}),
      ...(wish.kind === 'fixed' && wish.amount !== null
        ? { amount_off: String(wish.amount.amountMinor), currency: wish.amount.currency.toLowerCase() }
        : {}),
      ...Object.fromEntries(wish.scope.ids.map((id, at) => [`applies_to[products][${at}]`, id])),
      [`metadata[${keyMeta}]`]: wish.key,
    },
  });
  const expires = secondsOf(wish.endsAt);
  const terms = [expires ?? 'never', wish.usageLimit ?? 'any'].join(':');
  const promotion = await ask(access, '/v1/promotion_codes', {
    schema: promotionSchema,
    key: `${wish.key}:code:${terms}`,
    body: {
      coupon: coupon.id,
      code: wish.code,
      ...(expires === null ? {} : { expires_at: String(expires) }),
      ...(wish.usageLimit === null ? {} : { max_redemptions: String(Math.max(1, wish.usageLimit - used)) }),
      ...(wish.isFirstOrder ? { 'restrictions[first_time_transaction]': 'true' } : {}),
      ...(wish.minimum === null
        ? {}
        : {
            'restrictions[minimum_amount]': String(wish.minimum.amountMinor),
            'restrictions[minimum_amount_currency]': wish.minimum.currency.toLowerCase(),
          }),
      [`metadata[${keyMeta}]`]: wish.key,
      [`metadata[${limitMeta}]`]: limitText(wish),
    },
  });
  return { externalId: promotion.id };
}

function limitText(wish: ShopCodeWish): string {
  return wish.usageLimit === null ? 'none' : String(wish.usageLimit);
}

function secondsOf(at: Date | null): number | null {
  return at === null ? null : Math.floor(at.getTime() / 1000);
}

function toCode(one: z.infer<typeof promotionSchema>): ShopCode {
  const currency = one.coupon?.currency?.toUpperCase() ?? null;
  const minor = one.coupon?.amount_off ?? null;
  const percent = one.coupon?.percent_off ?? null;
  const amount =
    minor !== null && minor > 0 && currency !== null && isKnownCurrency(currency)
      ? { amountMinor: BigInt(minor), currency }
      : null;
  return {
    externalId: one.id,
    code: one.code,
    kind: percent !== null ? 'percent' : amount !== null ? 'fixed' : null,
    percent,
    amount,
    startsAt: null,
    endsAt: one.expires_at === null ? null : new Date(one.expires_at * 1000),
    usageLimit: one.max_redemptions,
    isLive: one.active === true,
    uses: one.times_redeemed,
    key: one.metadata?.[keyMeta] ?? null,
  };
}
