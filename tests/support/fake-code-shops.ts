import type { ReplayAnswer, ReplayRequest } from './replay-server.ts';

type Json = Record<string, unknown>;

interface Discount {
  id: string;
  input: Json & { code: string; endsAt: string | null; usageLimit: number | null };
  isActive: boolean;
  key: string | null;
  isShipping: boolean;
}

/** Discounts of a Shopify store, after the payloads of its documents. */
class Discounts {
  discounts: Discount[] = [];
  scopes = ['write_discounts', 'read_products', 'read_orders'];
  token = 'shpat_test';
  /** Said to the next creations instead of carrying them out. */
  refuse: { field: string[]; code: string; message: string } | null = null;
  /** So many answers say that the bucket is empty. */
  throttles = 0;

  answer(request: ReplayRequest): ReplayAnswer {
    if (request.headers['x-shopify-access-token'] !== this.token)
      return {
        status: 401,
        body: { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' },
      };
    if (this.throttles > 0) {
      this.throttles -= 1;
      const extensions = {
        cost: {
          requestedQueryCost: 10,
          throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 0, restoreRate: 100 },
        },
      };
      return { body: { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], extensions } };
    }
    const { query, variables } = JSON.parse(request.body) as { query: string; variables: Json };
    return {
      body: { data: this.data(query, variables), extensions: { cost: { requestedQueryCost: 10 } }, newField: 1 },
    };
  }

  private data(query: string, variables: Json): unknown {
    if (query.includes('currentAppInstallation'))
      return {
        shop: {
          name: 'Oat Whistle',
          currencyCode: 'EUR',
          primaryDomain: { url: 'https://oat.example' },
          plan: 'unknown',
        },
        currentAppInstallation: { accessScopes: this.scopes.map((handle) => ({ handle })) },
      };
    if (query.includes('codeDiscountNodeByCode(')) {
      const found = this.discounts.find((one) => one.input.code.toUpperCase() === String(variables.code).toUpperCase());
      return { codeDiscountNodeByCode: found === undefined ? null : nodeOf(found) };
    }
    if (query.includes('codeDiscountNodes('))
      return {
        codeDiscountNodes: { nodes: this.discounts.map(nodeOf), pageInfo: { hasNextPage: false, endCursor: null } },
      };
    const found = this.discounts.find((one) => one.id === variables.id);
    if (query.includes('Create('))
      return { made: this.create(variables.input as Json, query.includes('FreeShipping')) };
    if (found === undefined)
      return {
        made: {
          codeDiscountNode: null,
          userErrors: [{ field: ['id'], code: null, message: 'Discount does not exist' }],
        },
      };
    if (query.includes('Update(')) Object.assign(found.input, variables.input);
    if (query.includes('Activate(')) found.isActive = true;
    if (query.includes('Deactivate(')) found.isActive = false;
    return { made: { codeDiscountNode: { id: found.id }, userErrors: [] } };
  }

  private create(input: Json, isShipping: boolean): unknown {
    if (this.refuse !== null) return { codeDiscountNode: null, userErrors: [this.refuse] };
    const code = String(input.code);
    if (this.discounts.some((one) => one.input.code.toUpperCase() === code.toUpperCase()))
      return {
        codeDiscountNode: null,
        userErrors: [
          {
            field: ['basicCodeDiscount', 'code'],
            code: 'TAKEN',
            message: 'Code must be unique. Please try a different code.',
          },
        ],
      };
    const [marker] = (input.metafields ?? []) as { value: string }[];
    const discount: Discount = {
      id: `gid://shopify/DiscountCodeNode/${this.discounts.length + 1}`,
      input: input as Discount['input'],
      isActive: true,
      key: marker?.value ?? null,
      isShipping,
    };
    this.discounts.push(discount);
    return { codeDiscountNode: { id: discount.id }, userErrors: [] };
  }
}

