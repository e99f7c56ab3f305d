import { type ShipmentEventKind, shipmentEventKinds } from '../api.ts';
import { readAmount } from './read-product-rows.ts';

export const trackingColumns = {
  order: [
    'order',
    'order name',
    'order number',
    'order id',
    'parcel',
    'parcel id',
    'shipment',
    'shipment id',
    'reference',
    'name',
  ],
  number: ['tracking number', 'tracking', 'tracking no', 'tracking code', 'tracking id'],
  carrier: ['carrier', 'shipping company', 'tracking company', 'courier'],
  url: ['tracking url', 'tracking link', 'url'],
  state: ['state', 'status', 'shipment status', 'delivery status'],
  at: ['date', 'at', 'shipped at', 'delivered at', 'shipped on', 'time'],
  postage: ['postage', 'shipping cost', 'shipping', 'cost'],
} as const;
export type TrackingField = keyof typeof trackingColumns;

export interface TrackingRow {
  row: number;
  order: string;
  number: string | null;
  carrier: string | null;
  url: string | null;
  state: ShipmentEventKind | null;
  /** Null when the file says no time. */
  at: Date | null;
  postageMinor: bigint | null;
}

const words: Record<string, ShipmentEventKind> = {
  fulfilled: 'shipped',
  sent: 'shipped',
  'in transit': 'shipped',
  'out for delivery': 'shipped',
  dispatched: 'shipped',
  completed: 'shipped',
  arrived: 'delivered',
  'label created': 'packed',
  'label printed': 'packed',
  processing: 'ordered',
  'return to sender': 'returned',
  'returned to sender': 'returned',
  missing: 'lost',
  canceled: 'cancelled',
};

/** One row of a file of tracking numbers. A row with a number and no state says that the parcel was shipped. */
export function readTrackingRow(
  cells: Partial<Record<TrackingField, string>>,
  of: { row: number; currency: string; now: Date },
): { ok: true; value: TrackingRow } | { ok: false; faults: { row: number; field: string; message: string }[] } {
  const faults: { row: number; field: string; message: string }[] = [];
  const fault = (field: string, message: string) => faults.push({ row: of.row, field, message });
  const text = (field: TrackingField, max: number) => {
    const value = (cells[field] ?? '').replace(/[\p{Cc}]+/gu, ' ').trim();
    if (value.length > max) fault(field, `Longer than ${max} characters`);
    return value === '' ? null : value;
  };
  const order = text('order', 100);
  if (order === null) fault('order', 'Which order is it? The cell is empty');
  const number = text('number', 100);
  const url = text('url', 2000);
  if (url !== null && !/^https?:\/\/\S+$/.test(url)) fault('url', `"${url.slice(0, 60)}" is no address of a page`);
  const stated = text('state', 60);
  const state = stated === null ? (number === null ? null : 'shipped') : kindOf(stated);
  if (stated !== null && state === null)
    fault('state', `"${stated}" is no state of a parcel. Known are ${shipmentEventKinds.join(', ')}`);
  const postage = text('postage', 40);
  const read = postage === null ? null : readAmount(postage, of.currency);
  if (typeof read === 'string') fault('postage', read);
  const value: TrackingRow = {
    row: of.row,
    order: order ?? '',
    number,
    carrier: text('carrier', 100),
    url,
    state,
    at: readTime(text('at', 40), of, fault),
    postageMinor: typeof read === 'bigint' ? read : null,
  };
  if (faults.length === 0 && value.state === null && postage === null && number === null)
    fault('state', 'The row says nothing: give a tracking number, a state or postage');
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value };
}

function kindOf(text: string): ShipmentEventKind | null {
  const word = text.toLowerCase().replace(/[_-]+/g, ' ').trim();
  return shipmentEventKinds.find((kind) => kind === word) ?? words[word] ?? null;
}

function readTime(
  text: string | null,
  of: { now: Date },
  fault: (field: string, message: string) => void,
): Date | null {
  if (text === null) return null;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const at = isDay || /^\d{4}-\d{2}-\d{2}T/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(at.getTime())) {
    fault('at', `"${text}" is no date. Write it as 2026-05-31`);
    return null;
  }
  // A day begins up to 14 hours earlier somewhere than in UTC.
  if (at.getTime() > of.now.getTime() + (isDay ? 14 * 3_600_000 : 0)) fault('at', `${text} has not come yet`);
  return at;
}
