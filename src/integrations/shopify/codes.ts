import { z } from 'zod';
import { formatAmount, isKnownCurrency, type Money, parseAmount } from '#kernel/money.ts';
import { type ShopAccess, ShopFault } from '#modules/shops/index.ts';
import type { CodeShopAdapter, ShopCode, ShopCodeWish } from '#modules/tracking/index.ts';
import type { Reach } from '../call-api.ts';
import { codeFaults } from '../code-fault.ts';
import { type Ask, createAsk } from './ask.ts';
import * as payloads from './code-payloads.ts';

const cursorSchema = z.object({ after: z.string() });

/** Discount codes of a Shopify shop by the Admin GraphQL API: one discount with one code each, so that a code ends and rotates by itself. */
export function createShopifyCodes(reach: Reach): CodeShopAdapter {
  const ask = createAsk(reach);
  return {
    kind: 'shopify',
    waitsForStart: false,
    lacks: (wish) =>
      wish.isFirstOrder
        ? 'Shopify knows no code for first orders alone. Make a customer segment there, or leave that out.'
        : wish.kind === 'free_shipping' && wish.scope.kind !== 'all'
          ? 'Free shipping in Shopify holds for all products.'
          : null,
    findCode: (access, code) =>
      codeFaults(async () => {
        const { codeDiscountNodeByCode: node } = await ask(access, payloads.codeByTextQuery, {
          variables: { code },
          schema: payloads.codeByTextSchema,
        });
        return node === null ? null : (toCodes(node).find((one) => sameText(one.code, code)) ?? null);
      }),
    makeCode: (access, wish) =>
      codeFaults(() => {
        const query = wish.kind === 'free_shipping' ? payloads.createShippingMutation : payloads.createBasicMutation;
        const marker = { namespace: '$app:rapport', key: 'code', type: 'single_line_text_field', value: wish.key };
        return change(ask, access, { query, variables: { input: { ...inputOf(wish), metafields: [marker] } } });
      }),
    changeCode: (access, id, wish) =>
      codeFaults(async () => {
        const query = wish.kind === 'free_shipping' ? payloads.updateShippingMutation : payloads.updateBasicMutation;
        const { startsAt, endsAt, usageLimit } = inputOf(wish);
        const variables = { id, input: { startsAt, endsAt, usageLimit } };
        await change(ask, access, { query, variables });
        // Activating what has ended would set its end aside.
        const isOver = wish.endsAt !== null && wish.endsAt <= access.now;
        if (!wish.isLive) return change(ask, access, { query: payloads.deactivateMutation, variables: { id } });
        if (!isOver && wish.startsAt <= access.now)
          return change(ask, access, { query: payloads.activateMutation, variables: { id } });
        return { externalId: id };
      }),
    readCodes: (access, cursor) =>
      codeFaults(async () => {
        const from = cursorSchema.safeParse(cursor);
        const variables = { after: from.success ? from.data.after : null };
        const { codeDiscountNodes } = await ask(access, payloads.codesQuery, {
          variables,
          schema: payloads.codesSchema,
        });
        const { hasNextPage, endCursor } = codeDiscountNodes.pageInfo;
        const isMore = hasNextPage && endCursor !== null && endCursor !== variables.after;
        return { codes: codeDiscountNodes.nodes.flatMap(toCodes), cursor: isMore ? { after: endCursor } : null };
      }),
    findItems: (access, { kind, words }) =>
      codeFaults(async () => {
        const query = words === '' ? null : `title:*${words.replace(/["\\:*]/g, ' ').trim()}*`;
        const answer = await ask(
          access,
          kind === 'products' ? payloads.productsByNameQuery : payloads.collectionsByNameQuery,
          { variables: { query }, schema: payloads.itemsSchema },
        );
        return (answer[kind]?.nodes ?? []).map((node) => ({ externalId: node.id, name: node.title }));
      }),
  };
}

