import type { Infra, Module } from '#infra/module.ts';

export { creditChanged, creditChangedPayload } from './events.ts';
export { type CreditTotal, type CreditTotalsQuery, readCredits } from './queries.ts';

export function createAttribution(_infra: Infra): Module {
  return { name: 'attribution', routes: [] };
}
