import type { Infra, Module } from '#infra/module.ts';

export function createAttribution(_infra: Infra): Module {
  return { name: 'attribution', routes: [] };
}
