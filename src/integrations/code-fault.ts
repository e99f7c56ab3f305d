import { ShopFault } from '#modules/shops/index.ts';

/** Asks a shop about codes: faults that concern parcels alone are a refusal, in the shop's words. */
export async function codeFaults<Value>(ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ShopFault)) throw error;
    switch (error.kind) {
      case 'disconnected':
      case 'forbidden':
      case 'rate_limited':
      case 'unavailable':
      case 'refused':
        throw error;
      case 'no_stock':
      case 'product_gone':
      case 'address_refused':
        throw new ShopFault('refused', error.message);
    }
  }
}
