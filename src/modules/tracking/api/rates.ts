import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';
import { fileAnswerSchema, read, write } from './shared.ts';

const currency = z.string().regex(/^[A-Z]{3}$/, 'A three-letter ISO 4217 code, such as USD');
const rateText = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,12})?$/, 'A decimal number with a point, such as 1.0853')
  .refine((text) => /[1-9]/.test(text), 'More than zero');
export const exchangeRateSchema = z
  .object({
    day: daySchema,
    base: currency,
    quote: currency,
    rate: rateText.describe('Units of quote for one of base'),
    source: z.string(),
    createdAt: instantSchema,
  })
  .meta({ id: 'ExchangeRate' });
export const listRates = endpoint({
  name: 'rates.list',
  method: 'GET',
  path: '/exchange-rates',
  access: read,
  summary: 'Exchange rates, newest day first',
  input: z.object({ ...pageInput }),
  output: pageOf(exchangeRateSchema),
});
export const setRate = endpoint({
  name: 'rates.set',
  method: 'PUT',
  path: '/exchange-rates',
  access: write,
  summary: 'Enter the rate of a day; orders whose rate follows from it are rated anew',
  input: z.object({ day: daySchema, base: currency, quote: currency, rate: rateText }),
  output: z.object({ orders: z.int().describe('Orders rated anew') }),
});
export const importRates = endpoint({
  name: 'rates.import',
  method: 'POST',
  path: '/exchange-rates/import',
  access: write,
  transport: 'upload',
  summary:
    "Import rates: the European Central Bank's CSV (Date, then a column a currency, against EUR) or day, base, quote, rate",
  output: fileAnswerSchema.extend({ orders: z.int().describe('Orders rated anew') }),
});
export const rateStateSchema = z
  .object({
    currency: z.string().describe("The workspace's"),
    isEcbOn: z.boolean(),
    fetchedAt: instantSchema.nullable(),
    message: z.string().nullable(),
    waiting: z
      .array(z.object({ currency: z.string(), orders: z.int(), first: daySchema, last: daySchema }))
      .describe('Orders in other currencies that have no rate: they count in their own currency only'),
  })
  .meta({ id: 'RateState' });
export const getRateState = endpoint({
  name: 'rates.state',
  method: 'GET',
  path: '/exchange-rates/state',
  access: read,
  summary: 'Which orders wait for a rate, and whether daily rates are fetched',
  output: rateStateSchema,
});
export const switchRates = endpoint({
  name: 'rates.switch',
  method: 'POST',
  path: '/exchange-rates/switch',
  access: write,
  summary: 'Fetch the daily rates of the European Central Bank, or stop; off until switched on',
  input: z.object({ isEcbOn: z.boolean() }),
  output: rateStateSchema,
});
