import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';
import { shopKindSchema, shopStateSchema } from '#modules/shops/api.ts';
import { read, write } from './shared.ts';

export const codeShopSchema = z
  .object({
    id: z.string(),
    kind: shopKindSchema,
    name: z.string(),
    storefront: z.string().nullable().describe('Where customers see the shop, for links that apply a code'),
    state: shopStateSchema,
    isDefault: z.boolean().describe('Every new code is made here too'),
    codes: z.object({ made: z.int(), waiting: z.int(), failed: z.int() }),
    sync: z.object({
      isRunning: z.boolean(),
      endedAt: instantSchema.nullable(),
      read: z.int().nullable(),
      added: z.int().nullable(),
      message: z.string().nullable(),
    }),
  })
  .meta({ id: 'CodeShop' });
export type CodeShop = z.infer<typeof codeShopSchema>;

const shopId = z.string().min(1).max(60);
export const listCodeShops = endpoint({
  name: 'code-shops.list',
  method: 'GET',
  path: '/code-shops',
  access: read,
  summary: 'Connected shops in which codes are made, with how many wait or failed',
  output: z.object({ shops: z.array(codeShopSchema) }),
});
export const updateCodeShop = endpoint({
  name: 'code-shops.update',
  method: 'PATCH',
  path: '/code-shops/:shopId',
  access: write,
  summary: 'Say whether every new code is made in a shop',
  input: z.object({
    shopId,
    isDefault: z.boolean(),
  }),
  output: codeShopSchema,
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
export const findShopItems = endpoint({
  name: 'code-shops.items',
  method: 'GET',
  path: '/code-shops/:shopId/items',
  access: read,
  summary: 'Products or collections of a shop by name, to limit a code to',
  input: z.object({ shopId, kind: z.enum(['products', 'collections']), q: z.string().max(100).default('') }),
  output: z.array(z.object({ externalId: z.string(), name: z.string() })),
});
