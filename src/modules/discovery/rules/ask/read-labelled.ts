import { parseAmount } from '#kernel/money.ts';
import { type Filter, priceFormats, priceOrigins, searchFields } from '../../api.ts';
import { fieldOf } from '../field-kind.ts';
import { fieldLabels } from './lexicon.ts';
import { boundsFilter, readBounds } from './read-bounds.ts';
import { filterStep, follows, keyAt, notOf, type Place, type Reader, type Step } from './reading.ts';

const labelWordsMax = 8;

/** The written form of any filter, as describeFilters gives it: `niche: "baking" or "beauty"`, `followers: 5000 to 30000`. */
export const readLabelled: Reader = ({ words, at }) => {
  const label = labelAt(words, at);
  if (label === null) return null;
  const isNot = keyAt(words, label.to) === 'not' && keyAt(words, label.to + 1) !== 'known';
  const from = isNot ? label.to + 1 : label.to;
  const { field } = label;
  const known = knownAt(words, from);
  if (known !== null) return filterStep(known.to, { field, op: 'known', value: known.value });
  const kind = fieldOf(field)?.kind;
  if (kind === 'share') return shareOf(field, { words, from, isNot });
  if (kind === 'price') return priceOf({ words, from, isNot });
  if (kind === 'place' && keyAt(words, from) === 'within') return nearOf(field, { words, from, isNot });
  const days = follows(words, from, ['within']);
  const count = days === null ? undefined : words[days];
  if (days !== null && count?.kind === 'number' && keyAt(words, days + 1) === 'days')
    return filterStep(days + 2, { field, op: 'within', days: count.value, ...notOf(isNot) });
  if (['yes', 'no'].includes(keyAt(words, from)))
    return filterStep(from + 1, { field, op: 'is', value: (keyAt(words, from) === 'yes') !== isNot });
  const values = quotedAt(words, from);
  if (values !== null) return filterStep(values.to, { field, op: 'in', values: values.values, ...notOf(isNot) });
  const bounds = signedBounds(words, from);
  const made = bounds === null ? null : boundsFilter(field, bounds, isNot);
  return made === null || bounds === null ? null : filterStep(bounds.to, made.filter);
};

interface Rest {
  words: Place['words'];
  from: number;
  isNot: boolean;
}

/** A label and its colon; the longest run of words that is one. */
function labelAt(words: Place['words'], at: number): { field: string; to: number } | null {
  const first = words[at];
  if (first?.kind !== 'word') return null;
  for (let count = 1; count <= labelWordsMax && at + count < words.length; count += 1) {
    if (words[at + count]?.key !== ':') continue;
    const said = words.slice(at, at + count);
    if (count === 1 && said[0]?.text.startsWith('fact.')) return { field: said[0].text, to: at + 2 };
    const field = fieldLabels.get(
      said
        .map((word) => word.key)
        .join('')
        .replace(/[^a-z0-9]/g, ''),
    );
    return field === undefined || !Object.hasOwn(searchFields, field) ? null : { field, to: at + count + 1 };
  }
  return null;
}

function knownAt(words: Place['words'], at: number): { value: boolean; to: number } | null {
  const no = follows(words, at, ['not', 'known']);
  if (no !== null) return { value: false, to: no };
  const yes = follows(words, at, ['known']);
  return yes === null ? null : { value: true, to: yes };
}

function quotedAt(words: Place['words'], at: number): { values: string[]; to: number } | null {
  const values: string[] = [];
  let to = at;
  while (words[to]?.kind === 'quoted') {
    values.push(words[to]?.text ?? '');
    if (keyAt(words, to + 1) !== 'or' || words[to + 2]?.kind !== 'quoted') return { values, to: to + 1 };
    to += 2;
  }
  return values.length === 0 ? null : { values, to };
}

