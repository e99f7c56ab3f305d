import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Infra, Module } from '#infra/module.ts';
import { defineCodeShopJobs } from './code-shops/jobs.ts';
import type { CodeShopAdapter } from './code-shops/port.ts';
import { trackingConsumers } from './consume-events.ts';
import { createIntake } from './intake.ts';
import { defineTrackingJobs, keepTables } from './jobs.ts';
import { createLinkTable } from './link-table.ts';
import { createLiveHub } from './live-hub.ts';
import { defineOrderImportJobs } from './order-imports/jobs.ts';
import type { OrderShopAdapter } from './order-shops/port.ts';
import { trackingRoutes } from './routes.ts';
import { createRedirects } from './run-redirects.ts';

export { listLivePosts as readLivePosts } from '#modules/campaigns/index.ts';
export type { CampaignRef, CreatorRef, Link, Order, Utm } from './api.ts';
export { readOnBackfills } from './backfill-orders.ts';
export { makeFreeSlug, reloadLinks } from './carry-links.ts';
export { createClickIds } from './click-id.ts';
export { inspectClickLog } from './click-log/keep-rest.ts';
export { makeDueCodes } from './code-shops/make-due-codes.ts';
export type {
  CodeShopAdapter,
  ShopCode,
  ShopCodeWish,
  ShopItem,
} from './code-shops/port.ts';
export { codesInShops, ordersFromShops } from './code-shops/use-shops.ts';
export { type LinkWish, makeLinks } from './create-links.ts';
export { customerMarks } from './customer-marks.ts';
export {
  clicksDrained,
  clicksDrainedPayload,
  conversionChanged,
  conversionChangedPayload,
  leadTold,
  leadToldPayload,
  ownersChanged,
  ownersChangedPayload,
} from './events.ts';
export { excludeTouches, includeTouches } from './exclude-touches.ts';
export { addError, readUpload, startAnswer, type Table } from './import-file.ts';
export { createIntake } from './intake.ts';
export {
  type DeliveryName,
  type OrderShopAdapter,
  type OrderShopKind,
  orderShopKinds,
  type PulledDelivery,
  type SampleDelivery,
} from './order-shops/port.ts';
export {
  clickIdsOf,
  instantOfSeconds,
  minorOf,
  readShopCancellation,
  readShopOrder,
  readShopRefund,
} from './order-shops/shop-order.ts';
export { type OrderTouchQuery, orderTouchRows, type TouchRule } from './order-touch-rows.ts';
export { readOrders } from './present-orders.ts';
export { type ClickSum, countPaidOrders, findOrdersNamed, orderNames, readClickSums } from './queries/click-sums.ts';
export { type ClickTotal, type ClickTotalsQuery, readClickTotals } from './queries/click-totals.ts';
export { type BrokenLink, selectBroken as readBrokenLinks } from './queries/link-health.ts';
export type { TouchExclusion } from './queries/touch-exclusions.ts';
export { findTrackedEnrolments } from './queries/tracked-enrolments.ts';
export { drawShortLink, readCreatorLinks } from './read-creator-links.ts';
export {
  type ClickTouch,
  type CodeTouch,
  type CreditMark,
  countOrders,
  nextOrderIds,
  type OrderForCredit,
  type OrderTouches,
  ordersOfSameCustomers,
  readOrderTouches,
  readTouches,
  stateCredits,
} from './read-order-touches.ts';
export { type Refs, readRefs } from './read-refs.ts';
export { readTrackedCreators, type TrackedPerson } from './read-tracked-creators.ts';
export {
  type ClickEvidence,
  type OrderEvidence,
  readActiveCreators,
  readCodeDays,
  readCodesOf,
  readOrderEvidence,
  readOwnersOfLinks,
  readTrafficClicks,
  readTrafficOrders,
} from './read-traffic.ts';
export { buildStaleSums, rebuildClickSums } from './rebuild-click-sums.ts';
export { channelOf } from './rules/channel.ts';
export { codeKey } from './rules/code.ts';
export { customerOf as mailOf } from './rules/keep-fields.ts';
export { minorScale } from './rules/minor-scale.ts';
export type { CustomerMarks } from './rules/order-facts.ts';
export type { DeliveryVerdict } from './rules/read-delivery.ts';
export { readMailAddress } from './rules/read-mail-address.ts';
export { skeletonOf as slugSkeleton } from './rules/slug.ts';
export { serveSnippet } from './snippet/serve-snippet.ts';

export { createVisitorSalts, type VisitorSalts } from './visitor-salts.ts';

export interface Tracking extends Module {
  /** Takes requests for short links before anything else sees them; false when the request is not for a link. */
  redirect(request: IncomingMessage, response: ServerResponse): boolean;
  /** Puts a short way for links in front of a server's connections; what else comes in reaches the server as before. */
  stepInFront(server: Server): { close(): void };
  /** Resolves when every click answered so far is in the database; for tests and benches. */
  settleClicks(): Promise<void>;
}

/**
 * `codeShops`: the kinds of shop in which codes can be made; `orderShops`: those whose orders come in, both of ports declared here. None is used before a
 * workspace connects it.
 */
export function createTracking(
  infra: Infra,
  codeShops: readonly CodeShopAdapter[] = [],
  orderShops: readonly OrderShopAdapter[] = [],
): Tracking {
  const table = createLinkTable(infra.db, infra.log);
  const hub = createLiveHub();
  infra.outbox.onNews(hub.wake);
  const intake = createIntake(infra, orderShops);
  defineTrackingJobs(infra, { intake, orderShops });
  defineCodeShopJobs(infra, codeShops);
  defineOrderImportJobs(infra);
  const redirects = createRedirects(infra, { table, hub });
  return {
    name: 'tracking',
    routes: trackingRoutes(infra, { table, hub, codeShops, orderShops, intake }),
    consumers: trackingConsumers(infra),
    redirect: redirects.redirect,
    stepInFront: redirects.stepInFront,
    settleClicks: redirects.settle,
    start: async () => {
      await keepTables(infra);
      await redirects.start();
    },
    stop: redirects.stop,
  };
}
