/** The tracking module to the outside: one file a subject below api/, read by everybody through this one. */
export * from './api/clicks.ts';
export * from './api/code-shops.ts';
export * from './api/codes.ts';
export * from './api/links.ts';
export * from './api/order-imports.ts';
export * from './api/orders.ts';
export * from './api/places.ts';
export * from './api/rates.ts';
export {
  type CampaignRef,
  type CreatorRef,
  campaignRefSchema,
  creatorRefSchema,
  type FileAnswer,
  linkStateSchema,
} from './api/shared.ts';
export * from './api/snippet.ts';
export * from './api/sources.ts';
export * from './api/sums.ts';
export * from './api/tills.ts';
