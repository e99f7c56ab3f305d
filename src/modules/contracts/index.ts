export type { RightsChannel, Terms } from './api/terms.ts';
export * from './events.ts';
export { type TermsInForce, termsOf, termsOfMany, type UsageRightInForce } from './terms-of.ts';
