import type { Infra, Module } from '#infra/module.ts';

export function createVetting(_infra: Infra): Module {
  return { name: 'vetting', routes: [] };
}
