import { type ShopUse, shopUseNames } from '../api.ts';

export interface ShopStand {
  name: string;
  uses: readonly ShopUse[];
  lacks: Partial<Record<ShopUse, string[]>>;
  disconnected_at: Date | null;
}

/** Whether a shop is connected and a person lets it be used for this. */
export function isUsedFor(shop: ShopStand, use: ShopUse): boolean {
  return shop.disconnected_at === null && shop.uses.includes(use);
}

/** What the key of a shop may not do and a use needs, by name. */
export function lacksOf(shop: Pick<ShopStand, 'lacks'>, use: ShopUse): readonly string[] {
  return shop.lacks[use] ?? [];
}

/** Why a shop cannot be used for something, and what to do; null when nothing is known that stands against it. */
export function whyShut(shop: ShopStand, use: ShopUse): string | null {
  const what = shopUseNames[use].toLowerCase();
  if (shop.disconnected_at !== null) return `${shop.name} is not connected.`;
  if (!shop.uses.includes(use)) return `${shop.name} is not used for ${what}: switch it on under Settings, Shops.`;
  const lacks = lacksOf(shop, use);
  if (lacks.length === 0) return null;
  return `The key of ${shop.name} may not do what ${what} need: ${lacks.join(', ')}. Enter one that may under Settings, Shops.`;
}
