import type { ReplayAnswer, ReplayRequest } from './replay-server.ts';

interface FakeVariant {
  id: string;
  sku: string;
  price: string;
  cost: string | null;
  stock: number;
  product: { id: string; title: string; status: string };
  options: { name: string; value: string }[];
}

interface FakeDraft {
  id: string;
  tags: string[];
  input: Record<string, unknown>;
  order: { id: string; name: string } | null;
}

/** What a Shopify store answers, after the payloads of its documents: products, draft orders, orders; with faults to be switched on. */
export class FakeShopify {
  variants: FakeVariant[] = [];
  drafts: FakeDraft[] = [];
  /** By order id. */
  fulfilments = new Map<string, Record<string, unknown>[]>();
  cancelled = new Map<string, string>();
  /** Asked before each request: an answer instead of the store's own, or `lose` to carry it out and lose the answer. */
  trouble: (query: string) => ReplayAnswer | 'lose' | null = () => null;
  scopes = ['read_products', 'read_inventory', 'read_orders', 'write_draft_orders'];
  token = 'shpat_test';
  pageRows = 2;

  get orders(): { id: string; name: string }[] {
    return this.drafts.flatMap((draft) => draft.order ?? []);
  }

  add(product: string, given: Partial<FakeVariant> = {}): string {
    const at = this.variants.length + 1;
    const id = `gid://shopify/ProductVariant/${at}`;
    this.variants.push({
      id,
      sku: `SKU-${at}`,
      price: '24.00',
      cost: '6.50',
      stock: 10,
      product: { id: `gid://shopify/Product/${product}`, title: product, status: 'ACTIVE' },
      options: [{ name: 'Title', value: 'Default Title' }],
      ...given,
    });
    return id;
  }

  answer(request: ReplayRequest): ReplayAnswer {
    if (request.headers['x-shopify-access-token'] !== this.token)
      return {
        status: 401,
        body: { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' },
      };
    const { query, variables } = JSON.parse(request.body) as { query: string; variables: Record<string, never> };
    const trouble = this.trouble(query);
    if (trouble !== null && trouble !== 'lose') return trouble;
    const data = this.data(query, variables);
    return trouble === 'lose'
      ? { status: 502, body: 'Bad gateway' }
      : { body: { data, extensions: { cost: { requestedQueryCost: 10 } }, unknown: 1 } };
  }

  private data(query: string, variables: Record<string, unknown>): unknown {
    if (query.includes('currentAppInstallation'))
      return {
        shop: { name: 'Oat Whistle', currencyCode: 'EUR', plan: 'unknown field' },
        currentAppInstallation: { accessScopes: this.scopes.map((handle) => ({ handle })) },
      };
    if (query.includes('productVariants('))
      return this.page(typeof variables.after === 'string' ? variables.after : null);
    if (query.includes('draftOrderCreate')) return this.create(variables.input as Record<string, unknown>);
    if (query.includes('draftOrderComplete')) return this.complete(String(variables.id));
    if (query.includes('draftOrders('))
      return {
        draftOrders: {
          nodes: this.drafts.filter((one) => String(variables.query).includes(one.tags[0] ?? '-')).map(draftOf),
        },
      };
    if (query.includes('draftOrder(id')) {
      const draft = this.drafts.find((one) => one.id === variables.id);
      return { draftOrder: draft === undefined ? null : draftOf(draft) };
    }
    const ids = variables.ids as string[];
    return { nodes: ids.map((id) => (id.includes('ProductVariant') ? this.stockOf(id) : this.orderOf(id))) };
  }

  private page(after: string | null): unknown {
    const from = after === null ? 0 : Number(after);
    const nodes = this.variants.slice(from, from + this.pageRows).map((one) => ({
      id: one.id,
      title: 'x',
      sku: one.sku,
      price: one.price,
      inventoryQuantity: one.stock,
      inventoryPolicy: 'DENY',
      selectedOptions: one.options,
      inventoryItem: {
        tracked: true,
        unitCost: one.cost === null ? null : { amount: one.cost, currencyCode: 'EUR' },
        measurement: { weight: { unit: 'KILOGRAMS', value: 0.25 } },
      },
      product: { ...one.product, productType: 'Drinks', description: '', featuredMedia: null },
    }));
    const to = from + nodes.length;
    return { productVariants: { nodes, pageInfo: { hasNextPage: to < this.variants.length, endCursor: String(to) } } };
  }

  private create(input: Record<string, unknown>): unknown {
    const address = input.shippingAddress as { zip: string };
    if (address.zip === '99999')
      return {
        draftOrderCreate: {
          draftOrder: null,
          userErrors: [{ field: ['input', 'shippingAddress', 'zip'], message: 'Zip is not valid for Germany' }],
        },
      };
    const draft: FakeDraft = {
      id: `gid://shopify/DraftOrder/${this.drafts.length + 1}`,
      tags: input.tags as string[],
      input,
      order: null,
    };
    this.drafts.push(draft);
    return { draftOrderCreate: { draftOrder: draftOf(draft), userErrors: [] } };
  }

  private complete(id: string): unknown {
    const draft = this.drafts.find((one) => one.id === id);
    if (draft === undefined || draft.order !== null)
      return {
        draftOrderComplete: { draftOrder: null, userErrors: [{ field: null, message: 'This order has been paid' }] },
      };
    const number = 1000 + this.orders.length + 1;
    draft.order = { id: `gid://shopify/Order/${number}`, name: `#${number}` };
    for (const line of draft.input.lineItems as { variantId: string; quantity: number }[]) {
      const variant = this.variants.find((one) => one.id === line.variantId);
      if (variant !== undefined) variant.stock -= line.quantity;
    }
    return { draftOrderComplete: { draftOrder: draftOf(draft), userErrors: [] } };
  }

  private stockOf(id: string): unknown {
    const variant = this.variants.find((one) => one.id === id);
    return variant === undefined
      ? null
      : {
          id,
          inventoryQuantity: variant.stock,
          inventoryPolicy: 'DENY',
          inventoryItem: { tracked: true },
          product: { status: variant.product.status },
        };
  }

  private orderOf(id: string): unknown {
    const order = this.orders.find((one) => one.id === id);
    if (order === undefined) return null;
    const fulfillments = this.fulfilments.get(id) ?? [];
    return {
      ...order,
      cancelledAt: this.cancelled.get(id) ?? null,
      displayFulfillmentStatus: fulfillments.length > 0 ? 'FULFILLED' : 'UNFULFILLED',
      fulfillments,
    };
  }
}

function draftOf(draft: FakeDraft): unknown {
  return {
    id: draft.id,
    status: draft.order === null ? 'OPEN' : 'COMPLETED',
    ready: true,
    tags: draft.tags,
    order: draft.order,
  };
}
