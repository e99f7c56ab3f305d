import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';

export const shopProductsSchema = z
  .object({
    shopId: z.string(),
    name: z.string(),
    products: z.number().int().describe('On sale now'),
    sync: z.object({
      isRunning: z.boolean(),
      endedAt: instantSchema.nullable(),
      variants: z.number().int().nullable(),
      gone: z.number().int().nullable().describe('Products no longer there, found by the last reading'),
      message: z.string().nullable(),
    }),
  })
  .meta({ id: 'ShopProducts' });
export type ShopProducts = z.infer<typeof shopProductsSchema>;

export const listShopProducts = endpoint({
  name: 'shop-products.list',
  method: 'GET',
  path: '/shop-products',
  access: 'campaigns:read',
  summary: 'Shops whose products creators may choose: how many are on sale and when they were read',
  output: z.array(shopProductsSchema),
});

export const syncShopProducts = endpoint({
  name: 'shop-products.sync',
  method: 'POST',
  path: '/shop-products/:shopId/sync',
  access: 'campaigns:write',
  summary: 'Read the products of a shop again, in the background',
  input: z.object({ shopId: z.string().min(1).max(60) }),
  output: shopProductsSchema,
});
