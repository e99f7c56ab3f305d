import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Platform } from '#kernel/platform.ts';
import { mapCreatorRow } from './map-creator-row.ts';
import { proposeMapping } from './propose-mapping.ts';
import { type ColumnPlan, decideReading } from './read-cell.ts';
import { readStatementCell } from './statement-cells.ts';
import { readStatementHeading } from './statement-columns.ts';

/** Maps a table as an import does: headings, then the cells of one row. */
function mapTable(header: string[], cells: (string | number)[], platform: Platform = 'instagram') {
  const proposal = proposeMapping(header, [cells.map(String)], 'creators');
  const plans = proposal.columns.map(
    (column, at): ColumnPlan => ({ ...column, ...decideReading(column.target, [cells[at] ?? null]) }),
  );
  return mapCreatorRow(plans, cells, { row: 7, platform });
}

describe('a heading', () => {
  it.each([
    ['audience country US', 'audience.country:US'],
    ['Audience: 18-24 %', 'audience.age:18-24'],
    ['Audience female %', 'audience.gender:female'],
    ['audience_age_45_54', 'audience.age:45-64'],
    ['Audience Germany', 'audience.country:DE'],
    ['audience.geoCountries', 'audience.country'],
    ['audience.genders', 'audience.gender'],
    ['audience language English', 'audience.language:en'],
    ['Audience city Berlin', 'audience.city:Berlin'],
    ['audience credibility', 'audience.credibility'],
    ['Audience sample size', 'audience.n'],
    ['audience 21+', 'audience.adultShare'],
    ['audience genders per age', 'audience.genderAge'],
    ['Audience gender age Female 18-24', 'audience.genderAge:female 18-24'],
    ['audience brand affinity', 'audience.brand'],
    ['Audience likes from non-followers', 'audience.likesFromOthers'],
    ['rate reel', 'price.reel'],
    ['Price per post', 'price.post'],
    ['Instagram story rate (€)', 'price.story'],
    ['Preis Reel', 'price.reel'],
    ['rate', 'price.any'],
    ['Telegram', 'contact.telegram'],
    ['engagement rate', null],
    ['reply rate', null],
    ['audience size', null],
    ['shipping fee', null],
    ['followers', null],
  ])('"%s" states %s', (heading, target) => {
    expect(readStatementHeading(heading)?.target ?? null).toBe(target);
  });
});