function nodeOf(one: Discount): unknown {
  const value = (one.input.customerGets as { value?: Json } | undefined)?.value;
  const amount = (value?.discountAmount as { amount?: string } | undefined)?.amount;
  return {
    id: one.id,
    metafield: one.key === null ? null : { value: one.key, somethingNew: true },
    codeDiscount: {
      __typename: one.isShipping ? 'DiscountCodeFreeShipping' : 'DiscountCodeBasic',
      title: one.input.title,
      status: one.isActive ? 'ACTIVE' : 'EXPIRED',
      startsAt: one.input.startsAt,
      endsAt: one.input.endsAt,
      usageLimit: one.input.usageLimit,
      asyncUsageCount: 3,
      codes: { nodes: [{ code: one.input.code }] },
      ...(one.isShipping
        ? {}
        : {
            customerGets: {
              value:
                amount === undefined ? { percentage: value?.percentage } : { amount: { amount, currencyCode: 'EUR' } },
            },
          }),
    },
  };
}

interface Coupon extends Json {
  id: number;
  code: string;
  amount: string;
  date_expires_gmt: string | null;
}

/** Coupons of a WooCommerce shop, after its REST documents. */
class Coupons {
  coupons: Coupon[] = [];

  add(given: Json): Coupon {
    const coupon = {
      id: 100 + this.coupons.length,
      code: '',
      amount: '0.00',
      status: 'publish',
      discount_type: 'fixed_cart',
      date_expires_gmt: null,
      usage_count: 0,
      usage_limit: null,
      free_shipping: false,
      meta_data: [],
      plugin_field: { any: 'thing' },
      ...given,
    } as unknown as Coupon;
    // The shop keeps codes in small letters.
    coupon.code = coupon.code.toLowerCase();
    this.coupons.push(coupon);
    return coupon;
  }

  answer({ path, query, method, body, headers }: ReplayRequest): ReplayAnswer {
    if (headers.authorization !== `Basic ${Buffer.from('ck_1:cs_1').toString('base64')}`)
      return {
        status: 401,
        body: {
          code: 'woocommerce_rest_cannot_view',
          message: 'Sorry, you cannot list resources.',
          data: { status: 401 },
        },
      };
    const at = path.replace('/wp-json', '');
    if (at === '/') return { body: { name: 'Woo Whistle' } };
    if (at.endsWith('woocommerce_currency')) return { body: { id: 'woocommerce_currency', value: 'EUR' } };
    const id = /^\/wc\/v3\/coupons\/(\d+)$/.exec(at)?.[1];
    if (id !== undefined) return this.one(Number(id), method, body);
    if (method !== 'POST') {
      const code = query.get('code')?.toLowerCase();
      return {
        body: this.coupons.filter((one) => code === undefined || one.code === code),
        headers: { 'x-wp-totalpages': '1' },
      };
    }
    const input = JSON.parse(body) as Json;
    if (this.coupons.some((one) => one.code === String(input.code).toLowerCase()))
      return {
        status: 400,
        body: {
          code: 'woocommerce_rest_coupon_code_already_exists',
          message: 'The coupon code already exists',
          data: { status: 400 },
        },
      };
    return { status: 201, body: this.add(input) };
  }

  private one(id: number, method: string, body: string): ReplayAnswer {
    const coupon = this.coupons.find((one) => one.id === id);
    if (coupon === undefined)
      return {
        status: 404,
        body: { code: 'woocommerce_rest_shop_coupon_invalid_id', message: 'Invalid ID.', data: { status: 404 } },
      };
    if (method === 'POST') Object.assign(coupon, JSON.parse(body));
    return { body: coupon };
  }
}

/** Coupons and promotion codes of a Stripe account, after its documents, with idempotency keys. */
class Promotions {
  coupons: Json[] = [];
  promotions: (Json & { id: string; code: string; active: boolean })[] = [];
  private readonly answers = new Map<string, ReplayAnswer>();

  answer(request: ReplayRequest): ReplayAnswer {
    const { path, query, method, headers, body } = request;
    if (headers.authorization !== 'Bearer rk_test')
      return {
        status: 401,
        body: { error: { message: 'Invalid API Key provided: rk_****', type: 'invalid_request_error' } },
      };
    const key = headers['idempotency-key'];
    const before = typeof key === 'string' ? this.answers.get(key) : undefined;
    if (before !== undefined) return before;
    const answer = this.carryOut(path, method, { query, form: new URLSearchParams(body) });
    if (typeof key === 'string' && (answer.status ?? 200) < 300) this.answers.set(key, answer);
    return answer;
  }

