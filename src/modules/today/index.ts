import type { Infra, Module } from '#infra/module.ts';
import { todayRoutes } from './routes.ts';

export function createToday(infra: Infra): Module {
  return { name: 'today', routes: todayRoutes(infra) };
}
