import type { Infra, Module } from '#infra/module.ts';

export function createCampaigns(_infra: Infra): Module {
  return { name: 'campaigns', routes: [] };
}
