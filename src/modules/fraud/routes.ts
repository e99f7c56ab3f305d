import { type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { appeal, keepAnswer, listHolds } from './answer-appeals.ts';
import {
  answerFraudAppeal,
  appealPortalHold,
  banCreator,
  getCreatorFraud,
  getFraudGroup,
  getFraudSettings,
  getFraudSummary,
  getOrderFraud,
  judgeCreatorNow,
  liftFraudBan,
  listFraudBans,
  listFraudGroups,
  listPortalHolds,
  reopenFraudGroup,
  resolveFraudGroups,
  updateFraudSettings,
} from './api.ts';
import { changeSettings, readSettings } from './change-settings.ts';
import { judgeNow } from './judge-now.ts';
import { ban, liftBan } from './keep-bans.ts';
import { listGroups, readBans, readCreator, readGroup, readOrder, readSummary } from './read-groups.ts';
import { reopen, resolve } from './resolve-groups.ts';

export function fraudRoutes(infra: Infra): Route[] {
  return [
    route(listFraudGroups, (call) => listGroups(infra, call)),
    route(getFraudSummary, (call) => readSummary(infra, call)),
    route(getFraudGroup, (call) => readGroup(infra, call)),
    route(resolveFraudGroups, (call) => resolve(infra, call)),
    route(reopenFraudGroup, (call) => reopen(infra, call)),
    route(answerFraudAppeal, (call) => keepAnswer(infra, call)),
    route(listFraudBans, (call) => readBans(infra, call)),
    route(banCreator, (call) => ban(infra, call)),
    route(liftFraudBan, (call) => liftBan(infra, call)),
    route(getOrderFraud, (call) => readOrder(infra, call)),
    route(getCreatorFraud, (call) => readCreator(infra, call)),
    route(judgeCreatorNow, (call) => judgeNow(infra, call)),
    route(getFraudSettings, (call) => readSettings(infra, call)),
    route(updateFraudSettings, (call) => changeSettings(infra, call)),
    route(listPortalHolds, (call) => listHolds(infra, call)),
    route(appealPortalHold, (call) => appeal(infra, call)),
  ];
}
