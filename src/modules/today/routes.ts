import { type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from './api.ts';
import { describeLiveDay } from './get-live-day.ts';
import { countNeeds, describeToday } from './get-today.ts';
import { listWork } from './list-work.ts';

export function todayRoutes(infra: Infra): Route[] {
  return [
    route(api.getToday, (call) => describeToday(infra, call)),
    route(api.countToday, (call) => countNeeds(infra, call)),
    route(api.listWork, (call) => listWork(infra, call)),
    route(api.getLiveDay, (call) => describeLiveDay(infra, call)),
  ];
}
