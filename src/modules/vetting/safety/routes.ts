import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from '../api.ts';
import { addList, changeCategories, changeList, readSafetyLists, removeList } from './change-lists.ts';
import { decideFlag, exportFlags, readSafetyFlags } from './decide-flag.ts';

export function safetyRoutes(infra: Infra): Route[] {
  return [
    route(api.listSafetyFlags, (call) => readSafetyFlags(infra, call)),
    downloadRoute(api.exportSafetyFlags, (call) => exportFlags(infra, call)),
    route(api.decideSafetyFlag, (call) => decideFlag(infra, call)),
    route(api.getSafetyLists, (call) => readSafetyLists(infra, call)),
    route(api.addSafetyList, (call) => addList(infra, call)),
    route(api.changeSafetyList, (call) => changeList(infra, call)),
    route(api.removeSafetyList, (call) => removeList(infra, call)),
    route(api.putSafetyCategories, (call) => changeCategories(infra, call)),
  ];
}
