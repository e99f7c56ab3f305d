import type { ShipmentProblem } from '../api.ts';

const advice: Record<ShipmentProblem, string> = {
  no_stock: 'Choose another variant for the creator, or refill the stock in the shop, and try again.',
  product_deleted:
    'It was deleted or taken from sale in the shop. Choose another product for the creator, or bring it back, and try again.',
  product_by_hand:
    'A product that was added by hand is not in the shop, so the shop cannot order it. Pack the parcel yourself, or exchange the product for one of the shop.',
  shop_disconnected: 'Connect the shop again under Settings, Shops; the orders are then tried again by themselves.',
  shop_unavailable: 'Nothing to do: it is tried again by itself, and an order that came through after all is found.',
  shop_refused: 'Read what the shop said, put it right there or here, and try again; or pack the parcel yourself.',
  address_missing: 'Ask the creator for the address, or enter it, and try again.',
  address_refused: 'Ask the creator to correct the address, or enter it, and try again.',
  not_shipped_there:
    'The product is not shipped to the creator’s country. Choose another one, or add the country to the product.',
  order_cancelled:
    'The order was cancelled or deleted in the shop. Choose again for the creator if a parcel should still go.',
  not_delivered:
    'The carrier could not deliver it. Ask the creator, and say here when it arrived, came back or is lost.',
  second_parcel:
    'Two entries of this creator were brought together, and the other one has a parcel. Send this one too by trying again, or cancel it.',
};

/** What a person does about a problem of a parcel. */
export function whatToDoAbout(problem: ShipmentProblem): string {
  return advice[problem];
}
