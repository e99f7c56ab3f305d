import { type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from './api.ts';
import { checkOne } from './check-one.ts';

export function disclosureRoutes(infra: Infra): Route[] {
  return [route(api.checkCaption, (call) => checkOne(infra, call))];
}
