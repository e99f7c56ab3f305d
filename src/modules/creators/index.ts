import type { Infra, Module } from '#infra/module.ts';

export function createCreators(_infra: Infra): Module {
  return { name: 'creators', routes: [] };
}
