import { z } from 'zod';
import { formatAmount } from '#kernel/money.ts';
import type { ShopAdapter, ShopOrder, ShopOrderAsk, ShopOrderStand, ShopVariant } from '#modules/seeding/index.ts';
import { type ShopAccess, ShopFault } from '#modules/shops/index.ts';
import { instantOf, type Reach } from '../call-api.ts';
import { splitName } from '../call-shop.ts';
import { type Ask, createAsk } from './ask.ts';
import {
  orderSchema,
  ordersSchema,
  productSchema,
  productsSchema,
  settingSchema,
  trackingItemsSchema,
  variationSchema,
  variationsSchema,
  type WooOrder,
  type WooProduct,
} from './payloads.ts';
import { amountOf, stockOf, variantOfProduct, variantOfVariation } from './to-variants.ts';

const productsPerPage = 20;
const variationsPerPage = 100;
const variationPagesMax = 5;
const ordersPerPage = 100;
const orderPagesMax = 20;
/** Around the first try: clocks differ, and older shops compare in their own time zone. */
const sinceMarginMs = 26 * 3_600_000;
const keyMeta = '_rapport_key';
const cursorSchema = z.object({ page: z.number().int(), unit: z.string().nullable() });

/** WooCommerce by REST API v3. A gift is an order that waits for payment with every line at 100 % off, then set to processing. */
export function createWooCommerce(reach: Reach): ShopAdapter {
  const ask = createAsk(reach);
  return {
    kind: 'woocommerce',
    readVariants: (access, cursor) => readVariants(ask, access, cursor),
    findOrder: (access, of) => findOrder(ask, access, of),
    prepareOrder: async (access, order) => {
      const lines = await readLines(ask, access, order);
      const made = await ask(access, '/wc/v3/orders', { body: orderBody(order, lines), schema: orderSchema });
      if (made === null) throw new ShopFault('refused', 'The shop did not take the order.');
      return { draftId: String(made.value.id) };
    },
    completeOrder: async (access, draftId) => {
      const path = `/wc/v3/orders/${encodeURIComponent(draftId)}`;
      const before = await ask(access, path, { schema: orderSchema });
      if (before === null) throw new ShopFault('refused', 'The order was deleted in the shop before it was placed.');
      if (isPlaced(before.value)) return toOrder(before.value, access);
      if (!isDraft(before.value))
        throw new ShopFault(
          'refused',
          `The order was set to ${before.value.status ?? 'nothing'} in the shop before it was placed.`,
        );
      const after = await ask(access, path, { body: { status: 'processing' }, schema: orderSchema });
      if (after === null) throw new ShopFault('refused', 'The order was deleted in the shop before it was placed.');
      return toOrder(after.value, access);
    },
    readOrders: async (access, ids) => {
      const query = { include: ids.join(','), per_page: String(ordersPerPage), status: 'any' };
      const answer = await ask(access, '/wc/v3/orders', { query, schema: ordersSchema });
      return (answer?.value ?? []).map((order) => standOf(order, access));
    },
  };
}

async function readVariants(
  ask: Ask,
  access: ShopAccess,
  cursor: unknown,
): Promise<{ variants: ShopVariant[]; cursor: unknown }> {
  const from = cursorSchema.safeParse(cursor);
  const { page, unit } = from.success
    ? from.data
    : {
        page: 1,
        unit:
          (await ask(access, '/wc/v3/settings/products/woocommerce_weight_unit', { schema: settingSchema }))?.value
            .value ?? null,
      };
  const query = { per_page: String(productsPerPage), page: String(page), status: 'any', orderby: 'id', order: 'asc' };
  const answer = await ask(access, '/wc/v3/products', { query, schema: productsSchema });
  const variants: ShopVariant[] = [];
  const of = { currency: access.currency, unit };
  for (const product of answer?.value ?? []) {
    if (product.type === 'grouped' || product.type === 'external') continue;
    if (product.type === 'variable') variants.push(...(await readVariations(ask, access, { product, of })));
    else variants.push(variantOfProduct(product, of));
  }
  return { variants, cursor: answer !== null && page < answer.pages ? { page: page + 1, unit } : null };
}

async function readVariations(
  ask: Ask,
  access: ShopAccess,
  { product, of }: { product: WooProduct; of: { currency: string | null; unit: string | null } },
): Promise<ShopVariant[]> {
  const variants: ShopVariant[] = [];
  for (let page = 1; page <= variationPagesMax; page += 1) {
    const query = { per_page: String(variationsPerPage), page: String(page), orderby: 'id', order: 'asc' };
    const answer = await ask(access, `/wc/v3/products/${product.id}/variations`, { query, schema: variationsSchema });
    variants.push(...(answer?.value ?? []).map((variation) => variantOfVariation(product, variation, of)));
    if (answer === null || page >= answer.pages) break;
  }
  return variants;
}

