import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';

export const shopKinds = ['shopify', 'woocommerce'] as const;
export const shopKindSchema = z.enum(shopKinds);
export type ShopKind = z.infer<typeof shopKindSchema>;
export const shopNames: Record<ShopKind, string> = { shopify: 'Shopify', woocommerce: 'WooCommerce' };

/** What a kind of shop gives and needs: the same for every workspace. */
export const shopAboutSchema = z.object({
  gives: z.array(z.string()),
  lacks: z.array(z.string()),
  steps: z.array(z.string()).describe('How to get what it needs'),
  scopes: z.array(z.string()),
  documents: z.array(z.string()),
  fields: z.array(
    z.object({ key: z.string(), label: z.string(), help: z.string(), isSecret: z.boolean(), isOptional: z.boolean() }),
  ),
});
export type ShopAbout = z.infer<typeof shopAboutSchema>;

export const shopSchema = z
  .object({
    id: z.string(),
    kind: shopKindSchema,
    address: z.string(),
    name: z.string(),
    currency: z.string().nullable(),
    state: z.enum(['working', 'failing', 'off']).describe('failing: somebody must act; off: disconnected'),
    message: z.string().nullable(),
    products: z.number().int().describe('On sale now'),
    sync: z.object({
      isRunning: z.boolean(),
      endedAt: z.string().nullable(),
      variants: z.number().int().nullable(),
      gone: z.number().int().nullable().describe('Products no longer there, found by the last reading'),
      message: z.string().nullable(),
    }),
    connectedAt: z.string(),
  })
  .meta({ id: 'Shop' });
export type Shop = z.infer<typeof shopSchema>;

const shopId = z.string().min(1).max(60);

export const listShops = endpoint({
  name: 'shops.list',
  method: 'GET',
  path: '/shops',
  access: 'campaigns:read',
  summary: 'Connected shops, and what each kind gives and needs',
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
  summary: 'Connect a shop or give a connected one a new key; it is tried first, and its products are read',
  input: z.object({
    kind: shopKindSchema,
    values: z
      .record(z.string().max(60), z.string().max(4000))
      .describe('By the keys the kind names; secrets are kept sealed'),
  }),
  output: shopSchema,
});

export const testShop = endpoint({
  name: 'shops.test',
  method: 'POST',
  path: '/shops/:shopId/test',
  access: 'campaigns:write',
  summary: 'Ask the shop once whether the key works',
  input: z.object({ shopId }),
  output: z.object({ isWorking: z.boolean(), message: z.string() }),
});

export const syncShop = endpoint({
  name: 'shops.sync',
  method: 'POST',
  path: '/shops/:shopId/sync',
  access: 'campaigns:write',
  summary: 'Read the products of a shop again, in the background',
  input: z.object({ shopId }),
  output: shopSchema,
});

export const disconnectShop = endpoint({
  name: 'shops.disconnect',
  method: 'DELETE',
  path: '/shops/:shopId',
  access: 'workspace:write',
  summary: 'Forget the key of a shop; its products can no longer be chosen, parcels and their history stay',
  input: z.object({ shopId }),
});
