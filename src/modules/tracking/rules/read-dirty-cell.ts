import { addDays } from '#kernel/time.ts';

export type Cell<Value> = { ok: true; value: Value } | { ok: false; message: string };

const symbols: Record<string, string> = {
  '€': 'EUR',
  $: 'USD',
  '£': 'GBP',
  '¥': 'JPY',
  '₹': 'INR',
  '₩': 'KRW',
  zł: 'PLN',
  R$: 'BRL',
  US$: 'USD',
  CHF: 'CHF',
  Kč: 'CZK',
};

/**
 * An amount as people and spreadsheets write it ("€ 1.234,50", "1,234.50 USD", "52.4"), as plain decimal text, with the
 * currency when the cell names one. `exponent` is the decimals of the currency expected; it decides what a lone separator means.
 */
export function readAmountCell(cell: string, exponent: number): Cell<{ decimal: string; currency: string | null }> {
  let text = cell.normalize('NFKC').replace(/[\s'’]/g, '');
  if (text === '') return no('Empty.');
  let currency: string | null = null;
  const iso = /^([A-Z]{3})(?=[-\d])|(?<=\d)([A-Z]{3})$/.exec(text);
  if (iso !== null) {
    currency = iso[1] ?? iso[2] ?? null;
    text = text.replace(iso[0], '');
  } else {
    const symbol = Object.keys(symbols)
      .sort((a, b) => b.length - a.length)
      .find((mark) => text.includes(mark));
    if (symbol !== undefined) {
      // A lone sign names several currencies ("$"): it confirms a currency, it does not choose one.
      text = text.replace(symbol, '');
      currency = symbol === '$' || symbol === '¥' ? null : (symbols[symbol] ?? null);
    }
  }
  if (/^-|^\(/.test(text)) return no(`"${cell}" is less than zero. Put money given back into the refund column.`);
  if (!/^\d[\d.,]*$/.test(text)) return no(`"${cell}" is not an amount. Write it like 52.40.`);
  const decimal = plainDecimal(text, exponent);
  return decimal === null
    ? no(`"${cell}" can be read in two ways. Write it like 1234.50, with a point and no thousands separator.`)
    : { ok: true, value: { decimal, currency } };
}

function plainDecimal(text: string, exponent: number): string | null {
  const marks = [...text].filter((char) => char === '.' || char === ',');
  const last = marks.at(-1);
  if (last === undefined) return text;
  const other = last === '.' ? ',' : '.';
  const groups = text.split(last);
  const tail = groups.at(-1) ?? '';
  if (marks.includes(other)) {
    if (groups.length > 2) return null;
    const whole = (groups[0] ?? '').split(other);
    return isGrouped(whole) ? `${whole.join('')}.${tail}` : null;
  }
  if (groups.length > 2) return isGrouped(groups) ? groups.join('') : null;
  if (tail.length !== 3) return `${groups[0]}.${tail === '' ? '0' : tail}`;
  // "1.234": three digits after a lone mark are thousands, unless the currency has three decimals, when nobody can tell.
  if (exponent === 3) return last === '.' ? text : null;
  return (groups[0] ?? '') === '0' ? `0.${tail}` : groups.join('');
}

function isGrouped(groups: readonly string[]): boolean {
  return groups.every((group, index) => (index === 0 ? /^\d{1,3}$/.test(group) : /^\d{3}$/.test(group)));
}

export type DateOrder = 'day-first' | 'month-first';

/**
 * An instant as files write it, as ISO text in UTC. Without a zone it is read in `timeZone`; a day alone is its beginning. A date that could be
 * read in two ways is refused unless `dateOrder` says which.
 */
export function readInstantCell(
  cell: string,
  { timeZone, dateOrder = null }: { timeZone: string; dateOrder?: DateOrder | null },
): Cell<string> {
  const text = cell.trim();
  const iso =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/.exec(text);
  if (iso !== null) {
    const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', zone] = iso;
    return toInstant(cell, { day: `${year}-${month}-${day}`, time: `${hour}:${minute}:${second}`, zone, timeZone });
  }
  const local = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ ,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
  if (local === null) return no(`"${cell}" is not a date. Write it like 2026-05-14 or 2026-05-14T09:38:00Z.`);
  const [, first = '', mark, second = '', year = '', hour = '00', minute = '00', seconds = '00'] = local;
  const isOpen = mark !== '.' && Number(first) <= 12 && Number(second) <= 12;
  if (isOpen && dateOrder === null && first !== second) {
    return no(`"${cell}" can be ${first}/${second} or ${second}/${first}. Write it like ${year}-05-14.`);
  }
  const isDayFirst = isOpen ? dateOrder !== 'month-first' : mark === '.' || Number(first) > 12;
  const [day, month] = isDayFirst ? [first, second] : [second, first];
  return toInstant(cell, {
    day: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
    time: `${hour.padStart(2, '0')}:${minute}:${seconds}`,
    zone: undefined,
    timeZone,
  });
}

function toInstant(
  cell: string,
  parts: { day: string; time: string; zone: string | undefined; timeZone: string },
): Cell<string> {
  const asUtc = Date.parse(`${parts.day}T${parts.time}Z`);
  if (Number.isNaN(asUtc) || addDays(parts.day, 0) !== parts.day) return no(`"${cell}" is not in the calendar.`);
  if (parts.zone === 'Z' || parts.zone === 'UTC') return { ok: true, value: new Date(asUtc).toISOString() };
  if (parts.zone !== undefined) {
    const minutes =
      (Number(parts.zone.slice(1, 3)) * 60 + Number(parts.zone.slice(-2))) * (parts.zone.startsWith('-') ? -1 : 1);
    return { ok: true, value: new Date(asUtc - minutes * 60_000).toISOString() };
  }
  // The zone's offset at that hour; asked twice, since the first guess may lie across a change of the clocks.
  let ms = asUtc - offsetMs(parts.timeZone, asUtc);
  ms = asUtc - offsetMs(parts.timeZone, ms);
  return { ok: true, value: new Date(ms).toISOString() };
}

// Making one costs more than reading a row with it.
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(timeZone, clock);
  return clock;
}

function offsetMs(timeZone: string, atMs: number): number {
  const parts = clockOf(timeZone).formatToParts(atMs);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  return (
    Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) -
    Math.floor(atMs / 1000) * 1000
  );
}

function no(message: string): { ok: false; message: string } {
  return { ok: false, message };
}
