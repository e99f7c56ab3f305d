/** Version 2026-07 of the Admin API. An older one that Shopify no longer has is answered by the oldest it has. */
export const apiVersion = '2026-07';

export const shopQuery =
  '{ shop { name currencyCode primaryDomain { url } } currentAppInstallation { accessScopes { handle } } }';

/** Variants, not products, are paged through: a product may have more of them than one query may cost. */
export const variantsQuery = `query ($after: String) {
  productVariants(first: 100, after: $after, sortKey: ID) {
    nodes {
      id title sku price inventoryQuantity inventoryPolicy
      selectedOptions { name value }
      inventoryItem { tracked unitCost { amount currencyCode } measurement { weight { unit value } } }
      product { id title productType description(truncateAt: 500) status featuredMedia { preview { image { url(transform: { maxWidth: 1000 }) } } } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const stockQuery = `query ($ids: [ID!]!) {
  nodes(ids: $ids) { ... on ProductVariant { id inventoryQuantity inventoryPolicy inventoryItem { tracked } product { status } } }
}`;

const draftFields = 'id status ready tags order { id name }';

export const draftsByTagQuery = `query ($query: String!) { draftOrders(first: 20, query: $query) { nodes { ${draftFields} } } }`;
export const draftQuery = `query ($id: ID!) { draftOrder(id: $id) { ${draftFields} } }`;

export const createDraftMutation = `mutation ($input: DraftOrderInput!) {
  draftOrderCreate(input: $input) { draftOrder { ${draftFields} } userErrors { field message } }
}`;
export const completeDraftMutation = `mutation ($id: ID!) {
  draftOrderComplete(id: $id) { draftOrder { ${draftFields} } userErrors { field message } }
}`;

export const ordersQuery = `query ($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Order {
      id name cancelledAt displayFulfillmentStatus
      fulfillments(first: 10) { status displayStatus createdAt deliveredAt trackingInfo(first: 5) { company number url } }
    }
  }
}`;
