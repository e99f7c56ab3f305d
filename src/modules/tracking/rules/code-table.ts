import { formatAmount, fromMoneyJson, type MoneyJson } from '#kernel/money.ts';
import type { DiscountCode } from '../api.ts';

type Format = 'rapport' | 'shopify' | 'woocommerce' | 'stripe';
type Cell = string | number;
type Column = readonly [name: string, cell: (code: DiscountCode) => Cell];

const money = (amount: MoneyJson | null): string => (amount === null ? '' : formatAmount(fromMoneyJson(amount)));
const or = (value: Cell | null): Cell => value ?? '';
const worth = (code: DiscountCode): Cell => (code.kind === 'percent' ? or(code.percent) : money(code.amount));

const rapport: Column[] = [
  ['code', (code) => code.code],
  ['creator', (code) => code.creator?.handle ?? code.creator?.name ?? ''],
  ['campaign', (code) => code.campaign?.name ?? ''],
  ['percent', (code) => or(code.percent)],
  ['amount', (code) => money(code.amount)],
  ['currency', (code) => code.amount?.currency ?? ''],
  ['starts_at', (code) => or(code.startsAt)],
  ['ends_at', (code) => or(code.endsAt)],
  ['usage_limit', (code) => or(code.usageLimit)],
  ['minimum', (code) => money(code.minimum)],
  ['minimum_currency', (code) => code.minimum?.currency ?? ''],
  ['once_per_customer', (code) => (code.isOncePerCustomer ? 'yes' : 'no')],
  ['first_order', (code) => (code.isFirstOrder ? 'yes' : 'no')],
  ['scope', (code) => code.scope.kind],
  ['state', (code) => code.state],
  ['orders', (code) => code.orders],
];

/** Shopify's own importer takes a list of codes for one discount; the other columns are for whoever makes the discount. */
const shopify: Column[] = [
  ['Code', (code) => code.code],
  ['Type', (code) => ({ percent: 'percentage', fixed: 'fixed_amount', free_shipping: 'free_shipping' })[code.kind]],
  ['Value', worth],
  ['Currency', (code) => code.amount?.currency ?? ''],
  ['Starts At', (code) => or(code.startsAt)],
  ['Ends At', (code) => or(code.endsAt)],
  ['Usage Limit', (code) => or(code.usageLimit)],
  ['Once Per Customer', (code) => (code.isOncePerCustomer ? 'TRUE' : 'FALSE')],
  ['Minimum Purchase', (code) => money(code.minimum)],
];

/** Columns that importers of coupons for WooCommerce read (post_title is the code). */
const woocommerce: Column[] = [
  ['post_title', (code) => code.code],
  ['post_excerpt', (code) => `Rapport: ${code.creator?.name ?? 'no creator'}`],
  ['post_status', () => 'publish'],
  ['discount_type', (code) => (code.kind === 'percent' ? 'percent' : 'fixed_cart')],
  ['coupon_amount', (code) => worth(code) || 0],
  ['free_shipping', (code) => (code.kind === 'free_shipping' ? 'yes' : 'no')],
  ['expiry_date', (code) => (code.endsAt ?? '').slice(0, 10)],
  ['minimum_amount', (code) => money(code.minimum)],
  ['usage_limit', (code) => or(code.usageLimit)],
  ['usage_limit_per_user', (code) => (code.isOncePerCustomer ? 1 : '')],
];

/** The parameters of a promotion code and its coupon by their names in Stripe's interface. */
const stripe: Column[] = [
  ['code', (code) => code.code],
  ['percent_off', (code) => or(code.percent)],
  ['amount_off', (code) => code.amount?.amountMinor ?? ''],
  ['currency', (code) => (code.amount?.currency ?? '').toLowerCase()],
  ['expires_at', (code) => (code.endsAt === null ? '' : Math.floor(Date.parse(code.endsAt) / 1000))],
  ['max_redemptions', (code) => or(code.usageLimit)],
  ['first_time_transaction', (code) => (code.isFirstOrder ? 'true' : 'false')],
  ['minimum_amount', (code) => code.minimum?.amountMinor ?? ''],
  ['minimum_amount_currency', (code) => (code.minimum?.currency ?? '').toLowerCase()],
];

const formats: Record<Format, Column[]> = { rapport, shopify, woocommerce, stripe };

/** Codes as rows of a table. For a shop only those that can be used now or later, and that this kind of shop can take. */
export function codeTable(
  codes: readonly DiscountCode[],
  format: Format,
  now: Date,
): { columns: string[]; rows: Cell[][] } {
  const columns = formats[format];
  const fits = (code: DiscountCode) =>
    format === 'rapport' ||
    (code.state === 'live' &&
      (code.endsAt === null || Date.parse(code.endsAt) > now.getTime()) &&
      (format !== 'stripe' || (code.kind !== 'free_shipping' && /^[A-Za-z0-9]+$/.test(code.code))));
  return {
    columns: columns.map(([name]) => name),
    rows: codes.filter(fits).map((code) => columns.map(([, cell]) => cell(code))),
  };
}
