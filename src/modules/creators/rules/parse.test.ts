import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { platforms } from '#kernel/platform.ts';
import { decideDateOrder, parseDate } from './parse-date.ts';
import { handleKey, parseHandle } from './parse-handle.ts';
import { decideDecimalMark, decideShareScale, isUnknown, parseCount, parseShare } from './parse-number.ts';
import { readBoolean, readCountry, readEmails, readLanguage, readLocation, readPlatform } from './read-text.ts';

const count = (text: string) => {
  const result = parseCount(text);
  return result.ok ? result.value : result.message;
};

describe('counts', () => {
  it.each([
    ['12.5K', 12_500],
    ['12,5k', 12_500],
    ['1,2M', 1_200_000],
    ['1.2 Mio.', 1_200_000],
    ['12 345', 12_345],
    ['12\u202f345', 12_345],
    ["12'345", 12_345],
    ['1.234.567', 1_234_567],
    ['1,234,567', 1_234_567],
    ['1.234', 1234],
    ['1,234', 1234],
    ['12.345,00', 12_345],
    ['1,234.50', 1235],
    ['0', 0],
    ['8.4e5', 840_000],
    ['12,34,567', 1_234_567],
    ['3 tsd', 3000],
    ['10k+', 10_000],
    ['1.005M', 1_005_000],
    [' 42 ', 42],
  ])('reads %s as %d', (text, value) => expect(count(text)).toBe(value));

  it.each(['abc', '12x', '1.2.3', '-5', '12,3,4', '1e400', '9'.repeat(30), '..', ''])('says why %j is none', (text) =>
    expect(parseCount(text)).toMatchObject({ ok: false, message: expect.stringContaining('"') }),
  );

  it('reads back every whole number in every way people write it', () => {
    fc.assert(
      fc.property(fc.nat({ max: 999_999_999 }), (value) => {
        const ways = [
          String(value),
          value.toLocaleString('en'),
          value.toLocaleString('de'),
          value.toLocaleString('fr'),
          value.toLocaleString('de-CH'),
          value.toLocaleString('en-IN'),
        ];
        for (const way of ways) expect(count(way)).toBe(value);
      }),
    );
  });

  it('reads thousands with one decimal exactly, with a point or a comma', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9_999_999 }), fc.constantFrom('.', ','), (tenths, mark) => {
        expect(count(`${Math.floor(tenths / 10)}${mark}${tenths % 10}K`)).toBe(tenths * 100);
      }),
    );
  });

  it('never throws and never gives a wrong kind of value, whatever stands in the cell', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const result = parseCount(text);
        if (result.ok) expect(Number.isSafeInteger(result.value) && result.value >= 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('tells not known from zero', () => {
    for (const text of ['N/A', 'n.a.', '-', '', 'null', 'unbekannt', '#N/A']) expect(isUnknown(text)).toBe(true);
    expect(isUnknown('0')).toBe(false);
  });
});

describe('rates, decided per column', () => {
  const read = (cells: string[]) => {
    const decimal = decideDecimalMark(cells);
    const scale = decideShareScale(cells, decimal) ?? 'percent';
    return cells
      .filter((cell) => !isUnknown(cell))
      .map((cell) => parseShare(cell, { decimal, scale }))
      .map((result) => (result.ok ? result.value : result.message));
  };
  it('reads a column with signs, with commas and blank cells as percent', () =>
    expect(read(['3,4 %', '', 'N/A', '12 %', '0,5 %'])).toEqual([0.034, 0.12, 0.005]));
  it('reads a column without signs whose values pass 1 as percent', () =>
    expect(read(['3.4', '0.8', '12'])).toEqual([0.034, 0.008, 0.12]));
  it('reads a column whose values all stay below 1 as fractions', () =>
    expect(read(['0.034', '0.12', '0.5'])).toEqual([0.034, 0.12, 0.5]));
});

describe('handles', () => {
  it.each([
    ['@Anna.Bakes', 'anna.bakes', 'instagram'],
    ['https://www.instagram.com/Anna.Bakes/?igsh=MzRlODBi', 'anna.bakes', 'instagram'],
    ['instagram.com/anna.bakes', 'anna.bakes', 'instagram'],
    ['https://instagr.am/anna', 'anna', 'instagram'],
    ['https://www.tiktok.com/@anna_b?_t=8x&_r=1', 'anna_b', 'tiktok'],
    ['https://m.youtube.com/@AnnaTV/videos', 'annatv', 'youtube'],
    ['https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv', 'ucabcdefghijklmnopqrstuv', 'youtube'],
    ['https://www.pinterest.de/anna/', 'anna', 'pinterest'],
    [' anna ', 'anna', 'instagram'],
    ['https://www.instagram.com/stories/anna/123', 'anna', 'instagram'],
    ['\u200eanna\u200f', 'anna', 'instagram'],
  ])('reads %s', (text, key, platform) =>
    expect(parseHandle(text, 'instagram')).toMatchObject({ ok: true, value: { key, platform } }),
  );

  it.each([
    'https://www.instagram.com/p/Cxyz/',
    'https://www.youtube.com/watch?v=abc',
    'https://example.com/anna',
    'anna müller',
    '@',
    '',
    'javascript:alert(1)',
    'https://www.tiktok.com/tag/food',
    '=cmd()',
  ])('says why %j is none', (text) =>
    expect(parseHandle(text, 'instagram')).toMatchObject({ ok: false, message: expect.any(String) }),
  );

  it('reads its own address and handle back to the same key, on every platform', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...platforms),
        fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_]{2,19}$/),
        (platform, name) => {
          const text = platform === 'blog' ? `https://${name.replaceAll('_', '')}.example.com` : `@${name}`;
          const first = parseHandle(text, platform);
          if (!first.ok) throw new Error(first.message);
          expect(parseHandle(first.value.url, 'instagram')).toMatchObject(
            platform === 'blog' ? { ok: false } : { ok: true, value: { key: first.value.key, platform } },
          );
          expect(handleKey(first.value.handle)).toBe(first.value.key);
        },
      ),
    );
  });
});

