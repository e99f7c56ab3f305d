import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languagesOf } from './country-languages.ts';
import { judgePlace } from './place-signals.ts';

const audience = (countries: Record<string, number>, languages: Record<string, number> = {}) => ({
  countries,
  languages,
  n: 1000,
  source: 'report',
  at: '2026-05-01T00:00:00.000Z',
});

describe('where the audience lives', () => {
  it('is flagged when hardly anybody there speaks a language of the creator', () => {
    const { signal, flags } = judgePlace({
      languages: ['de'],
      statedAudience: audience({ IN: 0.5, BR: 0.3, DE: 0.1, TR: 0.1 }),
    });
    expect(signal).toMatchObject({ state: 'known', contribution: -3 });
    expect(signal.value).toBeCloseTo(0.1, 10);
    expect(flags.map((flag) => flag.name)).toEqual(['audience_elsewhere']);
  });

  it('is fine in neighbouring countries of one language', () => {
    const { signal, flags } = judgePlace({
      languages: ['de'],
      statedAudience: audience({ AT: 0.4, CH: 0.3, DE: 0.2 }),
    });
    expect(signal).toMatchObject({ value: 1, contribution: 0 });
    expect(flags).toEqual([]);
  });

  it('holds languages above countries, and no country against English', () => {
    const en = { languages: ['en'], statedAudience: audience({ BR: 0.9 }) };
    expect(judgePlace(en).signal.state).toBe('not_applicable');
    const spoken = { languages: ['en'], statedAudience: audience({ BR: 0.9 }, { pt: 0.9, en: 0.05 }) };
    expect(judgePlace(spoken).signal.value).toBeCloseTo(0.05 / 0.95, 10);
  });

  it('is unknown, not clean, with less than half of the audience, without languages or without audience', () => {
    const some = audience({ IN: 0.3 });
    for (const given of [
      { languages: ['de'], statedAudience: some },
      { languages: [], statedAudience: audience({ IN: 1 }) },
      { languages: ['de'], statedAudience: null },
    ])
      expect(judgePlace(given).signal).toMatchObject({ state: 'unknown', value: null });
  });

  it('never depends on the order of countries and never leaves 0 to 1', () => {
    const country = fc.constantFrom('DE', 'IN', 'BR', 'XX', 'CH', 'ZZ');
    fc.assert(
      fc.property(fc.dictionary(country, fc.double({ min: 0, max: 0.2, noNaN: true })), (countries) => {
        const turned = Object.fromEntries(Object.entries(countries).reverse());
        const given = judgePlace({ languages: ['de'], statedAudience: audience(countries) });
        const other = judgePlace({ languages: ['de'], statedAudience: audience(turned) });
        expect(other.signal.value ?? 0).toBeCloseTo(given.signal.value ?? 0, 10);
        expect(given.signal.value ?? 0).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it('knows no country that does not exist', () => {
    expect(languagesOf('ZZ')).toBeNull();
    expect(languagesOf('ch')).toEqual(['de', 'fr', 'it']);
  });
});
