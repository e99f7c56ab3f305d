import { downloadRoute, eventsRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from './api.ts';
import { cancelBackfill, listBackfills, startBackfill } from './backfill-orders.ts';
import { cancelOrder, refundOrder } from './change-order.ts';
import { checkLink } from './check-links.ts';
import type { CodeShopAdapter } from './code-shops/port.ts';
import { codeShopRoutes } from './code-shops/routes.ts';
import { createCode, createRosterCodes } from './create-codes.ts';
import { createLink, createRosterLinks } from './create-links.ts';
import { createOrder } from './create-order.ts';
import { drawLinkQr } from './draw-link-qr.ts';
import { exportCodes } from './export-codes.ts';
import { getCode, putCodesInShops } from './get-code.ts';
import { importCodes } from './import-codes.ts';
import { exportLinks, importLinks } from './import-links.ts';
import type { Intake } from './intake.ts';
import type { LinkTable } from './link-table.ts';
import { getTrackingSummary, listClicks } from './list-clicks.ts';
import { listCodes, updateCode } from './list-codes.ts';
import {
  getDelivery,
  listDeliveries,
  listOrderDeliveries,
  replayDelivery,
  testOrderSource,
} from './list-deliveries.ts';
import { getDropped } from './list-dropped.ts';
import { getLink, listLinks } from './list-links.ts';
import { getOrder, listOrders } from './list-orders.ts';
import type { LiveHub } from './live-hub.ts';
import { askDns, checkDomain, createDomain, listDomains, removeDomain, updateDomain } from './manage-link-domains.ts';
import {
  createOrderSource,
  listOrderSources,
  revokeOrderSource,
  rotateOrderSource,
  updateOrderSource,
} from './manage-order-sources.ts';
import { getRateState, importRates, listRates, setRate, switchRates } from './manage-rates.ts';
import { orderImportRoutes } from './order-imports/routes.ts';
import type { OrderShopAdapter } from './order-shops/port.ts';
import { previewRosterCodes } from './preview-roster-codes.ts';
import { checkClickSums, rebuildClickSums } from './rebuild-click-sums.ts';
import { receiveOrder, receivePostback } from './receive-order.ts';
import { rotateCode } from './rotate-code.ts';
import { createSecretBox } from './secret-box.ts';
import { snippetRoutes } from './snippet/routes.ts';
import { tillRoutes } from './tills/routes.ts';
import { changeSettings, readSettings } from './tracking-settings.ts';
import { updateLink } from './update-link.ts';
import { createTemplate, listTemplates, removeTemplate } from './utm-templates.ts';
import { watchTracking } from './watch-tracking.ts';

export function trackingRoutes(
  infra: Infra,
  parts: {
    table: LinkTable;
    hub: LiveHub;
    codeShops: readonly CodeShopAdapter[];
    orderShops: readonly OrderShopAdapter[];
    intake: Intake;
  },
): Route[] {
  const { table, hub, orderShops, intake } = parts;
  const box = createSecretBox(infra.secret);
  const intakeParts = { infra, box, hub, intake, orderShops };
  return [
    route(api.createLink, (call) => createLink(infra, table, call)),
    route(api.createRosterLinks, (call) => createRosterLinks(infra, table, call)),
    route(api.listLinks, (call) => listLinks(infra, call)),
    // Before the one of a link, whose address would fit it too.
    downloadRoute(api.exportLinks, (call) => exportLinks(infra, call)),
    route(api.getLink, (call) => getLink(infra, call)),
    route(api.updateLink, (call) => updateLink(infra, table, call)),
    downloadRoute(api.getLinkQr, (call) => drawLinkQr(infra, call)),
    route(api.checkLink, (call) => checkLink(infra, call)),
    route(api.importLinks, (call) => importLinks(infra, table, call)),
    route(api.listLinkDomains, (call) => listDomains(infra, call)),
    route(api.createLinkDomain, (call) => createDomain(infra, call)),
    route(api.updateLinkDomain, (call) => updateDomain(infra, table, call)),
    route(api.checkLinkDomain, (call) => checkDomain(infra, { table, ask: askDns }, call)),
    route(api.removeLinkDomain, (call) => removeDomain(infra, table, call)),
    route(api.getTrackingSettings, (call) => readSettings(infra, call)),
    route(api.updateTrackingSettings, (call) => changeSettings(infra, table, call)),
    route(api.listUtmTemplates, (call) => listTemplates(infra, call)),
    route(api.createUtmTemplate, (call) => createTemplate(infra, call)),
    route(api.removeUtmTemplate, (call) => removeTemplate(infra, call)),
    route(api.getDropped, (call) => getDropped(infra, call)),
    downloadRoute(api.exportCodes, (call) => exportCodes(infra, call)),
    route(api.importCodes, (call) => importCodes(infra, call)),
    route(api.createCode, (call) => createCode(infra, call)),
    route(api.createRosterCodes, (call) => createRosterCodes(infra, call)),
    route(api.listCodes, (call) => listCodes(infra, call)),
    route(api.updateCode, (call) => updateCode(infra, call)),
    route(api.previewRosterCodes, (call) => previewRosterCodes(infra, call)),
    route(api.putCodesInShops, (call) => putCodesInShops(infra, call)),
    route(api.getCode, (call) => getCode(infra, call)),
    route(api.rotateCode, (call) => rotateCode(infra, call)),
    ...codeShopRoutes(infra, parts.codeShops),
    ...tillRoutes(infra, { box, hub }),
    ...snippetRoutes(infra, { table, hub }),
    route(api.createOrderSource, (call) => createOrderSource(infra, box, call)),
    route(api.listOrderSources, (call) => listOrderSources(infra, call)),
    route(api.rotateOrderSource, (call) => rotateOrderSource(infra, box, call)),
    route(api.revokeOrderSource, (call) => revokeOrderSource(infra, call)),
    route(api.listDeliveries, (call) => listDeliveries(infra, call)),
    route(api.startBackfill, (call) => startBackfill(intakeParts, call)),
    route(api.listBackfills, (call) => listBackfills(infra, call)),
    route(api.cancelBackfill, (call) => cancelBackfill(infra, call)),
    route(api.listRates, (call) => listRates(infra, call)),
    route(api.setRate, (call) => setRate(infra, call)),
    route(api.importRates, (call) => importRates(infra, call)),
    route(api.getRateState, (call) => getRateState(infra, call)),
    route(api.switchRates, (call) => switchRates(infra, call)),
    route(api.updateOrderSource, (call) => updateOrderSource(infra, call)),
    route(api.getDelivery, (call) => getDelivery(infra, call)),
    route(api.listOrderDeliveries, (call) => listOrderDeliveries(intakeParts, call)),
    route(api.replayDelivery, (call) => replayDelivery(intakeParts, call)),
    route(api.testOrderSource, (call) => testOrderSource(intakeParts, call)),
    route(api.receiveOrder, (call) => receiveOrder(intakeParts, call)),
    route(api.receivePostback, (call) => receivePostback(intakeParts, call)),
    ...orderImportRoutes(infra),
    route(api.createOrder, (call) => createOrder(infra, hub, call)),
    route(api.listOrders, (call) => listOrders(infra, call)),
    route(api.getOrder, (call) => getOrder(infra, call)),
    route(api.refundOrder, (call) => refundOrder(infra, call)),
    route(api.cancelOrder, (call) => cancelOrder(infra, call)),
    route(api.listClicks, (call) => listClicks(infra, call)),
    route(api.getTrackingSummary, (call) => getTrackingSummary(infra, call)),
    route(api.checkClickSums, async (call) => ({ tables: await checkClickSums(infra, call.workspaceId) })),
    route(api.rebuildClickSums, async (call) => ({ tables: await rebuildClickSums(infra, call.workspaceId) })),
    eventsRoute(api.watchTracking, (call) => watchTracking(infra, hub, call)),
  ];
}
