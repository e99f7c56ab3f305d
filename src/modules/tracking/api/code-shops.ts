import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';
import { read, write } from './shared.ts';

export const codeShopKinds = ['shopify', 'woocommerce', 'stripe'] as const;
export const codeShopKindSchema = z.enum(codeShopKinds);
export type CodeShopKind = z.infer<typeof codeShopKindSchema>;
export const codeShopNames: Record<CodeShopKind, string> = {
  shopify: 'Shopify',
  woocommerce: 'WooCommerce',
  stripe: 'Stripe',
};

export const codeShopAboutSchema = z.object({
  lacks: z.array(z.string()).describe('What codes of this kind of shop cannot do'),
  steps: z.array(z.string()).describe('How to get the key'),
  scopes: z.array(z.string()),
  documents: z.array(z.string()),
  fields: z.array(
    z.object({ key: z.string(), label: z.string(), help: z.string(), isSecret: z.boolean(), isOptional: z.boolean() }),
  ),
});
export type CodeShopAbout = z.infer<typeof codeShopAboutSchema>;

export const codeShopSchema = z
  .object({
    id: z.string(),
    kind: codeShopKindSchema,
    address: z.string(),
    name: z.string(),
    currency: z.string().nullable(),
    storefront: z.string().nullable().describe('Where customers see the shop, for links that apply a code'),
    state: z.enum(['working', 'failing', 'off']).describe('failing: somebody must act; off: disconnected'),
    message: z.string().nullable(),
    isDefault: z.boolean().describe('Every new code is made here too'),
    codes: z.object({ made: z.int(), waiting: z.int(), failed: z.int() }),
    sync: z.object({
      isRunning: z.boolean(),
      endedAt: instantSchema.nullable(),
      read: z.int().nullable(),
      added: z.int().nullable(),
      message: z.string().nullable(),
    }),
    connectedAt: instantSchema,
  })
  .meta({ id: 'CodeShop' });
export type CodeShop = z.infer<typeof codeShopSchema>;

const shopId = z.string().min(1).max(60);
export const listCodeShops = endpoint({
  name: 'code-shops.list',
  method: 'GET',
  path: '/code-shops',
  access: read,
  summary: 'Shops in which codes are made, and the kinds that can be connected',
  output: z.object({
    shops: z.array(codeShopSchema),
    kinds: z.array(z.object({ kind: codeShopKindSchema, name: z.string(), about: codeShopAboutSchema })),
  }),
});
export const connectCodeShop = endpoint({
  name: 'code-shops.connect',
  method: 'POST',
  path: '/code-shops',
  access: 'workspace:write',
  summary: 'Connect a shop for codes, or give a connected one a new key; the key is tried first',
  input: z.object({
    kind: codeShopKindSchema,
    values: z
      .record(z.string().max(60), z.string().max(4000))
      .describe('By the keys the kind names; secrets are kept sealed'),
  }),
  output: codeShopSchema,
});
export const updateCodeShop = endpoint({
  name: 'code-shops.update',
  method: 'PATCH',
  path: '/code-shops/:shopId',
  access: write,
  summary: 'Say whether every new code is made in a shop, and where its customers see it',
  input: z.object({
    shopId,
    isDefault: z.boolean().optional(),
    storefront: z
      .url({ protocol: /^https?$/ })
      .max(300)
      .nullable()
      .optional(),
  }),
  output: codeShopSchema,
});
export const testCodeShop = endpoint({
  name: 'code-shops.test',
  method: 'POST',
  path: '/code-shops/:shopId/test',
  access: write,
  summary: 'Ask the shop whether its key still works',
  input: z.object({ shopId }),
  output: z.object({ isWorking: z.boolean(), message: z.string() }),
});
export const syncCodeShop = endpoint({
  name: 'code-shops.sync',
  method: 'POST',
  path: '/code-shops/:shopId/sync',
  access: write,
  summary: 'Read the codes a shop has; new ones are taken in without a creator',
  input: z.object({ shopId }),
  output: codeShopSchema,
});
export const disconnectCodeShop = endpoint({
  name: 'code-shops.disconnect',
  method: 'POST',
  path: '/code-shops/:shopId/disconnect',
  access: 'workspace:write',
  summary: 'Forget the key of a shop; its codes stay there and here',
  input: z.object({ shopId }),
  output: codeShopSchema,
});
export const findShopItems = endpoint({
  name: 'code-shops.items',
  method: 'GET',
  path: '/code-shops/:shopId/items',
  access: read,
  summary: 'Products or collections of a shop by name, to limit a code to',
  input: z.object({ shopId, kind: z.enum(['products', 'collections']), q: z.string().max(100).default('') }),
  output: z.array(z.object({ externalId: z.string(), name: z.string() })),
});
