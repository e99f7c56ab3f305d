export * from './api/checks.ts';
export * from './api/evidence.ts';
export * from './api/history.ts';
export * from './api/settings.ts';
export * from './api/verdict.ts';
export { checkDisclosure } from './rules/check-disclosure.ts';
export { sumHistory } from './rules/sum-history.ts';