/** Asked once: what became of a change whose answer is lost is found by looking for the code. */
async function change(
  ask: Ask,
  access: ShopAccess,
  of: { query: string; variables: Record<string, unknown> },
): Promise<{ externalId: string }> {
  const { made } = await ask(access, of.query, { variables: of.variables, schema: payloads.madeSchema, isOnce: true });
  const [error] = made?.userErrors ?? [];
  if (error !== undefined) {
    const at = (error.field ?? []).at(-1);
    throw new ShopFault('refused', `${at === undefined ? '' : `${at}: `}${error.message.slice(0, 300)}`);
  }
  if (made?.codeDiscountNode == null) throw new ShopFault('unavailable', 'Shopify did not say which discount it made.');
  return { externalId: made.codeDiscountNode.id };
}

function inputOf(wish: ShopCodeWish): Record<string, unknown> {
  const minimumRequirement =
    wish.minimum !== null
      ? { subtotal: { greaterThanOrEqualToSubtotal: formatAmount(wish.minimum) } }
      : wish.minimumQuantity !== null
        ? { quantity: { greaterThanOrEqualToQuantity: String(wish.minimumQuantity) } }
        : null;
  const common = {
    title: wish.code,
    code: wish.code,
    startsAt: wish.startsAt.toISOString(),
    endsAt: wish.endsAt?.toISOString() ?? null,
    usageLimit: wish.usageLimit,
    appliesOncePerCustomer: wish.isOncePerCustomer,
    context: { all: 'ALL' },
    ...(minimumRequirement === null ? {} : { minimumRequirement }),
  };
  if (wish.kind === 'free_shipping') return { ...common, destination: { all: true } };
  const value =
    wish.kind === 'percent'
      ? { percentage: (wish.percent ?? 0) / 100 }
      : {
          discountAmount: {
            amount: wish.amount === null ? '0' : formatAmount(wish.amount),
            appliesOnEachItem: false,
          },
        };
  return { ...common, customerGets: { value, items: itemsOf(wish) } };
}

function itemsOf({ scope }: ShopCodeWish): Record<string, unknown> {
  switch (scope.kind) {
    case 'all':
      return { all: true };
    case 'products':
      return { products: { productsToAdd: scope.ids } };
    case 'collections':
      return { collections: { add: scope.ids } };
  }
}

/** A discount may have many codes; each is one here. */
function toCodes(node: payloads.CodeNode): ShopCode[] {
  const discount = node.codeDiscount;
  if (discount === null) return [];
  const value = discount.customerGets?.value ?? null;
  const percent = value?.percentage == null ? null : Math.round(Math.abs(value.percentage) * 10_000) / 100;
  const amount = value?.amount ?? null;
  const kind =
    discount.__typename === 'DiscountCodeFreeShipping'
      ? ('free_shipping' as const)
      : percent !== null
        ? ('percent' as const)
        : amount !== null
          ? ('fixed' as const)
          : null;
  const codes = discount.codes?.nodes ?? [];
  return codes.map(({ code }) => ({
    externalId: node.id,
    code,
    kind,
    percent,
    amount: amountIn(amount),
    startsAt: dateOf(discount.startsAt),
    endsAt: dateOf(discount.endsAt),
    usageLimit: discount.usageLimit,
    isLive: discount.status === null || discount.status === 'ACTIVE' || discount.status === 'SCHEDULED',
    // The count is the discount's: with several codes it says nothing of one of them.
    uses: codes.length === 1 ? discount.asyncUsageCount : null,
    key: node.metafield?.value ?? null,
  }));
}

function amountIn(amount: { amount: string | null; currencyCode: string | null } | null): Money | null {
  if (amount?.amount == null || amount.currencyCode === null || !isKnownCurrency(amount.currencyCode)) return null;
  try {
    return parseAmount(amount.amount.replace('-', ''), amount.currencyCode);
  } catch {
    return null;
  }
}

function dateOf(text: string | null): Date | null {
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at);
}

function sameText(a: string, b: string): boolean {
  return a.trim().toUpperCase() === b.trim().toUpperCase();
}