/** Bounds whose numbers may have a minus, as growth has. */
function signedBounds(words: Place['words'], from: number): ReturnType<typeof readBounds> {
  const signed: Place['words'][number][] = [];
  const at: number[] = [];
  for (let i = from; i < words.length && signed.length < 8; i += 1) {
    const word = words[i];
    const next = words[i + 1];
    if (word === undefined) break;
    const isMinus = word.key === '-' && next?.kind === 'number' && next.at === word.end;
    signed.push(isMinus && next !== undefined ? { ...next, value: -next.value } : word);
    if (isMinus) i += 1;
    at.push(i + 1);
  }
  const bounds = readBounds(signed, 0);
  return bounds === null ? null : { ...bounds, to: at[bounds.to - 1] ?? from };
}

function shareOf(field: string, { words, from, isNot }: Rest): Step | null {
  const bounds = readBounds(words, from);
  const isLeast = bounds?.isPercent === true && bounds.low !== undefined;
  const start = follows(words, isLeast ? bounds.to : from, ['in']);
  const values = start === null ? null : quotedAt(words, start);
  if (values === null) return null;
  const min = isLeast ? { min: Number(((bounds.low ?? 0) / 100).toPrecision(12)) } : {};
  return filterStep(values.to, { field, op: 'share', values: values.values, ...min, ...notOf(isNot) });
}

function priceOf({ words, from, isNot }: Rest): Step | null {
  const isAny = follows(words, from, ['any', 'in']);
  const bounds = isAny === null ? readBounds(words, from) : null;
  const currencyAt = isAny ?? bounds?.to;
  const currency = currencyAt === undefined ? '' : (words[currencyAt]?.text ?? '').toUpperCase();
  if (currencyAt === undefined || !/^[A-Z]{3}$/.test(currency)) return null;
  let to = currencyAt + 1;
  const format = keyAt(words, to) === 'for' ? priceFormats.find((one) => one === keyAt(words, to + 1)) : undefined;
  if (format !== undefined) to += 2;
  const origins: Extract<Filter, { op: 'price' }>['origins'] = [];
  if (keyAt(words, to) === 'from') {
    const quoted = quotedAt(words, to + 1);
    for (const value of quoted?.values ?? []) {
      const origin = priceOrigins.find((one) => one === value);
      if (origin !== undefined) origins.push(origin);
    }
    to = quoted?.to ?? to;
  }
  const exponent = String(parseAmount('1', currency).amountMinor).length - 1;
  const minor = (value: number) => parseAmount(value.toFixed(exponent), currency).amountMinor.toString();
  return filterStep(to, {
    field: 'price',
    op: 'price',
    currency,
    ...(bounds?.low === undefined ? {} : { minMinor: minor(bounds.low) }),
    ...(bounds?.high === undefined ? {} : { maxMinor: minor(bounds.high) }),
    ...(format === undefined ? {} : { format }),
    ...(origins.length === 0 ? {} : { origins }),
    ...notOf(isNot),
  });
}

/** `within 50 km of "Leipzig" in "DE"` or `within 50 km of 51.34 12.37`. */
function nearOf(field: string, { words, from, isNot }: Rest): Step | null {
  const km = words[from + 1];
  const of = km?.kind === 'number' ? follows(words, from + 2, ['km', 'of']) : null;
  if (of === null || km === undefined) return null;
  const place = words[of];
  if (place?.kind === 'quoted') {
    const country = keyAt(words, of + 1) === 'in' && words[of + 2]?.kind === 'quoted' ? words[of + 2]?.text : undefined;
    const to = country === undefined ? of + 1 : of + 3;
    return filterStep(to, {
      field,
      op: 'near',
      place: place.text,
      ...(country === undefined ? {} : { country }),
      km: km.value,
      ...notOf(isNot),
    });
  }
  const [lat, latTo] = signedAt(words, of);
  const [lon, to] = signedAt(words, latTo);
  if (lat === null || lon === null) return null;
  return filterStep(to, { field, op: 'near', lat, lon, km: km.value, ...notOf(isNot) });
}

function signedAt(words: Place['words'], at: number): [number | null, number] {
  const isMinus = keyAt(words, at) === '-';
  const word = words[isMinus ? at + 1 : at];
  return word?.kind === 'number' ? [isMinus ? -word.value : word.value, at + (isMinus ? 2 : 1)] : [null, at];
}
