import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from '../api.ts';
import type { LiveHub } from '../live-hub.ts';
import type { SecretBox } from '../secret-box.ts';
import { importTillOrders } from './import-till-orders.ts';
import {
  createTill,
  drawTillPoster,
  getTill,
  listTills,
  showTillLink,
  undoTillEvent,
  updateTill,
} from './manage-tills.ts';
import { lookUpTillCode, openTill, redeemAtTill, undoAtTill, visitAtTill } from './redeem.ts';

export function tillRoutes(infra: Infra, parts: { box: SecretBox; hub: LiveHub }): Route[] {
  const { box, hub } = parts;
  return [
    route(api.listTills, (call) => listTills(infra, call)),
    route(api.createTill, (call) => createTill(infra, box, call)),
    route(api.getTill, (call) => getTill(infra, call)),
    route(api.updateTill, (call) => updateTill(infra, call)),
    route(api.showTillLink, (call) => showTillLink(infra, box, call)),
    downloadRoute(api.drawTillPoster, (call) => drawTillPoster(infra, box, call)),
    route(api.undoTillEvent, (call) => undoTillEvent(infra, call)),
    route(api.importTillOrders, (call) => importTillOrders(infra, call)),
    route(api.openTill, (call) => openTill(infra, call)),
    route(api.lookUpTillCode, (call) => lookUpTillCode(infra, call)),
    route(api.redeemAtTill, (call) => redeemAtTill(infra, hub, call)),
    route(api.visitAtTill, (call) => visitAtTill(infra, call)),
    route(api.undoAtTill, (call) => undoAtTill(infra, call)),
  ];
}