/** Orders cannot be searched by what we write into them: those made since the first try are looked through, newest first. */
async function findOrder(
  ask: Ask,
  access: ShopAccess,
  of: { key: string; since: Date },
): Promise<{ draftId: string; order: ShopOrder | null } | null> {
  const after = new Date(of.since.getTime() - sinceMarginMs).toISOString();
  const drafts: WooOrder[] = [];
  for (let page = 1; page <= orderPagesMax; page += 1) {
    const query = {
      after,
      dates_are_gmt: 'true',
      per_page: String(ordersPerPage),
      page: String(page),
      status: 'any',
      orderby: 'date',
      order: 'desc',
    };
    const answer = await ask(access, '/wc/v3/orders', { query, schema: ordersSchema });
    const own = (answer?.value ?? []).filter(
      (order) => order.meta_data?.some((meta) => meta.key === keyMeta && meta.value === of.key) === true,
    );
    const placed = own.find(isPlaced);
    if (placed !== undefined) return { draftId: String(placed.id), order: toOrder(placed, access) };
    drafts.push(...own.filter(isDraft));
    if (answer === null || page >= answer.pages) break;
  }
  const oldest = drafts.sort((a, b) => a.id - b.id)[0];
  return oldest === undefined ? null : { draftId: String(oldest.id), order: null };
}

interface PricedLine {
  productId: number;
  variationId: number | null;
  quantity: number;
  subtotal: string;
}

/** Looks at what is wanted as the shop has it now: the API itself sells what is sold out. */
async function readLines(ask: Ask, access: ShopAccess, order: ShopOrderAsk): Promise<PricedLine[]> {
  const lines: PricedLine[] = [];
  for (const line of order.lines) {
    const [productId = 0, variationId = null] = line.variantId.split(':').map(Number);
    const product = (await ask(access, `/wc/v3/products/${productId}`, { schema: productSchema }))?.value ?? null;
    const variation =
      variationId === null
        ? null
        : ((await ask(access, `/wc/v3/products/${productId}/variations/${variationId}`, { schema: variationSchema }))
            ?.value ?? null);
    if (product === null || (variationId !== null && variation === null))
      throw new ShopFault('product_gone', `${line.name} was deleted in the shop.`);
    if (product.status !== 'publish') throw new ShopFault('product_gone', `${line.name} is not on sale in the shop.`);
    const stock = stockOf(variation ?? product, product);
    if (stock !== null && stock < line.quantity)
      throw new ShopFault('no_stock', `${line.name}: ${line.quantity} wanted, ${stock} in stock.`);
    const price = amountOf((variation ?? product).price, access.currency) ?? 0n;
    const subtotal = formatAmount({ amountMinor: price * BigInt(line.quantity), currency: access.currency ?? 'USD' });
    lines.push({ productId, variationId, quantity: line.quantity, subtotal });
  }
  return lines;
}

function orderBody(order: ShopOrderAsk, lines: readonly PricedLine[]): Record<string, unknown> {
  const { address } = order;
  const { first, last } = splitName(address.name);
  const place = {
    first_name: first,
    last_name: last,
    address_1: address.line1,
    address_2: address.line2,
    city: address.city,
    state: address.region,
    postcode: address.postcode,
    country: address.country,
    ...(address.phone === '' ? {} : { phone: address.phone }),
  };
  return {
    status: 'pending',
    set_paid: false,
    billing: { ...place, ...(order.email === null ? {} : { email: order.email }) },
    shipping: place,
    customer_note: order.note,
    line_items: lines.map((line) => ({
      product_id: line.productId,
      ...(line.variationId === null ? {} : { variation_id: line.variationId }),
      quantity: line.quantity,
      subtotal: line.subtotal,
      total: '0',
    })),
    shipping_lines: [{ method_id: 'rapport', method_title: 'Creator gift', total: '0' }],
    meta_data: [
      { key: keyMeta, value: order.key },
      { key: '_rapport_tags', value: order.tags.join(', ') },
    ],
  };
}

function isDraft(order: WooOrder): boolean {
  return order.status === 'pending' || order.status === 'checkout-draft' || order.status === 'auto-draft';
}

function isPlaced(order: WooOrder): boolean {
  return !isDraft(order) && !isCancelled(order);
}

function isCancelled(order: WooOrder): boolean {
  return ['cancelled', 'refunded', 'failed', 'trash'].includes(order.status ?? '');
}

function toOrder(order: WooOrder, access: ShopAccess): ShopOrder {
  const url = `https://${access.address}/wp-admin/post.php?post=${order.id}&action=edit`;
  return { id: String(order.id), name: `#${order.number ?? order.id}`, url };
}

function standOf(order: WooOrder, access: ShopAccess): ShopOrderStand {
  const completed = instantOf(
    order.date_completed_gmt === null ? null : `${order.date_completed_gmt.replace(/Z$/, '')}Z`,
  );
  const events: ShopOrderStand['events'] = [];
  if (['completed', 'shipped', 'partial-shipped', 'delivered'].includes(order.status ?? ''))
    events.push({ kind: 'shipped', at: completed === null ? null : new Date(completed) });
  if (order.status === 'delivered') events.push({ kind: 'delivered', at: null });
  if (isCancelled(order)) events.push({ kind: 'cancelled', at: null });
  const meta = order.meta_data?.find((one) => one.key === '_wc_shipment_tracking_items')?.value;
  const [item] = trackingItemsSchema.parse(meta ?? []);
  const link = item?.custom_tracking_link ?? null;
  return {
    ...toOrder(order, access),
    events,
    tracking:
      item === undefined
        ? null
        : {
            carrier: item.tracking_provider || item.custom_tracking_provider || null,
            number: item.tracking_number,
            url: link !== null && /^https?:\/\/\S+$/i.test(link) ? link : null,
          },
    trouble: null,
  };
}
