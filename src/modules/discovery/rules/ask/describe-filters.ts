import { currencyExponent } from '#kernel/money.ts';
import { type Filter, searchFields } from '../../api.ts';
import { isFraction } from './lexicon.ts';
import { exact } from './words.ts';

/** The filters as a sentence that readQuestion reads back: one sure wording for each. */
export function describeFilters(filters: readonly Filter[]): string {
  return filters.map((filter) => `${labelOf(filter.field)}: ${askedOf(plainFilter(filter))}`).join('; ');
}

/** The one form of a filter that means the same: a range of one bound is a comparison, a flag turned round its opposite. */
export function plainFilter(filter: Filter): Filter {
  if ('not' in filter && filter.not === false) {
    const { not: _, ...rest } = filter;
    return plainFilter(rest as Filter);
  }
  if (filter.op === 'is' && filter.not === true) return { field: filter.field, op: 'is', value: !filter.value };
  if (filter.op !== 'range') return filter;
  const not = filter.not === true ? { not: true } : {};
  if (filter.max === undefined && filter.min !== undefined)
    return { field: filter.field, op: 'gte', value: filter.min, ...not };
  if (filter.min === undefined && filter.max !== undefined)
    return { field: filter.field, op: 'lte', value: filter.max, ...not };
  return filter;
}

function labelOf(field: string): string {
  if (!Object.hasOwn(searchFields, field)) return field;
  return searchFields[field as keyof typeof searchFields].label.replaceAll(',', '').toLowerCase();
}

function askedOf(filter: Filter): string {
  const not = 'not' in filter && filter.not === true ? 'not ' : '';
  const number = (value: number) => numberText(filter.field, value);
  switch (filter.op) {
    case 'in':
      return `${not}${quoted(filter.values)}`;
    case 'range':
      return `${not}${number(filter.min ?? 0)} to ${number(filter.max ?? 0)}`;
    case 'gt':
      return `${not}over ${number(filter.value)}`;
    case 'gte':
      return `${not}at least ${number(filter.value)}`;
    case 'lt':
      return `${not}under ${number(filter.value)}`;
    case 'lte':
      return `${not}at most ${number(filter.value)}`;
    case 'within':
      return `${not}within ${filter.days} days`;
    case 'is':
      return filter.value ? 'yes' : 'no';
    case 'known':
      return filter.value ? 'known' : 'not known';
    case 'share': {
      const least = filter.min === undefined ? '' : `at least ${plainNumber(exact(filter.min * 100))}% `;
      return `${not}${least}in ${quoted(filter.values)}`;
    }
    case 'price':
      return `${not}${priceText(filter)}`;
    case 'near': {
      const where =
        filter.place === undefined
          ? `${plainNumber(filter.lat ?? 0)} ${plainNumber(filter.lon ?? 0)}`
          : `${quoted([filter.place])}${filter.country === undefined ? '' : ` in ${quoted([filter.country])}`}`;
      return `${not}within ${plainNumber(filter.km)} km of ${where}`;
    }
  }
}

function quoted(values: readonly string[]): string {
  return values.map((value) => `"${value.replaceAll('"', '""')}"`).join(' or ');
}

function numberText(field: string, value: number): string {
  return isFraction(field) ? `${plainNumber(exact(value * 100))}%` : plainNumber(value);
}

/** Three digits after a point could be thousands; a fourth says they are not. */
function plainNumber(value: number): string {
  return unmistakable(String(value));
}

function unmistakable(text: string): string {
  return /^-?\d{1,3}\.\d{3}$/.test(text) ? `${text}0` : text;
}

function priceText(filter: Extract<Filter, { op: 'price' }>): string {
  const { currency, minMinor, maxMinor } = filter;
  const amount = (minor: string) => amountText(minor, currency);
  const bounds =
    minMinor !== undefined && maxMinor !== undefined
      ? `${amount(minMinor)} to ${amount(maxMinor)} ${currency}`
      : minMinor !== undefined
        ? `at least ${amount(minMinor)} ${currency}`
        : maxMinor !== undefined
          ? `at most ${amount(maxMinor)} ${currency}`
          : `any in ${currency}`;
  const format = filter.format === undefined ? '' : ` for ${filter.format}`;
  const origins = filter.origins === undefined ? '' : ` from ${quoted(filter.origins)}`;
  return `${bounds}${format}${origins}`;
}

function amountText(minor: string, currency: string): string {
  const exponent = currencyExponent(currency);
  if (exponent === 0) return minor;
  const padded = minor.padStart(exponent + 1, '0');
  return unmistakable(`${padded.slice(0, -exponent)}.${padded.slice(-exponent)}`);
}
