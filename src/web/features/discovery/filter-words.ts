import { type Filter, searchFields } from '#modules/discovery/api.ts';
import { type SafetyCategory, safetyCategories } from '#modules/vetting/api.ts';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCompact, formatShare } from '#web/ui/format-number.ts';
import { factLabel, leastShare } from './filter-groups.ts';
import { countryName, languageName } from './hit-words.ts';

export function fieldLabel(field: string): string {
  const known = searchFields[field as keyof typeof searchFields];
  if (known !== undefined) return known.label;
  const named = factLabel(field);
  if (named !== undefined) return named;
  const fact = field.replace(/^fact\./, '').replaceAll('_', ' ');
  return fact.charAt(0).toUpperCase() + fact.slice(1);
}

export function isShare(field: string): boolean {
  return /rate$|share$|credibility$|growth\dm$/i.test(field);
}

export function formatValue(field: string, value: number): string {
  return isShare(field) ? formatShare(value) : formatCompact(value);
}

/** The value of a set field as a person reads it. */
export function valueLabel(field: string, value: string, listNames: ReadonlyMap<string, string>): string {
  switch (field) {
    case 'country':
    case 'audience.country':
      return countryName(value);
    case 'language':
    case 'audience.language':
      return languageName(value);
    case 'list':
      return listNames.get(value) ?? 'an archived list';
    case 'platform':
    case 'network':
      return (
        { instagram: 'Instagram', tiktok: 'TikTok', youtube: 'YouTube', pinterest: 'Pinterest', blog: 'Blog' }[value] ??
        value
      );
    case 'home':
    case 'postPlace':
      return value.split('|')[0] ?? value;
    case 'hashtag':
      return `#${value}`;
    case 'mention':
      return `@${value}`;
    case 'fact.brand_safety':
      return safetyCategories[value as SafetyCategory] ?? value;
    case 'hasEmail':
    case 'verified':
    case 'private':
      return value === 'true' ? 'yes' : 'no';
    default:
      return value.charAt(0).toUpperCase() + value.slice(1);
  }
}

/** What a filter asks, in words: "5k to 60k". */
export function filterValueWords(filter: Filter, listNames: ReadonlyMap<string, string>): string {
  const number = (value: number) => formatValue(filter.field, value);
  switch (filter.op) {
    case 'in': {
      if (filter.field === 'creator') return `${filter.values.length} chosen`;
      const labels = filter.values.map((value) => valueLabel(filter.field, value, listNames));
      return labels.length > 3 ? `${labels.slice(0, 3).join(', ')} or ${labels.length - 3} more` : labels.join(' or ');
    }
    case 'range':
      if (filter.min === undefined) return `up to ${number(filter.max ?? 0)}`;
      return filter.max === undefined
        ? `${number(filter.min)} or more`
        : `${number(filter.min)} to ${number(filter.max)}`;
    case 'gt':
      return `over ${number(filter.value)}`;
    case 'gte':
      return `${number(filter.value)} or more`;
    case 'lt':
      return `under ${number(filter.value)}`;
    case 'lte':
      return `up to ${number(filter.value)}`;
    case 'within':
      return `within ${filter.days} days`;
    case 'is':
      return filter.value ? 'yes' : 'no';
    case 'known':
      if (filter.field === 'fact.contacted' && !filter.value) return 'never, as far as recorded';
      return filter.value ? 'known' : 'not known';
    case 'share': {
      const labels = filter.values.map((value) => valueLabel(filter.field, value, listNames));
      return `${labels.join(' or ')}, ${formatShare(filter.min ?? leastShare(filter.field))} or more`;
    }
    case 'price':
      return priceWords(filter);
    case 'near':
      return `within ${filter.km} km of ${filter.place ?? `${filter.lat}, ${filter.lon}`}`;
  }
}

function priceWords(filter: Extract<Filter, { op: 'price' }>): string {
  const amount = (amountMinor: string) => formatMoney({ amountMinor, currency: filter.currency });
  const { minMinor, maxMinor } = filter;
  const bounds =
    minMinor !== undefined && maxMinor !== undefined
      ? `${amount(minMinor)} to ${amount(maxMinor)}`
      : maxMinor !== undefined
        ? `up to ${amount(maxMinor)}`
        : minMinor !== undefined
          ? `${amount(minMinor)} or more`
          : `any in ${filter.currency}`;
  const format = filter.format === undefined ? '' : ` a ${filter.format}`;
  return `${bounds}${format}${filter.origins?.includes('estimate') === true ? ', estimates too' : ''}`;
}

export function isNegated(filter: Filter): boolean {
  return 'not' in filter && filter.not === true;
}

/** The values of a field that are asked for (or kept out) by its first filter of that kind. */
export function chosenValues(filters: readonly Filter[], field: string): string[] {
  const found = filters.find((filter) => filter.field === field && filter.op === 'in' && !isNegated(filter));
  return found?.op === 'in' ? found.values : [];
}

/** The filters with those of one field that `replaces` picks out taken away, and another in their place. */
export function withFilter(
  filters: readonly Filter[],
  replaces: (filter: Filter) => boolean,
  next: Filter | null,
): Filter[] {
  const at = filters.findIndex(replaces);
  const rest = filters.filter((filter) => !replaces(filter));
  if (next === null) return rest;
  return at < 0 ? [...rest, next] : [...rest.slice(0, at), next, ...rest.slice(at)];
}
