/** How a code is compared: shops treat NELL10 and nell10 as one. */
export function codeKey(code: string): string {
  return code.normalize('NFKC').trim().toUpperCase();
}

export type CodeVerdict = { ok: true; code: string; key: string } | { ok: false; message: string };

export const codeCharsMax = 40;

/** Judges a code a person typed or a file brought. Shops accept letters, digits, "-" and "_". */
export function readCode(text: string): CodeVerdict {
  const code = text.normalize('NFKC').trim();
  if (code === '') return { ok: false, message: 'The code is empty.' };
  if ([...code].length > codeCharsMax)
    return { ok: false, message: `The code has ${[...code].length} characters; at most ${codeCharsMax} fit.` };
  const odd = [...code].find((char) => !/[\p{L}\p{Nd}_-]/u.test(char));
  if (odd !== undefined)
    return { ok: false, message: `"${code}": "${odd}" cannot stand in a code. Use letters, digits, "-" or "_".` };
  return { ok: true, code, key: codeKey(code) };
}

// Without 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: nobody mistypes what they heard or saw for a second.
export const clearAlphabet = 'ACDEFGHJKMNPQRTWXY34679';

export interface CodeFacts {
  name: string;
  handle: string | null;
  /** Whole part of the discount, such as 10 for 10 % and for 10.00 EUR; empty for free shipping. */
  value: string;
}

/** A code from a pattern with {NAME}, {HANDLE}, {VALUE} (or {PERCENT}) and {RANDOM} (or {RANDOM3} to {RANDOM9}); a free one is found by trying `attempt` 0, 1, 2 ... */
export function suggestCode(pattern: string, facts: CodeFacts, random: () => number, attempt = 0): string {
  const first = letters(facts.name.split(/\s+/)[0] ?? '');
  const handle = letters(facts.handle ?? '');
  const name = first || handle || 'FRIEND';
  const made = pattern
    .replaceAll('{NAME}', name.slice(0, 14))
    .replaceAll('{HANDLE}', (handle || name).slice(0, 20))
    .replaceAll('{VALUE}', facts.value)
    .replaceAll('{PERCENT}', facts.value)
    .replaceAll(/\{RANDOM([3-9])?\}/g, (_, chars: string | undefined) => randomText(Number(chars ?? 4), random));
  const code = letters(made, '_-').slice(0, codeCharsMax - 5);
  // A taken code gets clear letters in between, so that NELL10 and the next Nell's code stay apart.
  return attempt === 0
    ? code
    : withSuffix(code, facts.value, randomText(Math.min(2 + Math.floor(attempt / 3), 5), random));
}

function withSuffix(code: string, value: string, extra: string): string {
  return value !== '' && code.endsWith(value) ? `${code.slice(0, -value.length)}${extra}${value}` : `${code}${extra}`;
}

function letters(text: string, also = ''): string {
  return [...text.normalize('NFKD').toUpperCase()]
    .filter((char) => /[A-Z0-9]/.test(char) || also.includes(char))
    .join('');
}

function randomText(chars: number, random: () => number): string {
  let text = '';
  for (let i = 0; i < chars; i += 1) text += clearAlphabet[Math.floor(random() * clearAlphabet.length)] ?? 'A';
  return text;
}
