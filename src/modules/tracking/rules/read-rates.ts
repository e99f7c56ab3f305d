import { isKnownCurrency } from '#kernel/money.ts';

export interface ReadRate {
  day: string;
  base: string;
  quote: string;
  /** Decimal text, exact. */
  rate: string;
}

export type RatesVerdict = { ok: true; rates: ReadRate[] } | { ok: false; field: string; message: string };

const months = 'january february march april may june july august september october november december'.split(' ');

/** A day as files of rates write it: 2026-11-23 or 23 November 2026; null for anything else. */
export function readRateDay(text: string): string | null {
  const plain = text.trim();
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(plain);
  const words = /^(\d{1,2}) ([A-Za-z]+) (\d{4})$/.exec(plain);
  const month = words === null ? 0 : months.indexOf((words[2] ?? '').toLowerCase()) + 1;
  const day =
    iso !== null
      ? plain
      : words !== null && month > 0
        ? `${words[3]}-${String(month).padStart(2, '0')}-${(words[1] ?? '').padStart(2, '0')}`
        : null;
  if (day === null) return null;
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === day ? day : null;
}

/** A row of rates: the ECB's (Date and a column a currency, units for one EUR), or day, base, quote and rate. Empty cells and N/A hold no rate. */
export function readRateRow(header: readonly string[], cells: readonly string[]): RatesVerdict {
  const names = header.map((name) => name.replace(/^\uFEFF/, '').trim());
  const at = (name: string) => names.findIndex((one) => one.toLowerCase() === name);
  const day = readRateDay(cells[Math.max(at('date'), at('day'))] ?? '');
  if (day === null) return { ok: false, field: 'Date', message: 'No day. Write 2026-11-23.' };
  if (at('base') !== -1) {
    const [base = '', quote = '', rate = ''] = ['base', 'quote', 'rate'].map((name) => cells[at(name)]?.trim() ?? '');
    const found = check({ day, base: base.toUpperCase(), quote: quote.toUpperCase(), rate });
    return 'message' in found ? { ok: false, ...found } : { ok: true, rates: [found] };
  }
  const rates: ReadRate[] = [];
  for (const [index, name] of names.entries()) {
    const rate = cells[index]?.trim() ?? '';
    if (!/^[A-Z]{3}$/.test(name) || rate === '' || rate === 'N/A') continue;
    // The ECB's history names currencies that are no more.
    if (!isKnownCurrency(name)) continue;
    const found = check({ day, base: 'EUR', quote: name, rate });
    if ('message' in found) return { ok: false, ...found };
    rates.push(found);
  }
  return { ok: true, rates };
}

function check(rate: ReadRate): ReadRate | { field: string; message: string } {
  for (const code of [rate.base, rate.quote])
    if (!isKnownCurrency(code)) return { field: code, message: `"${code.slice(0, 20)}" is no ISO 4217 currency code.` };
  if (rate.base === rate.quote) return { field: rate.quote, message: 'Both currencies are the same.' };
  if (!/^\d{1,12}(\.\d{1,12})?$/.test(rate.rate) || !/[1-9]/.test(rate.rate))
    return {
      field: rate.quote,
      message: `"${rate.rate.slice(0, 30)}" is no rate. Write it with a point, such as 1.0853.`,
    };
  return rate;
}

/** The rates of the ECB's daily file (XML): the day, and units of each currency for one EUR. Null when it is no such file. */
export function readEcbFile(xml: string): ReadRate[] | null {
  const day = readRateDay(/<Cube\s+time=['"]([\d-]{10})['"]/.exec(xml)?.[1] ?? '');
  if (day === null) return null;
  const rates = [...xml.matchAll(/<Cube\s+currency=['"]([A-Z]{3})['"]\s+rate=['"]([\d.]{1,20})['"]/g)].flatMap(
    ([, quote = '', rate = '']) => {
      const found = check({ day, base: 'EUR', quote, rate });
      return 'message' in found ? [] : [found];
    },
  );
  return rates.length === 0 ? null : rates;
}
