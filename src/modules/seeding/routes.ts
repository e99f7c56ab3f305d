import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from './api.ts';
import { askCreators } from './board/ask-creators.ts';
import { listSeeding } from './board/read-board.ts';
import { readReport } from './board/read-report.ts';
import { exportProducts } from './catalogue/export-products.ts';
import { importProducts } from './catalogue/import-products.ts';
import { listProducts } from './catalogue/list-products.ts';
import { downloadPicture, uploadPicture } from './catalogue/pictures.ts';
import { getProductOf } from './catalogue/present-products.ts';
import { createProduct, updateProduct } from './catalogue/save-product.ts';
import { enqueueOrders } from './enqueue.ts';
import {
  getShipment,
  recordShipments,
  retryShipments,
  updateShipment,
  withdrawEvent,
} from './parcels/change-parcels.ts';
import { importTracking } from './parcels/import-tracking.ts';
import { packingCsv, packingPdf } from './parcels/packing-list.ts';
import { refreshShipments } from './parcels/refresh-parcels.ts';
import { sendPicks } from './parcels/send-picks.ts';
import {
  getAddress,
  getPortalAddress,
  removeAddress,
  removePortalAddress,
  saveAddress,
  savePortalAddress,
} from './people/addresses.ts';
import { addBarred, listBarred, removeBarred } from './people/do-not-gift.ts';
import { sayNoPost, sayOwnNoPost } from './people/no-post.ts';
import { approvePicks, rejectPicks } from './picks/decide-picks.ts';
import { cancelPick, choosePick, editPick, listPicks } from './picks/edit-pick.ts';
import { submitPick } from './picks/submit-pick.ts';
import { readPlan } from './plan/read-plan.ts';
import { savePlan } from './plan/save-plan.ts';
import { getOffer, getOfferPicture } from './portal/read-offer.ts';
import { sayArrived } from './portal/say-arrived.ts';
import { listOffers } from './portal/summarise-offers.ts';
import { askForSync, listShopProducts } from './shops/list-catalogues.ts';
import type { ShopAdapter } from './shops/port.ts';

export function seedingRoutes(infra: Infra, adapters: readonly ShopAdapter[]): Route[] {
  const { db } = infra;
  /** What was just made due is ordered without waiting for the minute. */
  const thenOrder = async <Answer>(answer: Answer): Promise<Answer> => {
    await enqueueOrders(infra);
    return answer;
  };
  return [
    route(api.listProducts, (call) => listProducts(infra, call)),
    route(api.getProduct, ({ workspaceId, input }) =>
      db.inWorkspace(workspaceId, (tx) => getProductOf(tx, workspaceId, input.productId)),
    ),
    route(api.createProduct, (call) => createProduct(infra, call)),
    route(api.updateProduct, (call) => updateProduct(infra, call)),
    route(api.uploadProductPicture, (call) => uploadPicture(infra, call)),
    downloadRoute(api.getProductPicture, (call) => downloadPicture(infra, call)),
    route(api.importProducts, (call) => importProducts(infra, call)),
    downloadRoute(api.exportProducts, (call) => exportProducts(infra, call)),
    route(api.listShopProducts, (call) => listShopProducts(infra, call)),
    route(api.syncShopProducts, (call) => askForSync(infra, call)),
    route(api.getSeedingPlan, (call) => readPlan(infra, call)),
    route(api.saveSeedingPlan, (call) => savePlan(infra, call)),
    route(api.listSeeding, (call) => listSeeding(infra, call)),
    route(api.askCreators, (call) => askCreators(infra, call)),
    route(api.getSeedingReport, (call) => readReport(infra, call)),
    route(api.approvePicks, (call) => approvePicks(infra, call)),
    route(api.rejectPicks, (call) => rejectPicks(infra, call)),
    route(api.editPick, (call) => editPick(infra, call)),
    route(api.choosePick, (call) => choosePick(infra, call)),
    route(api.cancelPick, (call) => cancelPick(infra, call)),
    route(api.listPicks, (call) => listPicks(infra, call)),
    route(api.sendPicks, async (call) => thenOrder(await sendPicks(infra, call))),
    route(api.getShipment, (call) => getShipment(infra, call)),
    route(api.recordShipment, (call) => recordShipments(infra, call)),
    route(api.updateShipment, (call) => updateShipment(infra, call)),
    route(api.withdrawShipmentEvent, (call) => withdrawEvent(infra, call)),
    route(api.retryShipments, async (call) => thenOrder(await retryShipments(infra, call))),
    route(api.refreshShipments, (call) => refreshShipments(infra, adapters, call)),
    route(api.importTracking, (call) => importTracking(infra, call)),
    downloadRoute(api.packingListCsv, (call) => packingCsv(infra, call)),
    downloadRoute(api.packingListPdf, (call) => packingPdf(infra, call)),
    route(api.getAddress, (call) => getAddress(infra, call)),
    route(api.saveAddress, async (call) => thenOrder(await saveAddress(infra, call))),
    route(api.removeAddress, (call) => removeAddress(infra, call)),
    route(api.listDoNotGift, (call) => listBarred(infra, call)),
    route(api.addDoNotGift, (call) => addBarred(infra, call)),
    route(api.removeDoNotGift, (call) => removeBarred(infra, call)),
    route(api.sayNoPost, (call) => sayNoPost(infra, call)),
    route(api.portalListOffers, (call) => listOffers(infra, call)),
    route(api.portalGetOffer, (call) => getOffer(infra, call)),
    route(api.portalPick, async (call) => {
      await submitPick(infra, call);
      return getOffer(infra, call);
    }),
    route(api.portalSaveAddress, async (call) => thenOrder(await savePortalAddress(infra, call))),
    route(api.portalGetAddress, (call) => getPortalAddress(infra, call)),
    route(api.portalRemoveAddress, (call) => removePortalAddress(infra, call)),
    route(api.portalParcelArrived, (call) => sayArrived(infra, call)),
    route(api.portalSayNoPost, async (call) => {
      await sayOwnNoPost(infra, call);
      return getOffer(infra, call);
    }),
    downloadRoute(api.portalProductPicture, (call) => getOfferPicture(infra, call)),
  ];
}
