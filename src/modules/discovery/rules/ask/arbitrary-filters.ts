import fc from 'fast-check';
import type { Filter } from '../../api.ts';

const value = fc
  .string({ unit: 'grapheme-composite', minLength: 1, maxLength: 20 })
  .filter((text) => text.trim() !== '' && !/[“”]/.test(text));
const values = fc.uniqueArray(value, { minLength: 1, maxLength: 4 });
const not = fc.constantFrom({}, { not: true as const });
const whole = fc.integer({ min: 0, max: 5_000_000 });
const fraction = fc.integer({ min: 0, max: 100_000 }).map((n) => n / 100_000);
const growth = fc.integer({ min: -900, max: 3000 }).map((n) => n / 1000);
const numbers = (field: string, number: fc.Arbitrary<number>): fc.Arbitrary<Filter> =>
  fc.oneof(
    fc
      .tuple(number, number, not)
      .map(([a, b, n]): Filter => ({ field, op: 'range', min: Math.min(a, b), max: Math.max(a, b), ...n })),
    fc
      .tuple(fc.constantFrom('gt' as const, 'gte' as const, 'lt' as const, 'lte' as const), number, not)
      .map(([op, v, n]): Filter => ({ field, op, value: v, ...n })),
    fc.tuple(number, not).map(([min, n]): Filter => ({ field, op: 'range', min, ...n })),
  );
const minor = fc.integer({ min: 0, max: 9_999_999 }).map(String);
export const anyFilter: fc.Arbitrary<Filter> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        'niche',
        'country',
        'list',
        'city',
        'hashtag',
        'keyword',
        'sponsor',
        'declaredGender',
        'postPlace',
      ),
      values,
      not,
    )
    .map(([field, v, n]): Filter => ({ field, op: 'in', values: v, ...n })),
  numbers('followers', whole),
  numbers('avgDurationS', whole),
  numbers('adultShare', fraction),
  numbers('engagementRate', fraction),
  numbers('growth6m', growth),
  numbers('fact.vetting_score', whole),
  fc
    .tuple(fc.constantFrom('lastPost', 'refreshed'), fc.integer({ min: 1, max: 3650 }), not)
    .map(([field, days, n]): Filter => ({ field, op: 'within', days, ...n })),
  fc
    .tuple(fc.constantFrom('verified', 'hasEmail', 'affiliate', 'fact.worked_with'), fc.boolean(), not)
    .map(([field, v, n]): Filter => ({ field, op: 'is', value: v, ...n })),
  fc
    .tuple(fc.constantFrom('niche', 'engagementRate', 'fact.contacted', 'audience.country', 'lastPost'), fc.boolean())
    .map(([field, v]): Filter => ({ field, op: 'known', value: v })),
  fc
    .tuple(
      fc.constantFrom('audience.country', 'audience.engagersGender', 'audience.age'),
      values,
      fc.option(fraction, { nil: undefined }),
      not,
    )
    .map(
      ([field, v, min, n]): Filter => ({ field, op: 'share', values: v, ...(min === undefined ? {} : { min }), ...n }),
    ),
  fc
    .tuple(
      fc.constantFrom('EUR', 'JPY', 'KWD'),
      fc.option(minor, { nil: undefined }),
      fc.option(minor, { nil: undefined }),
      fc.constantFrom(undefined, 'reel' as const),
      fc.constantFrom(undefined, ['estimate', 'creator'] as ('estimate' | 'creator')[]),
      not,
    )
    .map(([currency, a, b, format, origins, n]): Filter => {
      const [minMinor, maxMinor] = a !== undefined && b !== undefined && Number(a) > Number(b) ? [b, a] : [a, b];
      return {
        field: 'price',
        op: 'price',
        currency,
        ...(minMinor === undefined ? {} : { minMinor }),
        ...(maxMinor === undefined ? {} : { maxMinor }),
        ...(format === undefined ? {} : { format }),
        ...(origins === undefined ? {} : { origins }),
        ...n,
      };
    }),
  fc
    .tuple(
      fc.constantFrom('home', 'postPlace'),
      value,
      fc.constantFrom({}, { country: 'DE' }),
      fc.integer({ min: 1, max: 500 }),
      not,
    )
    .map(([field, place, country, km, n]): Filter => ({ field, op: 'near', place, ...country, km, ...n })),
  fc
    .tuple(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -180, max: 180 }), fc.integer({ min: 1, max: 500 }))
    .map(([lat, lon, km]): Filter => ({ field: 'home', op: 'near', lat: lat + 0.5, lon: lon + 0.125, km })),
);
