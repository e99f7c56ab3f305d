import { type PriceFormat, type PriceOrigin, priceFormats, priceOrigins } from './fields.ts';

// Values of a set that stand for more than a name are one text with bars, so that they are filtered by code like any other.

/** A town with its position in degrees; without one where it is not known. */
export interface Place {
  name: string;
  lat: number | null;
  lon: number | null;
}

/** One price or published band, in minor units; of a price low and high are equal. */
export interface OfferedPrice {
  /** Null where the source names none. */
  format: PriceFormat | null;
  currency: string;
  lowMinor: number;
  highMinor: number;
  origin: PriceOrigin;
}

/** `name|lat|lon`, four digits (11 m); the values of home and postPlace. */
export function placeValue(place: Place): string {
  const name = place.name.replaceAll('|', ' ').trim();
  const round = (degrees: number) => String(Math.round(degrees * 1e4) / 1e4);
  return place.lat === null || place.lon === null ? `${name}||` : `${name}|${round(place.lat)}|${round(place.lon)}`;
}

/** Reads what `placeValue` wrote; any other text is a name without a position. */
export function readPlaceValue(value: string): Place {
  const [name = '', lat = '', lon = ''] = value.split('|');
  const isPlaced = lat !== '' && lon !== '' && Number.isFinite(Number(lat)) && Number.isFinite(Number(lon));
  return isPlaced ? { name, lat: Number(lat), lon: Number(lon) } : { name, lat: null, lon: null };
}

/** `format|currency|low|high|origin`; the values of price. */
export function priceValue(price: OfferedPrice): string {
  return [price.format ?? '', price.currency, price.lowMinor, price.highMinor, price.origin].join('|');
}

/** Reads what `priceValue` wrote; null for any other text. */
export function readPriceValue(value: string): OfferedPrice | null {
  const [format = '', currency = '', low = '', high = '', origin = ''] = value.split('|');
  const known = priceOrigins.find((one) => one === origin);
  if (known === undefined || currency === '') return null;
  return {
    format: priceFormats.find((one) => one === format) ?? null,
    currency,
    lowMinor: Number(low),
    highMinor: Number(high),
    origin: known,
  };
}

const earthKm = 6371.0088;

/** Great-circle distance in km, by the haversine formula with the mean radius of the Earth (IUGG). */
export function distanceKm(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const radians = Math.PI / 180;
  const north = Math.sin(((b.lat - a.lat) * radians) / 2);
  const east = Math.sin(((b.lon - a.lon) * radians) / 2);
  const chord = north * north + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * east * east;
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(chord)));
}
