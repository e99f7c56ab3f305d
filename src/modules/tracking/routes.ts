import { downloadRoute, eventsRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from './api.ts';
import { cancelOrder, refundOrder } from './change-order.ts';
import { createCode, createRosterCodes } from './create-codes.ts';
import { createLink, createRosterLinks } from './create-links.ts';
import { createOrder } from './create-order.ts';
import { drawLinkQr } from './draw-link-qr.ts';
import { exportCodes, importCodes } from './import-codes.ts';
import { importOrders } from './import-orders.ts';
import type { LinkTable } from './link-table.ts';
import { getTrackingSummary, listClicks } from './list-clicks.ts';
import { listCodes, updateCode } from './list-codes.ts';
import { getLink, listLinks } from './list-links.ts';
import { getOrder, listOrders } from './list-orders.ts';
import type { LiveHub } from './live-hub.ts';
import {
  createOrderSource,
  listDeliveries,
  listOrderSources,
  revokeOrderSource,
  rotateOrderSource,
} from './manage-order-sources.ts';
import { receiveOrder } from './receive-order.ts';
import { createSecretBox } from './secret-box.ts';
import { updateLink } from './update-link.ts';
import { watchTracking } from './watch-tracking.ts';

export function trackingRoutes(infra: Infra, parts: { table: LinkTable; hub: LiveHub }): Route[] {
  const { table, hub } = parts;
  const box = createSecretBox(infra.secret);
  return [
    route(api.createLink, (call) => createLink(infra, table, call)),
    route(api.createRosterLinks, (call) => createRosterLinks(infra, table, call)),
    route(api.listLinks, (call) => listLinks(infra, call)),
    route(api.getLink, (call) => getLink(infra, call)),
    route(api.updateLink, (call) => updateLink(infra, table, call)),
    downloadRoute(api.getLinkQr, (call) => drawLinkQr(infra, call)),
    downloadRoute(api.exportCodes, (call) => exportCodes(infra, call)),
    route(api.importCodes, (call) => importCodes(infra, call)),
    route(api.createCode, (call) => createCode(infra, call)),
    route(api.createRosterCodes, (call) => createRosterCodes(infra, call)),
    route(api.listCodes, (call) => listCodes(infra, call)),
    route(api.updateCode, (call) => updateCode(infra, call)),
    route(api.createOrderSource, (call) => createOrderSource(infra, box, call)),
    route(api.listOrderSources, (call) => listOrderSources(infra, call)),
    route(api.rotateOrderSource, (call) => rotateOrderSource(infra, box, call)),
    route(api.revokeOrderSource, (call) => revokeOrderSource(infra, call)),
    route(api.listDeliveries, (call) => listDeliveries(infra, call)),
    route(api.receiveOrder, (call) => receiveOrder({ infra, box, hub }, call)),
    route(api.importOrders, (call) => importOrders(infra, call)),
    route(api.createOrder, (call) => createOrder(infra, hub, call)),
    route(api.listOrders, (call) => listOrders(infra, call)),
    route(api.getOrder, (call) => getOrder(infra, call)),
    route(api.refundOrder, (call) => refundOrder(infra, call)),
    route(api.cancelOrder, (call) => cancelOrder(infra, call)),
    route(api.listClicks, (call) => listClicks(infra, call)),
    route(api.getTrackingSummary, (call) => getTrackingSummary(infra, call)),
    eventsRoute(api.watchTracking, (call) => watchTracking(infra, hub, call)),
  ];
}
