import { expect, it } from 'vitest';
import { disclosedShare } from './disclosed-share.ts';

it('tells the share of posts said to be paid with its interval, and nothing from fewer than ten', () => {
  expect(disclosedShare(9, 9)).toBeNull();
  expect(disclosedShare(0, 10)).toMatchObject({ share: 0, low: 0, n: 10 });
  const half = disclosedShare(10, 20);
  expect(half).toMatchObject({ share: 0.5, n: 20 });
  expect(half?.low).toBeCloseTo(0.2993, 3);
  expect(half?.high).toBeCloseTo(0.7007, 3);
});
