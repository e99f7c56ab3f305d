/** The seeding module to the outside: one file a subject below api/, read by everybody through this one. */
export * from './api/addresses.ts';
export * from './api/board.ts';
export * from './api/countries.ts';
export * from './api/do-not-gift.ts';
export * from './api/no-post.ts';
export * from './api/parcels.ts';
export * from './api/picks.ts';
export * from './api/plan.ts';
export * from './api/portal.ts';
export * from './api/products.ts';
export * from './api/report.ts';
export * from './api/shops.ts';
