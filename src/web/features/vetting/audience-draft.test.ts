import { describe, expect, it } from 'vitest';
import { audienceRowSchema } from '#modules/creators/api.ts';
import { type AudienceDraft, draftOfAudience, rowOfDraft } from './audience-draft.ts';

const empty = draftOfAudience(null, '2026-05-01');
const draft = (patch: Partial<AudienceDraft>): AudienceDraft => ({ ...empty, ...patch });

describe('an audience entered by hand', () => {
  it('is sent as fractions, with what stays empty left out', () => {
    const row = rowOfDraft(
      draft({
        n: 400,
        countries: [
          { key: 0, code: 'IE', percent: 61.25 },
          { key: 1, code: null, percent: '' },
        ],
        ages: { ...empty.ages, '25-34': '40' },
      }),
      null,
    );
    expect(row).toEqual({
      origin: 'declared',
      n: 400,
      credibility: null,
      distributions: { country: { IE: 0.6125 }, age: { '25-34': 0.4 } },
    });
    expect(audienceRowSchema.safeParse(row).success).toBe(true);
  });

  it('keeps what the form has no field for, and shows again what was stated', () => {
    const before = {
      source: 'x',
      at: '2026-05-01',
      n: 50,
      origin: 'imported' as const,
      confidence: 'low' as const,
      distributions: { country: { DE: 0.5 }, interest: { food: 0.9 } },
      credibility: 0.8,
      adultShare: null,
      likesFromOthers: 0.2,
      adultShareFrom: null,
      isLdaCompliant: null,
    };
    const shown = draftOfAudience(before, '2026-05-02');
    expect(shown.countries).toEqual([{ key: 0, code: 'DE', percent: 50 }]);
    expect(rowOfDraft(shown, before)).toMatchObject({
      n: 50,
      credibility: 0.8,
      distributions: { country: { DE: 0.5 }, interest: { food: 0.9 } },
    });
  });

  it('says what is wrong before anything is sent', () => {
    const faultOf = (patch: Partial<AudienceDraft>) => {
      const row = rowOfDraft(draft(patch), null);
      return 'fault' in row ? row.fault : 'none';
    };
    expect(faultOf({})).toMatch(/at least one share/);
    expect(faultOf({ countries: [{ key: 0, code: null, percent: 20 }] })).toMatch(/in which country 20 %/);
    expect(faultOf({ genders: { female: 70, male: 40 } })).toMatch(/Genders add up to 110 %/);
    const twice = ['IE', 'IE'].map((code, key) => ({ key, code, percent: 10 }));
    expect(faultOf({ countries: twice })).toMatch(/IE stands in two rows/);
  });
});
