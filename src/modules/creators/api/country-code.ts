import { z } from 'zod';

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const nearShown = 4;

/** The code a country has today: of UK it is GB; null where no country has the code. */
function codeToday(code: string): string | null {
  if (names.of(code) === undefined || /^(X[A-JL-Z]|Q[M-Z]|AA|ZZ|EU|EZ|UN)$/.test(code)) return null;
  return new Intl.Locale(`und-${code}`).region ?? null;
}

/** What is wrong with a two-letter code of a country, with the codes one letter away; null when it is one. */
export function countryFault(code: string): string | null {
  const today = codeToday(code);
  if (today === code) return null;
  if (today !== null) return `'${code}' is written ${today} (${names.of(today)})`;
  const [first = '', second = ''] = code;
  const near = letters
    .flatMap((letter) => [first + letter, letter + second])
    .filter((one) => codeToday(one) === one)
    .slice(0, nearShown);
  const meant = [...new Set(near)].map((one) => `${one} (${names.of(one)})`).join(', ');
  return `no country '${code}'${meant === '' ? '' : `, did you mean ${meant}?`}`;
}

/** Two capital letters that a country has today. */
export const countryCode = z
  .string()
  .regex(/^[A-Z]{2}$/, 'Countries are two-letter codes, such as DE')
  .superRefine((code, context) => {
    const fault = /^[A-Z]{2}$/.test(code) ? countryFault(code) : null;
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  });
