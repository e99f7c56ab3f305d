import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';
import { id, shortText } from './fields.ts';

/** Where a price comes from: a rate card that was imported, what the creator said, or a published band for the size of the account. */
export const priceOrigins = ['rate_card', 'creator', 'estimate'] as const;
export type PriceOrigin = (typeof priceOrigins)[number];

/** What is paid for. `post` is one post of the feed, of whatever kind. */
export const priceFormats = [
  'post',
  'reel',
  'story',
  'video',
  'integration',
  'short',
  'live',
  'carousel',
  'pin',
  'article',
  'ugc',
  'bundle',
] as const;
export const priceFormatSchema = z.enum(priceFormats);
export type PriceFormat = z.infer<typeof priceFormatSchema>;

/** A price as it is handed in with a creator. */
export const priceRowSchema = z
  .object({ format: priceFormatSchema.nullish().describe('Null: the source names none'), price: moneySchema })
  .refine(({ price }) => !price.amountMinor.startsWith('-'), 'A price is not negative')
  .meta({ id: 'PriceRow' });

export const priceSchema = z
  .object({
    profileId: id,
    platform: platformSchema,
    format: priceFormatSchema.nullable(),
    low: moneySchema,
    high: moneySchema.nullable().describe('Of a price the same as low; of a band its upper end, null when it has none'),
    origin: z.enum(priceOrigins),
    source: z.string(),
    at: z.string().describe('Date of the rate card or statement; of a published band its year'),
  })
  .meta({ id: 'CreatorPrice' });
export type CreatorPrice = z.infer<typeof priceSchema>;

const creator = z.object({ personId: id });

export const listPrices = endpoint({
  name: 'creators.prices',
  method: 'GET',
  path: '/creators/:personId/prices',
  access: 'creators:read',
  summary: 'Prices of a creator, each with its origin; published bands for the size of the account only when asked for',
  input: creator.extend({ estimates: z.boolean().default(false) }),
  output: z.object({ rows: z.array(priceSchema) }),
});

export const setPrice = endpoint({
  name: 'creators.setPrice',
  method: 'PUT',
  path: '/creators/:personId/prices',
  access: 'creators:write',
  summary: 'State a price of a creator; one of the same profile, format, currency and origin is replaced',
  input: creator.extend({
    profileId: id.optional().describe('By default the profile with most followers'),
    format: priceFormatSchema.nullish(),
    price: moneySchema,
    origin: z.enum(['rate_card', 'creator']).default('creator'),
    source: shortText.optional().describe('By default whoever enters it'),
    at: instantSchema.optional(),
  }),
  output: z.object({ rows: z.array(priceSchema) }),
});

export const removePrice = endpoint({
  name: 'creators.removePrice',
  method: 'POST',
  path: '/creators/:personId/prices/remove',
  access: 'creators:write',
  summary: 'Take back a price',
  input: creator.extend({
    profileId: id,
    format: priceFormatSchema.nullish(),
    currency: z.string().regex(/^[A-Z]{3}$/),
    origin: z.enum(['rate_card', 'creator']),
  }),
  output: z.object({ rows: z.array(priceSchema) }),
});
