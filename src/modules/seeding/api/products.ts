import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { pageInput, pageOf } from '#kernel/page.ts';

export const variantSchema = z
  .object({
    id: z.string(),
    sku: z.string().nullable(),
    title: z.string().describe('Its options in words, such as "Sand / M"; empty when there is one variant'),
    options: z.record(z.string(), z.string()),
    cost: moneySchema.nullable().describe('Cost of goods; null when not known'),
    price: moneySchema.nullable().describe('Retail price; never used for costs'),
    stock: z.number().int().nullable().describe('Null when it is not counted'),
    held: z.number().int().describe('Chosen by creators and not sent yet'),
    available: z.number().int().nullable().describe('Stock less what is held; null when it is not counted'),
    weightGrams: z.number().int().nullable(),
    state: z.enum(['active', 'gone']),
  })
  .meta({ id: 'ProductVariant' });
export type ProductVariant = z.infer<typeof variantSchema>;

export const productSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    category: z.string().nullable(),
    description: z.string().nullable(),
    shop: z.object({ id: z.string(), name: z.string() }).nullable().describe('Null for an own product'),
    shipsTo: z.array(z.string()).nullable().describe('Two-letter codes of countries; null is everywhere'),
    pictureId: z.string().nullable().describe('Changes with the picture; null when there is none'),
    state: z.enum(['active', 'gone']).describe('gone: deleted or taken from sale in its shop, or put away here'),
    variants: z.array(variantSchema),
    updatedAt: z.string(),
  })
  .meta({ id: 'Product' });
export type Product = z.infer<typeof productSchema>;

export const variantsMax = 250;
const productId = z.string().min(1).max(60);
const name = z.string().trim().min(1, 'A product needs a name').max(200);
const category = z.string().trim().min(1).max(100).nullable();
const description = z.string().trim().max(2000).nullable();
const shipsTo = z
  .array(z.string().trim().toUpperCase().length(2, 'A two-letter code of a country'))
  .max(250)
  .nullable();

const variantInput = z.object({
  variantId: z.string().max(60).optional().describe('Of a variant that is there; left out for a new one'),
  sku: z.string().trim().min(1).max(100).nullable().default(null),
  options: z.record(z.string().trim().min(1).max(50), z.string().trim().min(1).max(100)).default({}),
  cost: moneySchema.nullable().default(null),
  price: moneySchema.nullable().default(null),
  stock: z.number().int().min(0).max(1_000_000).nullable().default(null),
  weightGrams: z.number().int().min(0).max(1_000_000).nullable().default(null),
});
export type VariantInput = z.infer<typeof variantInput>;

export const listProducts = endpoint({
  name: 'products.list',
  method: 'GET',
  path: '/products',
  access: 'campaigns:read',
  summary: 'The catalogue by name: own products and those of connected shops',
  input: z.object({
    ...pageInput,
    q: z.string().max(100).optional().describe('Part of a name or SKU'),
    category: z.string().max(100).optional(),
    shopId: z.string().max(60).optional().describe('`own` lists the products of no shop'),
    state: z.enum(['active', 'gone', 'all']).default('active'),
  }),
  output: pageOf(productSchema).extend({
    total: z.number().int(),
    categories: z.array(z.string()).describe('All that occur'),
  }),
});

export const getProduct = endpoint({
  name: 'products.get',
  method: 'GET',
  path: '/products/:productId',
  access: 'campaigns:read',
  summary: 'One product with its variants',
  input: z.object({ productId }),
  output: productSchema,
});

export const createProduct = endpoint({
  name: 'products.create',
  method: 'POST',
  path: '/products',
  access: 'campaigns:write',
  summary: 'Add a product of your own with its variants',
  input: z.object({
    name,
    category: category.default(null),
    description: description.default(null),
    shipsTo: shipsTo.default(null),
    variants: z.array(variantInput).min(1, 'A product needs at least one variant').max(variantsMax),
  }),
  output: productSchema,
});

export const updateProduct = endpoint({
  name: 'products.update',
  method: 'PATCH',
  path: '/products/:productId',
  access: 'campaigns:write',
  summary: 'Change a product; of one from a shop only cost of goods and countries, the rest is the shop’s',
  input: z.object({
    productId,
    name: name.optional(),
    category: category.optional(),
    description: description.optional(),
    shipsTo: shipsTo.optional(),
    state: z.enum(['active', 'gone']).optional().describe('gone puts it away, active brings it back'),
    variants: z
      .array(variantInput)
      .min(1)
      .max(variantsMax)
      .optional()
      .describe('All variants; those left out are put away'),
    costs: z
      .array(z.object({ variantId: z.string().max(60), cost: moneySchema.nullable() }))
      .max(variantsMax)
      .optional()
      .describe('Cost of goods of single variants'),
  }),
  output: productSchema,
});

export const uploadProductPicture = endpoint({
  name: 'products.uploadPicture',
  method: 'POST',
  path: '/products/:productId/picture',
  access: 'campaigns:write',
  transport: 'upload',
  summary: 'Give a product a picture (JPEG, PNG, WebP, AVIF or GIF, at most 10 MB)',
  input: z.object({ productId, fileName: z.string().max(200).default('picture') }),
  output: productSchema,
});

export const getProductPicture = endpoint({
  name: 'products.picture',
  method: 'GET',
  path: '/products/:productId/picture',
  access: 'campaigns:read',
  transport: 'download',
  summary: 'The small picture of a product',
  input: z.object({ productId, pictureId: z.string().max(60).optional() }),
});

export const productImportSchema = z
  .object({
    isDryRun: z.boolean(),
    read: z.number().int().describe('Rows below the header'),
    products: z.object({ created: z.number().int(), updated: z.number().int() }),
    variants: z.object({ created: z.number().int(), updated: z.number().int(), unchanged: z.number().int() }),
    errorsTotal: z.number().int(),
    errors: z.array(z.object({ row: z.number().int(), field: z.string(), message: z.string() })),
    ignoredColumns: z.array(z.string()),
  })
  .meta({ id: 'ProductImport' });
export type ProductImport = z.infer<typeof productImportSchema>;

export const importProducts = endpoint({
  name: 'products.import',
  method: 'POST',
  path: '/products/import',
  access: 'campaigns:write',
  transport: 'upload',
  summary:
    'Import own products from CSV, a variant a row; rows with errors are told and left out, the same file again changes nothing',
  input: z.object({
    dryRun: z.boolean().default(false).describe('Only say what would happen'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional()
      .describe('Of amounts without one; else the workspace’s'),
  }),
  output: productImportSchema,
});

export const exportProducts = endpoint({
  name: 'products.export',
  method: 'GET',
  path: '/products.csv',
  access: 'campaigns:read',
  transport: 'download',
  summary: 'The catalogue as CSV, in the columns the import reads',
  input: z.object({ shopId: z.string().max(60).optional() }),
});
