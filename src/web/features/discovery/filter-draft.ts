import { currencyExponent, parseAmount } from '#kernel/money.ts';
import { type Filter, type PriceFormat, type PriceOrigin, priceFormats } from '#modules/discovery/api.ts';
import { kindOf, leastShare } from './filter-groups.ts';
import { isNegated, isShare } from './filter-words.ts';

type Entry = number | string;

/** A filter while it is being changed: what stands in the fields of the dialog. */
export interface FilterDraft {
  values: string[];
  min: Entry;
  max: Entry;
  days: Entry;
  isSo: boolean;
  isNot: boolean;
  share: Entry;
  place: string;
  country: string;
  km: Entry;
  currency: string;
  format: string;
  withEstimates: boolean;
}

const scaleOf = (field: string) => (isShare(field) ? 100 : 1);

export function draftOf(field: string, filter: Filter | null, currency: string): FilterDraft {
  const scale = scaleOf(field);
  const bounds = boundsOf(filter);
  const price = filter?.op === 'price' ? filter : null;
  const share = filter?.op === 'share' ? filter : null;
  const near = filter?.op === 'near' ? filter : null;
  return {
    values: filter?.op === 'in' ? filter.values : (share?.values ?? []),
    min: price === null ? scaled(bounds.min, scale) : amountOf(price.minMinor, price.currency),
    max: price === null ? scaled(bounds.max, scale) : amountOf(price.maxMinor, price.currency),
    days: filter?.op === 'within' ? filter.days : 90,
    isSo: filter?.op === 'is' ? filter.value : true,
    isNot: filter !== null && isNegated(filter),
    share: Math.round((share?.min ?? leastShare(field)) * 1000) / 10,
    place: near?.place ?? (near?.lat === undefined ? '' : `${near.lat}, ${near.lon}`),
    country: near?.country ?? '',
    km: near?.km ?? 50,
    currency: price?.currency ?? currency,
    format: price?.format ?? '',
    withEstimates: price?.origins?.includes('estimate') ?? false,
  };
}

/** The filter, or what is missing, in words. */
export function filterOf(field: string, draft: FilterDraft): Filter | string {
  const not = draft.isNot ? { not: true } : {};
  switch (kindOf(field)) {
    case 'set':
    case 'words':
      return draft.values.length === 0
        ? 'Choose at least one value.'
        : { field, op: 'in', values: draft.values, ...not };
    case 'flag':
      return { field, op: 'is', value: draft.isSo };
    case 'date':
      return draft.days === ''
        ? 'Say within how many days.'
        : { field, op: 'within', days: Number(draft.days), ...not };
    case 'number':
      return numberFilter(field, draft);
    case 'share': {
      if (draft.values.length === 0) return 'Choose at least one value.';
      if (draft.share === '' || Number(draft.share) <= 0 || Number(draft.share) > 100)
        return 'The share is between 0 and 100 %.';
      return { field, op: 'share', values: draft.values, min: Number(draft.share) / 100, ...not };
    }
    case 'place':
      return nearFilter(field, draft);
    case 'price':
      return priceFilter(draft);
  }
}

function numberFilter(field: string, { min, max, isNot }: FilterDraft): Filter | string {
  const scale = scaleOf(field);
  if (min === '' && max === '') return 'Give a lower or an upper bound, or both.';
  if (min !== '' && max !== '' && Number(min) > Number(max)) return 'The lower bound is above the upper one.';
  return {
    field,
    op: 'range',
    ...(min === '' ? {} : { min: Number((Number(min) / scale).toPrecision(12)) }),
    ...(max === '' ? {} : { max: Number((Number(max) / scale).toPrecision(12)) }),
    ...(isNot ? { not: true } : {}),
  };
}

function nearFilter(field: string, { place, country, km, isNot }: FilterDraft): Filter | string {
  if (place.trim() === '') return 'Name a town, or give latitude and longitude.';
  if (km === '' || Number(km) <= 0) return 'Say within how many kilometres.';
  const not = isNot ? { not: true } : {};
  const point = /^\s*(-?\d+(?:\.\d+)?)\s*[,;]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(place);
  if (point !== null)
    return { field, op: 'near', lat: Number(point[1]), lon: Number(point[2]), km: Number(km), ...not };
  return {
    field,
    op: 'near',
    place: place.trim(),
    ...(country.trim() === '' ? {} : { country: country.trim() }),
    km: Number(km),
    ...not,
  };
}

function priceFilter({ min, max, currency, format, withEstimates, isNot }: FilterDraft): Filter | string {
  if (min === '' && max === '') return 'Give a lower or an upper price, or both.';
  if (min !== '' && max !== '' && Number(min) > Number(max)) return 'The lower price is above the upper one.';
  const minor = (amount: Entry) =>
    parseAmount(Number(amount).toFixed(currencyExponent(currency)), currency).amountMinor.toString();
  const origins: PriceOrigin[] = ['rate_card', 'creator', 'estimate'];
  const chosen: PriceFormat | undefined = priceFormats.find((one) => one === format);
  return {
    field: 'price',
    op: 'price',
    currency,
    ...(min === '' ? {} : { minMinor: minor(min) }),
    ...(max === '' ? {} : { maxMinor: minor(max) }),
    ...(chosen === undefined ? {} : { format: chosen }),
    ...(withEstimates ? { origins } : {}),
    ...(isNot ? { not: true } : {}),
  };
}

function boundsOf(filter: Filter | null): { min?: number | undefined; max?: number | undefined } {
  if (filter?.op === 'range') return { min: filter.min, max: filter.max };
  if (filter?.op === 'gt' || filter?.op === 'gte') return { min: filter.value };
  if (filter?.op === 'lt' || filter?.op === 'lte') return { max: filter.value };
  return {};
}

function scaled(value: number | undefined, scale: number): Entry {
  return value === undefined ? '' : Number((value * scale).toPrecision(12));
}

function amountOf(minor: string | undefined, currency: string): Entry {
  return minor === undefined ? '' : Number(minor) / 10 ** currencyExponent(currency);
}
