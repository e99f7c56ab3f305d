import { expect, it } from 'vitest';
import { wilsonBounds } from './wilson.ts';

it('gives the intervals that are published for Wilson’s score', () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  const said = (hits: number, n: number) =>
    Object.values(wilsonBounds(hits, n) ?? {}).map((value) => Number(value.toFixed(4)));
  expect(said(81, 263)).toEqual([0.2553, 0.3662]);
  expect(said(15, 148)).toEqual([0.0624, 0.1605]);
  expect(said(0, 20)).toEqual([0, 0.1611]);
  expect(said(1, 29)).toEqual([0.0061, 0.1718]);
  expect(wilsonBounds(0, 0)).toBeNull();
});
