import type { Infra, Module } from '#infra/module.ts';

export function createDiscovery(_infra: Infra): Module {
  return { name: 'discovery', routes: [] };
}
