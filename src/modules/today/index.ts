import type { Infra, Module } from '#infra/module.ts';

export function createToday(_infra: Infra): Module {
  return { name: 'today', routes: [] };
}
