import { z } from 'zod';
import { isKnownCurrency } from '#kernel/money.ts';
import { isTimeZone } from '#kernel/time.ts';

export const nameField = z.string().trim().min(1, 'is empty').max(120, 'is longer than 120 characters');
export const slugField = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'takes small letters, digits and hyphens, at most 63, such as my-brand');
export const currencyField = z
  .string()
  .refine(isKnownCurrency, 'is not an ISO 4217 currency code; use one such as USD, EUR or JPY');
export const timeZoneField = z.string().refine(isTimeZone, 'is not an IANA time zone; use one such as Europe/Paris');
export const emailField = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email('is not an e-mail address, such as ana@example.com').max(254));
export const newPasswordField = z
  .string()
  .min(8, 'has fewer than 8 characters')
  .max(200, 'has more than 200 characters');