  private carryOut(path: string, method: string, of: { query: URLSearchParams; form: URLSearchParams }): ReplayAnswer {
    const { query, form } = of;
    if (path === '/v1/account')
      return {
        body: {
          id: 'acct_1',
          object: 'account',
          default_currency: 'eur',
          settings: { dashboard: { display_name: 'Stripe Whistle' } },
        },
      };
    if (path === '/v1/coupons' && method === 'GET') return { body: { data: this.coupons } };
    if (path === '/v1/coupons') {
      const coupon = {
        id: `co_${this.coupons.length + 1}`,
        name: form.get('name'),
        percent_off: form.has('percent_off') ? Number(form.get('percent_off')) : null,
        amount_off: form.has('amount_off') ? Number(form.get('amount_off')) : null,
        currency: form.get('currency'),
      };
      this.coupons.push(coupon);
      return { body: coupon };
    }
    const id = /^\/v1\/promotion_codes\/(\w+)$/.exec(path)?.[1];
    if (id !== undefined) {
      const found = this.promotions.find((one) => one.id === id);
      if (found === undefined)
        return { status: 404, body: { error: { message: 'No such promotion code', code: 'resource_missing' } } };
      if (form.has('active')) found.active = form.get('active') === 'true';
      return { body: found };
    }
    if (method !== 'POST') {
      const code = query.get('code');
      const data = this.promotions.filter((one) => code === null || one.code === code);
      return { body: { object: 'list', data, has_more: false } };
    }
    const code = form.get('code') ?? '';
    if (this.promotions.some((one) => one.active && one.code === code))
      return {
        status: 400,
        body: {
          error: { message: 'An active promotion code with `code` already exists.', type: 'invalid_request_error' },
        },
      };
    const metadata: Json = {};
    for (const [name, value] of form) {
      const key = /^metadata\[(\w+)\]$/.exec(name)?.[1];
      if (key !== undefined) metadata[key] = value;
    }
    const promotion = {
      id: `promo_${this.promotions.length + 1}`,
      code,
      active: true,
      coupon: this.coupons.find((one) => one.id === form.get('coupon')) ?? null,
      expires_at: form.has('expires_at') ? Number(form.get('expires_at')) : null,
      max_redemptions: form.has('max_redemptions') ? Number(form.get('max_redemptions')) : null,
      times_redeemed: 0,
      metadata,
      livemode: false,
    };
    this.promotions.push(promotion);
    return { body: promotion };
  }
}

/** Three shops behind one server, told apart by the host that was asked for; changes may lose their answer. */
export class FakeCodeShops {
  shopify = new Discounts();
  woo = new Coupons();
  stripe = new Promotions();
  now = new Date();
  /** Carries out the next change and answers as if nobody was there. */
  loseNextChange = false;

  answer(request: ReplayRequest): ReplayAnswer {
    const shop = request.origin.includes('myshopify')
      ? this.shopify
      : request.origin.includes('stripe')
        ? this.stripe
        : this.woo;
    const isCreation =
      request.method === 'POST' &&
      !/query \(|\{ shop|\/(coupons|promotion_codes)\/\w+$/.test(`${request.path} ${request.body.slice(0, 60)}`);
    const answer = shop.answer(request);
    if (!this.loseNextChange || !isCreation) return answer;
    this.loseNextChange = false;
    return { status: 504, body: 'Gateway timeout' };
  }

  /** Codes of a shop that can be used. */
  codesOf(kind: 'shopify' | 'woo' | 'stripe'): string[] {
    if (kind === 'shopify') return this.shopify.discounts.map((one) => one.input.code);
    if (kind === 'woo') return this.woo.coupons.map((one) => one.code.toUpperCase());
    return this.stripe.promotions.filter((one) => one.active).map((one) => one.code);
  }
}
