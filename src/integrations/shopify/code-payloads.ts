import { z } from 'zod';
import { lenient } from '../call-api.ts';

// After the discount objects of https://shopify.dev/docs/api/admin-graphql/2026-07 (read 2026-11-23). Only what is asked for is named.

const text = lenient(z.string());

const discountFields = `
  __typename
  ... on DiscountCodeBasic {
    title status startsAt endsAt usageLimit asyncUsageCount codes(first: 250) { nodes { code } }
    customerGets { value { ... on DiscountPercentage { percentage } ... on DiscountAmount { amount { amount currencyCode } } } }
  }
  ... on DiscountCodeFreeShipping { title status startsAt endsAt usageLimit asyncUsageCount codes(first: 250) { nodes { code } } }`;
const nodeFields = `id metafield(namespace: "$app:rapport", key: "code") { value } codeDiscount { ${discountFields} }`;

export const codeByTextQuery = `query ($code: String!) { codeDiscountNodeByCode(code: $code) { ${nodeFields} } }`;
export const codesQuery = `query ($after: String) {
  codeDiscountNodes(first: 50, after: $after, sortKey: ID) { nodes { ${nodeFields} } pageInfo { hasNextPage endCursor } }
}`;
export const productsByNameQuery =
  'query ($query: String) { products(first: 20, query: $query) { nodes { id title } } }';
export const collectionsByNameQuery =
  'query ($query: String) { collections(first: 20, query: $query) { nodes { id title } } }';

const answerOf = 'codeDiscountNode { id } userErrors { field code message }';
export const createBasicMutation = `mutation ($input: DiscountCodeBasicInput!) { made: discountCodeBasicCreate(basicCodeDiscount: $input) { ${answerOf} } }`;
export const updateBasicMutation = `mutation ($id: ID!, $input: DiscountCodeBasicInput!) { made: discountCodeBasicUpdate(id: $id, basicCodeDiscount: $input) { ${answerOf} } }`;
export const createShippingMutation = `mutation ($input: DiscountCodeFreeShippingInput!) { made: discountCodeFreeShippingCreate(freeShippingCodeDiscount: $input) { ${answerOf} } }`;
export const updateShippingMutation = `mutation ($id: ID!, $input: DiscountCodeFreeShippingInput!) { made: discountCodeFreeShippingUpdate(id: $id, freeShippingCodeDiscount: $input) { ${answerOf} } }`;
export const activateMutation = `mutation ($id: ID!) { made: discountCodeActivate(id: $id) { ${answerOf} } }`;
export const deactivateMutation = `mutation ($id: ID!) { made: discountCodeDeactivate(id: $id) { ${answerOf} } }`;

const discountSchema = z.looseObject({
  __typename: text,
  title: text,
  status: text,
  startsAt: text,
  endsAt: text,
  usageLimit: lenient(z.number().int()),
  asyncUsageCount: lenient(z.number().int()),
  codes: lenient(z.looseObject({ nodes: z.array(z.looseObject({ code: z.string() })) })),
  customerGets: lenient(
    z.looseObject({
      value: lenient(
        z.looseObject({
          percentage: lenient(z.number()),
          amount: lenient(z.looseObject({ amount: text, currencyCode: text })),
        }),
      ),
    }),
  ),
});
export const codeNodeSchema = z.looseObject({
  id: z.string().min(1),
  metafield: lenient(z.looseObject({ value: text })),
  codeDiscount: lenient(discountSchema),
});
export type CodeNode = z.infer<typeof codeNodeSchema>;
export const codeByTextSchema = z.looseObject({ codeDiscountNodeByCode: codeNodeSchema.nullable() });
export const codesSchema = z.looseObject({
  codeDiscountNodes: z.looseObject({
    nodes: z.array(codeNodeSchema),
    pageInfo: z.looseObject({ hasNextPage: z.boolean(), endCursor: text }),
  }),
});
export const madeSchema = z.looseObject({
  made: lenient(
    z.looseObject({
      codeDiscountNode: lenient(z.looseObject({ id: z.string() })),
      userErrors: lenient(
        z.array(z.looseObject({ field: lenient(z.array(z.string())), code: text, message: z.string() })),
      ),
    }),
  ),
});
const named = z.looseObject({ nodes: z.array(z.looseObject({ id: z.string(), title: z.string() })) });
export const itemsSchema = z.looseObject({ products: lenient(named), collections: lenient(named) });
