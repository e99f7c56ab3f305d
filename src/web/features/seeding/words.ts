import { type MoneyJson, parseAmount, toMoneyJson } from '#kernel/money.ts';
import type { Pick, SeedingStep, Shipment, ShipmentEventKind } from '#modules/seeding/api.ts';
import { messageOf } from '#web/ui/form-errors.ts';
import type { Tone } from '#web/ui/tag.tsx';

export const stepWords: Record<SeedingStep, { label: string; tone: Tone }> = {
  not_asked: { label: 'Not asked', tone: 'plain' },
  choosing: { label: 'Choosing', tone: 'plain' },
  to_decide: { label: 'Your decision', tone: 'accent' },
  choosing_again: { label: 'Choosing again', tone: 'plain' },
  address_missing: { label: 'Address missing', tone: 'warn' },
  to_send: { label: 'To send', tone: 'accent' },
  ordering: { label: 'Being ordered', tone: 'plain' },
  failed: { label: 'Failed', tone: 'bad' },
  to_ship: { label: 'To ship', tone: 'accent' },
  on_the_way: { label: 'On the way', tone: 'plain' },
  delivered: { label: 'Delivered', tone: 'plain' },
  posted: { label: 'Posted', tone: 'good' },
  no_post: { label: 'No post', tone: 'warn' },
  returned: { label: 'Came back', tone: 'warn' },
  lost: { label: 'Lost', tone: 'bad' },
  barred: { label: 'Do not gift', tone: 'plain' },
};

export const eventWords: Record<ShipmentEventKind, string> = {
  ordered: 'Ordered',
  packed: 'Packed',
  shipped: 'Shipped',
  delivered: 'Delivered',
  returned: 'Came back',
  lost: 'Lost',
  cancelled: 'Cancelled',
};

/** What may be said of a parcel by hand. */
export const sayable: ShipmentEventKind[] = ['packed', 'shipped', 'delivered', 'returned', 'lost', 'cancelled'];

/** "Oat drink (Sand / M), 2 Mugs". */
export function sayLines(pick: Pick): string {
  return pick.lines
    .map((line) => {
      const name = line.variantTitle === '' ? line.productName : `${line.productName} (${line.variantTitle})`;
      return line.quantity === 1 ? name : `${line.quantity} × ${name}`;
    })
    .join(', ');
}

export function isMovable(shipment: Shipment): boolean {
  return shipment.state !== 'waiting' && shipment.state !== 'failed';
}

/** An amount as typed; null for an empty field. Throws what is wrong in words. */
export function readAmount(text: string, currency: string): MoneyJson | null {
  const plain = text.trim().replace(',', '.');
  return plain === '' ? null : toMoneyJson(parseAmount(plain, currency));
}

/** What is wrong with a typed amount, or null. */
export function amountProblem(text: string, currency: string): string | null {
  try {
    readAmount(text, currency);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

/** What is stale after something of seeding changed. */
export const seedingNouns = [
  'seeding',
  'picks',
  'shipments',
  'products',
  'roster',
  'campaigns',
  'work',
  'tasks',
  'today',
];

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });
export const countryName = (code: string) => regions.of(code) ?? code;