describe('dates, decided per column', () => {
  it('reads ISO, day first, month first, seconds, milliseconds and serial days', () => {
    const at = (text: string, order: 'day-first' | 'month-first' = 'day-first') => {
      const result = parseDate(text, order);
      return result.ok ? result.value : result.message;
    };
    expect(at('2026-03-04')).toBe('2026-03-04T00:00:00.000Z');
    expect(at('2026-03-04T10:00:00+02:00')).toBe('2026-03-04T08:00:00.000Z');
    expect(at('04/03/2026')).toBe('2026-03-04T00:00:00.000Z');
    expect(at('04/03/2026', 'month-first')).toBe('2026-04-03T00:00:00.000Z');
    expect(at('4.3.26')).toBe('2026-03-04T00:00:00.000Z');
    expect(at('1772582400')).toBe('2026-03-04T00:00:00.000Z');
    expect(at('1772582400000')).toBe('2026-03-04T00:00:00.000Z');
    expect(at('46085')).toBe('2026-03-04T00:00:00.000Z');
    expect(at('March 4, 2026')).toBe('2026-03-04T00:00:00.000Z');
    expect(at('31/02/2026')).toContain('not a date in the calendar');
    expect(at('soon')).toContain('not a date');
  });
  it('tells the order from cells that leave no doubt, and says nothing when none does', () => {
    expect(decideDateOrder(['03/04/2026', '13/02/2026'])).toBe('day-first');
    expect(decideDateOrder(['03/04/2026', '02/13/2026'])).toBe('month-first');
    expect(decideDateOrder(['03/04/2026'])).toBeNull();
    expect(decideDateOrder(['13/02/2026', '02/13/2026'])).toBeNull();
  });
  it('reads every day back, in either order', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1971-01-01'), max: new Date('2099-12-30'), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString().slice(0, 10);
          const [year, month, day] = iso.split('-');
          for (const [text, order] of [
            [`${day}/${month}/${year}`, 'day-first'],
            [`${month}/${day}/${year}`, 'month-first'],
            [iso, 'day-first'],
          ] as const) {
            expect(parseDate(text, order)).toEqual({ ok: true, value: `${iso}T00:00:00.000Z` });
          }
        },
      ),
    );
  });
});

describe('words', () => {
  it.each([
    ['Germany', 'DE'],
    ['Deutschland', 'DE'],
    ['Allemagne', 'DE'],
    ['Alemania', 'DE'],
    ['USA', 'US'],
    ['UK', 'GB'],
    ['England', 'GB'],
    ['de', 'DE'],
    ['DEU', 'DE'],
    ['Österreich', 'AT'],
    ['España', 'ES'],
    ['🇮🇪', 'IE'],
    ['Narnia', null],
  ])('reads the country %s as %s', (text, code) => expect(readCountry(text)).toBe(code));
  it.each([
    ['English', 'en'],
    ['Deutsch', 'de'],
    ['en-GB', 'en'],
    ['français', 'fr'],
    ['Klingon', null],
  ])('reads the language %s as %s', (text, code) => expect(readLanguage(text)).toBe(code));
  it('reads several addresses from one cell and says which are none', () => {
    expect(readEmails('Anna@Example.com; <b@example.org>, mailto:c@example.net.')).toEqual({
      emails: ['anna@example.com', 'b@example.org', 'c@example.net'],
      rejected: [],
    });
    expect(readEmails('anna(at)example.com').rejected).toHaveLength(1);
    expect(readEmails('a@example.com or b@example.com').emails).toHaveLength(2);
  });
  it('reads yes and no, platforms and places', () => {
    expect([readBoolean('Ja'), readBoolean('FALSE'), readBoolean('maybe')]).toEqual([true, false, null]);
    expect([readPlatform('IG'), readPlatform('Tik Tok'), readPlatform('MySpace')]).toEqual([
      'instagram',
      'tiktok',
      null,
    ]);
    expect(readLocation('Berlin, Germany')).toEqual({ city: 'Berlin', region: null, country: 'DE' });
    expect(readLocation('Cork')).toEqual({ city: 'Cork', region: null, country: null });
  });
});
