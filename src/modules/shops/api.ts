import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';

export const shopKinds = ['shopify', 'woocommerce', 'stripe'] as const;
export const shopKindSchema = z.enum(shopKinds);
export type ShopKind = z.infer<typeof shopKindSchema>;
export const shopNames: Record<ShopKind, string> = { shopify: 'Shopify', woocommerce: 'WooCommerce', stripe: 'Stripe' };

/** What a connected shop is used for; each may be switched on by itself. */
export const shopUses = ['products', 'codes', 'orders'] as const;
export const shopUseSchema = z.enum(shopUses);
export type ShopUse = z.infer<typeof shopUseSchema>;
export const shopUseNames: Record<ShopUse, string> = {
  products: 'Products and gifts',
  codes: 'Discount codes',
  orders: 'Past orders',
};

/** What a kind of shop gives and needs: the same for every workspace. */
export const shopAboutSchema = z.object({
  uses: z.array(
    z.object({
      use: shopUseSchema,
      gives: z.array(z.string()),
      lacks: z.array(z.string()).describe('What this kind of shop cannot do'),
      scopes: z.array(z.string()).describe('What the key must be allowed'),
    }),
  ),
  steps: z.array(z.string()).describe('How to get the key'),
  documents: z.array(z.string()),
  fields: z.array(
    z.object({ key: z.string(), label: z.string(), help: z.string(), isSecret: z.boolean(), isOptional: z.boolean() }),
  ),
});
export type ShopAbout = z.infer<typeof shopAboutSchema>;

export const shopStates = ['working', 'failing', 'off'] as const;
export const shopStateSchema = z.enum(shopStates).describe('failing: somebody must act; off: let go');

export const shopSchema = z
  .object({
    id: z.string(),
    kind: shopKindSchema,
    address: z.string(),
    name: z.string(),
    currency: z.string().nullable(),
    storefront: z.string().nullable().describe('Where customers see the shop, for links that apply a code'),
    state: shopStateSchema,
    message: z.string().nullable(),
    uses: z
      .array(
        z.object({
          use: shopUseSchema,
          isOn: z.boolean(),
          lacks: z
            .array(z.string())
            .describe(
              'What the key may not do and this use needs, by name; empty where nothing is known to be missing',
            ),
        }),
      )
      .describe('All that this kind of shop can be used for'),
    hasTwoKeys: z
      .boolean()
      .describe(
        'Connected twice before there was one key: codes and past orders keep theirs until a new one is entered',
      ),
    connectedAt: instantSchema,
  })
  .meta({ id: 'Shop' });
export type Shop = z.infer<typeof shopSchema>;

const shopId = z.string().min(1).max(60);
const usesSchema = z.array(shopUseSchema).min(1).max(shopUses.length);

export const listShops = endpoint({
  name: 'shops.list',
  method: 'GET',
  path: '/shops',
  access: 'workspace:read',
  summary: 'Connected shops with what they are used for, and what each kind gives and needs',
  output: z.object({
    shops: z.array(shopSchema),
    kinds: z.array(z.object({ kind: shopKindSchema, name: z.string(), about: shopAboutSchema })),
  }),
});

export const connectShop = endpoint({
  name: 'shops.connect',
  method: 'POST',
  path: '/shops',
  access: 'workspace:write',
  summary:
    'Connect a shop or give a connected one a new key; it is tried first, and what it may not do is said by name',
  input: z.object({
    kind: shopKindSchema,
    values: z
      .record(z.string().max(60), z.string().max(4000))
      .describe('By the keys the kind names; secrets are kept sealed'),
    uses: usesSchema
      .optional()
      .describe('What it is used for; as before, or all that the key may do for a new shop, when left out'),
  }),
  output: shopSchema,
});

export const updateShop = endpoint({
  name: 'shops.update',
  method: 'PATCH',
  path: '/shops/:shopId',
  access: 'workspace:write',
  summary: 'Say what a shop is used for, and where its customers see it',
  input: z.object({
    shopId,
    uses: usesSchema.optional(),
    storefront: z
      .url({ protocol: /^https?$/ })
      .max(300)
      .nullable()
      .optional(),
  }),
  output: shopSchema,
});

export const testShop = endpoint({
  name: 'shops.test',
  method: 'POST',
  path: '/shops/:shopId/test',
  access: 'campaigns:write',
  summary: 'Ask the shop once whether the key works and what it may do',
  input: z.object({ shopId }),
  output: z.object({ isWorking: z.boolean(), message: z.string(), shop: shopSchema }),
});

export const whatShopStops = endpoint({
  name: 'shops.what-stops',
  method: 'GET',
  path: '/shops/:shopId/what-stops',
  access: 'workspace:read',
  summary: 'What would stop if the shop were let go, by use',
  input: z.object({ shopId }),
  output: z.array(z.object({ use: shopUseSchema, text: z.string() })),
});

export const disconnectShop = endpoint({
  name: 'shops.disconnect',
  method: 'DELETE',
  path: '/shops/:shopId',
  access: 'workspace:write',
  summary: 'Let a shop go: its key is forgotten, products, parcels, codes and orders stay with their history',
  input: z.object({ shopId }),
});
