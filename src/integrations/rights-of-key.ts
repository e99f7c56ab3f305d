import { ShopFault } from '#modules/shops/index.ts';

/**
 * Whether a key may read something, asked by reading it once: the right's name when the shop refuses it, null otherwise. Only for a key that is known
 * to work; an answer that says nothing of rights leaves it open. Throws the ShopFault of a shop that cannot be asked now.
 */
export async function missingRight(right: string, read: () => Promise<unknown>): Promise<string | null> {
  try {
    await read();
    return null;
  } catch (error) {
    if (!(error instanceof ShopFault)) throw error;
    if (error.kind === 'disconnected' || error.kind === 'forbidden') return right;
    if (error.kind === 'unavailable' || error.kind === 'rate_limited') throw error;
    return null;
  }
}
