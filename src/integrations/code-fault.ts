import { ShopFault } from '#modules/seeding/index.ts';
import { CodeShopFault } from '#modules/tracking/index.ts';

/** Asks a shop about codes: its faults become those of the port for codes. */
export async function codeFaults<Value>(ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ShopFault)) throw error;
    switch (error.kind) {
      case 'disconnected':
      case 'rate_limited':
      case 'unavailable':
        throw new CodeShopFault(error.kind, error.message, error.retryAt);
      default:
        throw new CodeShopFault('refused', error.message);
    }
  }
}
