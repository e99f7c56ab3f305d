import { expect, test } from 'vitest';
import { disclosureEval } from './disclosure.ts';

const data = new URL('fixtures/disclosure.csv', import.meta.url).pathname;

test('the captions written for the rules are judged as they are meant, and no innocent one is taken for an ad', async () => {
  const { n, figures, cases } = await disclosureEval.run({ data, train: null, seed: 7, label: null, expect: null });
  expect(n).toBeGreaterThanOrEqual(300);
  expect(figures.accuracy).toBeGreaterThanOrEqual(0.97);
  expect(figures.clear_precision).toBeGreaterThanOrEqual(0.97);
  expect(figures.false_triggers).toBe(0);
  expect(cases?.[0]).toMatchObject({ prediction: 'clear_adequate', rule: 'US-8', span: '#ad' });
});
