import { audienceDimensions, type FieldKind, type Filter, type FilterOf, searchFields } from '../api.ts';
import { fieldOf } from './field-kind.ts';
import { didYouMean } from './near-miss.ts';

const numberOps = ['range', 'gt', 'gte', 'lt', 'lte'] as const;
const opsOf: Record<FieldKind | 'fact', readonly Filter['op'][]> = {
  set: ['in', 'known'],
  number: [...numberOps, 'known'],
  flag: ['is', 'known'],
  date: ['within', 'known'],
  words: ['in', 'known'],
  place: ['in', 'near', 'known'],
  share: ['share', 'known'],
  price: ['price', 'known'],
  fact: ['in', ...numberOps, 'is', 'known'],
};
/** Half the circumference of the Earth. */
const kmMax = 20_038;

/** What is wrong with one filter by itself, said so that it can be mended; null when nothing is. */
export function filterFault(filter: Filter): string | null {
  const field = fieldOf(filter.field);
  if (field === null) return noField(filter.field);
  if (!opsOf[field.kind].includes(filter.op))
    return `${filter.field} takes ${opsOf[field.kind].join(', ')}, not '${filter.op}'`;
  switch (filter.op) {
    case 'range':
      return rangeFault(filter);
    case 'share':
      return shareFault(filter);
    case 'price':
      return priceFault(filter);
    case 'near':
      return nearFault(filter);
    default:
      return null;
  }
}

function noField(name: string): string {
  if (name.startsWith('audience.'))
    return `no audience dimension '${name.slice(9)}', ${didYouMean(name.slice(9), audienceDimensions)}`;
  return `no filter '${name}', ${didYouMean(name, Object.keys(searchFields))}`;
}

function rangeFault({ field, min, max }: FilterOf<'range'>): string | null {
  if (min === undefined && max === undefined) return `${field} needs min, max or both`;
  if (min !== undefined && max !== undefined && min > max)
    return `${field} from ${min} to ${max} can match nobody: min is above max`;
  return null;
}

function shareFault({ field, min }: FilterOf<'share'>): string | null {
  if (min === undefined || (min > 0 && min <= 1)) return null;
  const meant = min > 1 && min <= 100 ? `; for ${min} % write ${min / 100}` : '';
  return `${field} needs a least share above 0 and at most 1, not ${min}${meant}`;
}

const currencies = Intl.supportedValuesOf('currency');

function priceFault({ currency, minMinor, maxMinor, format }: FilterOf<'price'>): string | null {
  if (!currencies.includes(currency.toUpperCase()))
    return `no currency '${currency}', ${didYouMean(currency, currencies)}`;
  if (minMinor === undefined && maxMinor === undefined && format === undefined)
    return 'price needs minMinor, maxMinor or a format';
  if (minMinor !== undefined && maxMinor !== undefined && BigInt(minMinor) > BigInt(maxMinor))
    return `price from ${minMinor} to ${maxMinor} can match nobody: minMinor is above maxMinor`;
  return null;
}

function nearFault({ field, lat, lon, place, km }: FilterOf<'near'>): string | null {
  if (!(km > 0 && km <= kmMax)) return `${field} needs km above 0 and at most ${kmMax}, not ${km}`;
  const hasPoint = lat !== undefined || lon !== undefined;
  if (hasPoint === (place !== undefined)) return `${field} needs either place, or lat and lon`;
  if (!hasPoint) return null;
  if (lat === undefined || lon === undefined) return `${field} needs lat and lon together`;
  if (Math.abs(lat) > 90) return `lat runs from -90 to 90, not ${lat}`;
  return Math.abs(lon) > 180 ? `lon runs from -180 to 180, not ${lon}` : null;
}
