import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timesScale } from './times-scale.ts';

test('a sum at a rate is exact and rounded once, half up', () => {
  expect(timesScale('12345.5', '1')).toBe(12346n);
  expect(timesScale('1000.000000000001', '100')).toBe(100000n);
  expect(timesScale('15', '0.1')).toBe(2n);
  const nat = fc.bigInt({ min: 0n, max: 10n ** 18n });
  fc.assert(
    fc.property(nat, fc.integer({ min: 0, max: 6 }), (amount, places) => {
      const scale = `0.${'0'.repeat(places)}1`;
      const unit = 10n ** BigInt(places + 1);
      const product = timesScale(amount.toString(), scale);
      expect(product * unit - amount <= unit / 2n && amount - product * unit <= unit / 2n).toBe(true);
    }),
  );
});
