export * from './api/checks.ts';
export * from './api/verdict.ts';
export { checkDisclosure } from './rules/check-disclosure.ts';
