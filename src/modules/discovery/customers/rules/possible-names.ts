/** Addresses that speak for a function, not for a person. */
const functions = new Set([
  'info',
  'hello',
  'hallo',
  'contact',
  'kontakt',
  'office',
  'mail',
  'email',
  'admin',
  'shop',
  'sales',
  'support',
  'team',
  'press',
  'orders',
  'service',
  'newsletter',
  'noreply',
  'marketing',
]);

/** A name that may tell a person: at least two words, in lower case with single spaces; null otherwise. */
export function nameToCompare(name: string | null): string | null {
  const bare = name?.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase() ?? '';
  return bare.split(' ').length >= 2 && bare.length >= 5 ? bare : null;
}

/** What stands before the @, letters and digits only, when it may be a handle: at least five of them, not a function and not only digits; else null. */
export function localPartToCompare(email: string | null): string | null {
  const [local = ''] = (email ?? '').split('@');
  const bare = local
    .replace(/\+.*$/, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return bare.length >= 5 && !functions.has(bare) && !/^\d+$/.test(bare) ? bare : null;
}

/** An e-mail address in the one form that is hashed and compared; null when it is none. */
export function emailToCompare(text: string): string | null {
  const bare = text
    .normalize('NFKC')
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/^<|>$/g, '')
    .toLowerCase();
  return /^[^\s@,;<>"]{1,64}@[^\s@,;<>"]+\.[^\s@,;<>".]{2,}$/u.test(bare) && bare.length <= 254 ? bare : null;
}
