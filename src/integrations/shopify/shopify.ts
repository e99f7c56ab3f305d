import { z } from 'zod';
import { isKnownCurrency, parseAmount } from '#kernel/money.ts';
import type { ShopAdapter, ShopOrder, ShopOrderAsk, ShopVariant } from '#modules/seeding/index.ts';
import { type ShopAccess, ShopFault } from '#modules/shops/index.ts';
import type { Reach } from '../call-api.ts';
import { splitName } from '../call-shop.ts';
import { type Ask, createAsk } from './ask.ts';
import { standOfOrder } from './order-stand.ts';
import {
  completedSchema,
  createdSchema,
  draftsSchema,
  oneDraftSchema,
  ordersSchema,
  type ShopifyVariant,
  stockSchema,
  type UserErrors,
  variantsSchema,
} from './payloads.ts';
import {
  completeDraftMutation,
  createDraftMutation,
  draftQuery,
  draftsByTagQuery,
  ordersQuery,
  stockQuery,
  variantsQuery,
} from './queries.ts';

const readyTriesMax = 6;
const readyWaitMs = 1_000;
const cursorSchema = z.object({ after: z.string() });

/** Shopify by the Admin GraphQL API: products read page by page, gifts as draft orders at 100 % off that are completed. */
export function createShopify(reach: Reach): ShopAdapter {
  const ask = createAsk(reach);
  return {
    kind: 'shopify',
    readVariants: async (access, cursor) => {
      const from = cursorSchema.safeParse(cursor);
      const variables = { after: from.success ? from.data.after : null };
      const { productVariants } = await ask(access, variantsQuery, { variables, schema: variantsSchema });
      const { hasNextPage, endCursor } = productVariants.pageInfo;
      const isMore = hasNextPage && endCursor !== null && endCursor !== variables.after;
      return {
        variants: productVariants.nodes.map((node) => toVariant(node, access.currency)),
        cursor: isMore ? { after: endCursor } : null,
      };
    },
    findOrder: async (access, { key }) => {
      const variables = { query: `tag:'${key}'` };
      const { draftOrders } = await ask(access, draftsByTagQuery, { variables, schema: draftsSchema });
      // The search knows words, not tags: only the tag itself counts. A draft that is an order goes first, then the oldest.
      const found = draftOrders.nodes
        .filter((draft) => draft.tags?.includes(key) === true)
        .sort((a, b) => Number(b.order !== null) - Number(a.order !== null) || (a.id < b.id ? -1 : 1));
      const [draft] = found;
      if (draft === undefined) return null;
      return { draftId: draft.id, order: draft.order === null ? null : toOrder(draft.order, access) };
    },
    prepareOrder: async (access, order) => {
      await checkStock(ask, access, order);
      const variables = { input: draftInput(order, access) };
      const { draftOrderCreate } = await ask(access, createDraftMutation, {
        variables,
        schema: createdSchema,
        isOnce: true,
      });
      throwUserErrors(draftOrderCreate?.userErrors ?? null);
      if (draftOrderCreate?.draftOrder == null)
        throw new ShopFault('unavailable', 'Shopify did not say which draft it made.');
      return { draftId: draftOrderCreate.draftOrder.id };
    },
    completeOrder: (access, draftId) => completeOrder({ ask, reach, access }, draftId),
    readOrders: async (access, ids) => {
      const { nodes } = await ask(access, ordersQuery, { variables: { ids }, schema: ordersSchema });
      return nodes.flatMap((node) => (node === null ? [] : [standOfOrder(node, urlOf(node.id, access))]));
    },
  };
}

const grams: Record<string, number> = { GRAMS: 1, KILOGRAMS: 1000, OUNCES: 28.349523125, POUNDS: 453.59237 };

function toVariant(node: ShopifyVariant, currency: string | null): ShopVariant {
  const { product, inventoryItem } = node;
  const options = Object.fromEntries(
    (node.selectedOptions ?? [])
      .filter((option) => option.value !== 'Default Title')
      .map((option) => [option.name, option.value]),
  );
  const weight = inventoryItem?.measurement?.weight ?? null;
  const unit = weight?.unit == null ? undefined : grams[weight.unit];
  // An empty weight is written as 0.
  const isWeighed = weight?.value != null && weight.value > 0 && unit !== undefined;
  const isCounted = inventoryItem?.tracked === true && node.inventoryPolicy !== 'CONTINUE';
  return {
    productId: product.id,
    productName: product.title ?? '',
    category: product.productType,
    description: product.description,
    pictureUrl: product.featuredMedia?.preview?.image?.url ?? null,
    isOnSale: product.status === 'ACTIVE',
    variantId: node.id,
    sku: node.sku,
    options,
    costMinor: amountIn(inventoryItem?.unitCost?.amount ?? null, {
      currency,
      given: inventoryItem?.unitCost?.currencyCode ?? null,
    }),
    priceMinor: amountIn(node.price, { currency, given: currency }),
    stock: isCounted && node.inventoryQuantity !== null ? Math.max(0, node.inventoryQuantity) : null,
    weightGrams: isWeighed ? Math.round((weight?.value ?? 0) * (unit ?? 1)) : null,
  };
}

