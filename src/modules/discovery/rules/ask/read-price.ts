import { parseAmount } from '#kernel/money.ts';
import type { Filter } from '../../api.ts';
import { currencyWords, dollars, priceFormatWords, priceNouns } from './lexicon.ts';
import { readBounds } from './read-bounds.ts';
import { filterStep, follows, keyAt, notOf, type Place, type Reader, skip } from './reading.ts';

const between = new Set(['of', 'is', 'are', 'them', 'us', ':', 'for', 'me', 'about', 'they', 'range']);

/** "under €650 per reel", "200 to 400 EUR", "price up to 500", "budget 300 pounds for a story". */
export const readPrice: Reader = (place) => {
  const { words, at, known } = place;
  const isNamed = priceNouns.has(keyAt(words, at));
  const start = isNamed ? skip(words, at + 1, new Set([...between].filter((word) => word !== 'about'))) : at;
  const bounds = readBounds(words, start);
  if (bounds === null || bounds.isPercent) return null;
  const sign = words.slice(start, bounds.to).find((word) => currencyWords[word.key] !== undefined);
  const after = currencyWords[keyAt(words, bounds.to)];
  const said = sign === undefined ? after : currencyWords[sign.key];
  if (said === undefined && !isNamed) return null;
  const own =
    dollars.has(known.currency) && said === 'USD' && (sign?.key === '$' || /^dollars?$/.test(keyAt(words, bounds.to)));
  const currency = said === undefined || own ? known.currency : said;
  let to = sign === undefined && after !== undefined ? bounds.to + 1 : bounds.to;
  const formatAt = skip(words, to, new Set(['per', 'for', 'a', 'an', 'each', '/', 'one']));
  const format = formatAt > to ? priceFormatWords[keyAt(words, formatAt)] : undefined;
  if (format !== undefined) to = formatAt + 1;
  const origins = originsAt(words, to);
  const exactly = bounds.low !== undefined && bounds.low === bounds.high;
  const filter: Filter = {
    field: 'price',
    op: 'price',
    currency,
    ...(bounds.low === undefined || exactly ? {} : { minMinor: minorOf(bounds.low, currency) }),
    ...(bounds.high === undefined ? {} : { maxMinor: minorOf(bounds.high, currency) }),
    ...(format === undefined ? {} : { format: format as NonNullable<Extract<Filter, { op: 'price' }>['format']> }),
    ...(origins === null ? {} : { origins: origins.values }),
    ...notOf(place.isNot),
  };
  const remarks = [
    bounds.remark,
    said === undefined ? `No currency is named: ${currency} is taken.` : undefined,
    own && currency !== 'USD' ? `The dollar is read as ${currency}.` : undefined,
    exactly ? 'It is read as up to that much.' : undefined,
  ].filter((one) => one !== undefined);
  return filterStep(origins?.to ?? to, filter, remarks.length === 0 ? {} : { remark: remarks.join(' ') });
};

type Origin = 'rate_card' | 'creator' | 'estimate';

/** "including estimates", "from a rate card". */
function originsAt(words: Place['words'], at: number): { values: Origin[]; to: number } | null {
  const estimates =
    follows(words, at, ['including', 'estimates']) ??
    follows(words, at, ['or', 'estimated']) ??
    follows(words, at, ['with', 'estimates']);
  if (estimates !== null) return { values: ['rate_card', 'creator', 'estimate'], to: estimates };
  const card =
    follows(words, at, ['from', 'a', 'rate', 'card']) ??
    follows(words, at, ['from', 'rate', 'card']) ??
    follows(words, at, ['by', 'rate', 'card']);
  return card === null ? null : { values: ['rate_card'], to: card };
}

/** Whole minor units of a typed amount; more decimals than the currency has are cut, "12.505" EUR being no price. */
function minorOf(value: number, currency: string): string {
  const exponent = String(parseAmount('1', currency).amountMinor).length - 1;
  return parseAmount(value.toFixed(exponent), currency).amountMinor.toString();
}
