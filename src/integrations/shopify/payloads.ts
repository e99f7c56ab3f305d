import { z } from 'zod';
import { lenient } from '../call-api.ts';

// After the objects of https://shopify.dev/docs/api/admin-graphql/2026-07. Only what is asked for is named; everything else may come and go.

const text = lenient(z.string());
const money = lenient(z.looseObject({ amount: text, currencyCode: text }));
const pageInfo = z.looseObject({ hasNextPage: z.boolean(), endCursor: text });

export const answerSchema = z.looseObject({
  data: lenient(z.looseObject({})),
  errors: lenient(
    z.array(z.looseObject({ message: text, extensions: lenient(z.looseObject({ code: text, requiredAccess: text })) })),
  ),
  extensions: lenient(
    z.looseObject({
      cost: lenient(
        z.looseObject({
          requestedQueryCost: lenient(z.number()),
          throttleStatus: lenient(
            z.looseObject({ currentlyAvailable: lenient(z.number()), restoreRate: lenient(z.number()) }),
          ),
        }),
      ),
    }),
  ),
});

export const shopSchema = z.looseObject({
  shop: z.looseObject({
    name: z.string(),
    currencyCode: z.string(),
    primaryDomain: lenient(z.looseObject({ url: text })),
  }),
  currentAppInstallation: z.looseObject({ accessScopes: z.array(z.looseObject({ handle: z.string() })) }),
});

export const variantSchema = z.looseObject({
  id: z.string().min(1),
  title: text,
  sku: text,
  price: text,
  inventoryQuantity: lenient(z.number().int()),
  inventoryPolicy: text,
  selectedOptions: lenient(z.array(z.looseObject({ name: z.string(), value: z.string() }))),
  inventoryItem: lenient(
    z.looseObject({
      tracked: lenient(z.boolean()),
      unitCost: money,
      measurement: lenient(
        z.looseObject({ weight: lenient(z.looseObject({ unit: text, value: lenient(z.number()) })) }),
      ),
    }),
  ),
  product: z.looseObject({
    id: z.string().min(1),
    title: text,
    productType: text,
    description: text,
    status: text,
    featuredMedia: lenient(
      z.looseObject({ preview: lenient(z.looseObject({ image: lenient(z.looseObject({ url: text })) })) }),
    ),
  }),
});
export type ShopifyVariant = z.infer<typeof variantSchema>;

export const variantsSchema = z.looseObject({
  productVariants: z.looseObject({ nodes: z.array(variantSchema), pageInfo }),
});

export const stockSchema = z.looseObject({
  nodes: z.array(
    z
      .looseObject({
        id: z.string(),
        inventoryQuantity: lenient(z.number().int()),
        inventoryPolicy: text,
        inventoryItem: lenient(z.looseObject({ tracked: lenient(z.boolean()) })),
        product: lenient(z.looseObject({ status: text })),
      })
      .nullable(),
  ),
});

const orderRef = lenient(z.looseObject({ id: z.string(), name: z.string() }));
const userErrors = lenient(z.array(z.looseObject({ field: lenient(z.array(z.string())), message: z.string() })));
export const draftSchema = z.looseObject({
  id: z.string(),
  status: text,
  ready: lenient(z.boolean()),
  tags: lenient(z.array(z.string())),
  order: orderRef,
});

export const draftsSchema = z.looseObject({ draftOrders: z.looseObject({ nodes: z.array(draftSchema) }) });
export const oneDraftSchema = z.looseObject({ draftOrder: draftSchema.nullish() });
export const createdSchema = z.looseObject({
  draftOrderCreate: lenient(z.looseObject({ draftOrder: lenient(draftSchema), userErrors })),
});
export const completedSchema = z.looseObject({
  draftOrderComplete: lenient(z.looseObject({ draftOrder: lenient(draftSchema), userErrors })),
});
export type UserErrors = z.infer<typeof userErrors>;

export const orderSchema = z.looseObject({
  id: z.string(),
  name: text,
  cancelledAt: text,
  fulfillments: lenient(
    z.array(
      z.looseObject({
        status: text,
        displayStatus: text,
        createdAt: text,
        deliveredAt: text,
        trackingInfo: lenient(z.array(z.looseObject({ company: text, number: text, url: text }))),
      }),
    ),
  ),
  displayFulfillmentStatus: text,
});
export type ShopifyOrder = z.infer<typeof orderSchema>;
/** `nodes` gives null for what is no longer there, and an object without a name for what is no order. */
export const ordersSchema = z.looseObject({ nodes: z.array(orderSchema.nullable()) });

export const tokenSchema = z.looseObject({ access_token: z.string().min(1), expires_in: lenient(z.number()) });
