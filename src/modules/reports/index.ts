import type { Infra, Module } from '#infra/module.ts';

export function createReports(_infra: Infra): Module {
  return { name: 'reports', routes: [] };
}