describe('a row', () => {
  it('gives the account it names its audience, with the size of the sample where the file states it', () => {
    const mapped = mapTable(
      ['handle', 'audience country US', 'audience country DE', 'Audience female %', 'audience sample size'],
      ['@anna', '42 %', '9.5 %', '61 %', '4200'],
    );
    expect(mapped.ok && mapped.row.profiles[0]?.audience).toEqual({
      origin: 'imported',
      n: 4200,
      distributions: { country: { US: 0.42, DE: 0.095 }, gender: { female: 0.61 } },
      credibility: null,
      adultShare: null,
    });
  });

  it('takes gender within age as parts of the audience, brands as overlapping, and likes of others as stated', () => {
    const mapped = mapTable(
      ['handle', 'audience genders per age', 'audience brands', 'audience likes from non-followers'],
      ['@anna', '[{"code":"18-24","male":0.1,"female":0.35}]', 'Kettlemoth 80 %, Snugloaf 60 %', '22 %'],
    );
    expect(mapped.ok && mapped.row.profiles[0]?.audience).toMatchObject({
      distributions: {
        genderAge: { 'female 18-24': 0.35, 'male 18-24': 0.1 },
        brand: { Kettlemoth: 0.8, Snugloaf: 0.6 },
      },
      likesFromOthers: 0.22,
    });
    expect(
      readStatementCell(
        { target: 'audience.genderAge', column: 'audience', decimal: '.', scale: null },
        'blue 18-24 3 %',
      ),
    ).toMatchObject({ ok: false });
  });

  it('reads the lists of shares of other services', () => {
    const modash = JSON.stringify([
      { code: 'US', name: 'United States', weight: 0.31 },
      { code: 'DE', weight: 0.2 },
    ]);
    const phyllo = JSON.stringify([
      { code: 'US', value: 31 },
      { code: 'DE', value: 20 },
    ]);
    const hype = JSON.stringify({ US: 31, DE: 20 });
    for (const text of [modash, phyllo, hype, 'US 31 %, DE 20 %', 'United States: 31%; Germany: 20%'])
      expect(
        readStatementCell({ target: 'audience.country', column: 'audience', decimal: '.', scale: null }, text),
      ).toEqual({ ok: true, value: ['US=0.31', 'DE=0.2'] });
  });

  it('is refused with its row and column when the shares are more than the whole', () => {
    const mapped = mapTable(['handle', 'audience male %', 'audience female %'], ['@anna', '70 %', '61 %']);
    expect(mapped).toMatchObject({ ok: false, problems: [{ row: 7, field: 'audience male %' }] });
    expect(!mapped.ok && mapped.problems[0]?.message).toContain('131 %');
  });

  it('brings rounded percents that add up to a little more than the whole back to it', () => {
    const mapped = mapTable(['handle', 'audience male %', 'audience female %'], ['@anna', '51 %', '50 %']);
    const gender = mapped.ok ? mapped.row.profiles[0]?.audience?.distributions?.gender : undefined;
    expect(Object.values(gender ?? {}).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
  });

  it('states prices in minor units of the currency the cell or the heading names', () => {
    const mapped = mapTable(
      ['handle', 'Reel rate', 'price per story (EUR)', 'TikTok video price'],
      ['@anna', '€ 250', '80,50', '$1,200'],
    );
    expect(mapped.ok && mapped.row.profiles[0]?.prices).toEqual([
      { format: 'reel', price: { amountMinor: '25000', currency: 'EUR' } },
      { format: 'story', price: { amountMinor: '8050', currency: 'EUR' } },
      { format: 'video', price: { amountMinor: '120000', currency: 'USD' } },
    ]);
  });

  it('takes no audience country for the country of the creator', () => {
    const mapped = mapTable(['handle', 'audience country'], ['@anna', 'US']);
    expect(mapped.ok && mapped.row).not.toHaveProperty('country');
    expect(mapped.ok && mapped.row.custom).toEqual({ 'audience country': 'US' });
  });

  it('keeps ways of contact by kind', () => {
    const mapped = mapTable(['handle', 'Telegram', 'WhatsApp'], ['@anna', '@anna_t', '+49 170 1']);
    expect(mapped.ok && mapped.row.contacts).toEqual(['telegram:@anna_t', 'whatsapp:+49 170 1']);
  });
});

describe('any shares and prices', () => {
  it('are read as they were written, whatever the spelling, or refused; never more than the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 6 }), (tenths) => {
        const countries = ['US', 'DE', 'FR', 'IT', 'ES', 'AT'].slice(0, tenths.length);
        const cells = tenths.map((one) => `${(one / 10).toFixed(1)} %`);
        const mapped = mapTable(
          ['handle', ...countries.map((code) => `audience country ${code}`)],
          ['@anna', ...cells],
        );
        const sum = tenths.reduce((all, one) => all + one, 0) / 1000;
        if (!mapped.ok) return sum > 1.02;
        const shares = mapped.row.profiles[0]?.audience?.distributions?.country ?? {};
        const total = Object.values(shares).reduce((all, share) => all + share, 0);
        return sum <= 1.02 && total <= 1.00001 && Math.abs(total - Math.min(1, sum)) < 0.0001;
      }),
    );
  });

  it('come back from any amount in any of the usual spellings', () => {
    const spell = fc.constantFrom(
      (amount: string) => `€ ${amount}`,
      (amount: string) => `${amount} EUR`,
      (amount: string) => `EUR ${amount}`,
      (amount: string) => `${amount}€`,
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), spell, (minor, write) => {
        const text = write((minor / 100).toFixed(2));
        const result = readStatementCell({ target: 'price.post', column: 'price', decimal: '.', scale: null }, text);
        expect(result).toEqual({ ok: true, value: `EUR ${minor}` });
      }),
    );
  });

  it('never break on any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        for (const target of ['price.post', 'audience.country', 'audience.age:18-24', 'contact.list'] as const) {
          const result = readStatementCell({ target, column: 'x', decimal: null, scale: null }, text);
          expect(typeof result.ok).toBe('boolean');
        }
        readStatementHeading(text);
      }),
    );
  });
});