/** Exact minor units; null for what is no amount in the shop's currency. */
function amountIn(text: string | null, of: { currency: string | null; given: string | null }): bigint | null {
  if (text === null || of.currency === null || of.given !== of.currency || !isKnownCurrency(of.currency)) return null;
  try {
    return parseAmount(text, of.currency).amountMinor;
  } catch {
    return null;
  }
}

/** A draft may be made of what is sold out or deleted; here it is refused while nothing is made yet. */
async function checkStock(ask: Ask, access: ShopAccess, order: ShopOrderAsk): Promise<void> {
  const variables = { ids: order.lines.map((line) => line.variantId) };
  const { nodes } = await ask(access, stockQuery, { variables, schema: stockSchema });
  const known = new Map(nodes.flatMap((node) => (node === null ? [] : [[node.id, node]])));
  for (const line of order.lines) {
    const node = known.get(line.variantId);
    if (node === undefined) throw new ShopFault('product_gone', `${line.name} was deleted in the shop.`);
    if (node.product !== null && node.product.status !== 'ACTIVE')
      throw new ShopFault('product_gone', `${line.name} is not on sale in the shop.`);
    const isCounted = node.inventoryItem?.tracked === true && node.inventoryPolicy !== 'CONTINUE';
    if (isCounted && node.inventoryQuantity !== null && node.inventoryQuantity < line.quantity)
      throw new ShopFault(
        'no_stock',
        `${line.name}: ${line.quantity} wanted, ${Math.max(0, node.inventoryQuantity)} in stock.`,
      );
  }
}

function draftInput(order: ShopOrderAsk, access: ShopAccess): Record<string, unknown> {
  const { address } = order;
  const { first, last } = splitName(address.name);
  return {
    note: order.note,
    tags: [order.key, ...order.tags],
    ...(order.email === null ? {} : { email: order.email }),
    taxExempt: true,
    acceptAutomaticDiscounts: false,
    useCustomerDefaultAddress: false,
    lineItems: order.lines.map((line) => ({ variantId: line.variantId, quantity: line.quantity })),
    appliedDiscount: { title: 'Creator gift', description: 'Creator gift', value: 100, valueType: 'PERCENTAGE' },
    shippingLine: {
      title: 'Creator gift',
      priceWithCurrency: { amount: '0.00', currencyCode: access.currency ?? 'USD' },
    },
    shippingAddress: {
      firstName: first,
      lastName: last,
      address1: address.line1,
      ...(address.line2 === '' ? {} : { address2: address.line2 }),
      city: address.city,
      ...(address.region === '' ? {} : { province: address.region }),
      zip: address.postcode,
      countryCode: address.country,
      ...(address.phone === '' ? {} : { phone: address.phone }),
    },
  };
}

async function completeOrder(of: { ask: Ask; reach: Reach; access: ShopAccess }, draftId: string): Promise<ShopOrder> {
  const { ask, reach, access } = of;
  for (let tries = 1; ; tries += 1) {
    const { draftOrder } = await ask(access, draftQuery, { variables: { id: draftId }, schema: oneDraftSchema });
    if (draftOrder == null)
      throw new ShopFault('refused', 'The draft was deleted in the shop before it became an order.');
    if (draftOrder.order !== null) return toOrder(draftOrder.order, access);
    // Taxes and discounts of a new draft are computed behind the scenes.
    if (draftOrder.ready !== false) break;
    if (tries >= readyTriesMax) throw new ShopFault('unavailable', 'Shopify is still computing the draft.');
    await reach.wait(readyWaitMs, access.signal);
  }
  const answer = await ask(access, completeDraftMutation, {
    variables: { id: draftId },
    schema: completedSchema,
    isOnce: true,
  });
  const { draftOrder, userErrors } = answer.draftOrderComplete ?? { draftOrder: null, userErrors: null };
  if (draftOrder?.order != null) return toOrder(draftOrder.order, access);
  throwUserErrors(userErrors);
  throw new ShopFault('unavailable', 'Shopify did not say which order it made.');
}

function throwUserErrors(errors: UserErrors): void {
  const [error] = errors ?? [];
  if (error === undefined) return;
  const field = (error.field ?? []).join('.');
  const said = error.message.slice(0, 300);
  if (/shippingaddress|\bemail\b|phone/i.test(field))
    throw new ShopFault('address_refused', `The shop does not take the address: ${said}`);
  if (/out of stock|not enough|inventory|sold out/i.test(said)) throw new ShopFault('no_stock', said);
  if (
    /no longer available|not found|does not exist|deleted/i.test(said) &&
    /line|variant|product/i.test(`${field} ${said}`)
  )
    throw new ShopFault('product_gone', said);
  throw new ShopFault('refused', `The shop does not take the order: ${said}`);
}

function toOrder(order: { id: string; name: string }, access: ShopAccess): ShopOrder {
  return { id: order.id, name: order.name, url: urlOf(order.id, access) };
}

function urlOf(id: string, access: ShopAccess): string {
  return `https://${access.address}/admin/orders/${id.split('/').at(-1) ?? ''}`;
}
