/** First parts of addresses of the web app that are no workspace. */
const reserved = new Set([
  'sign-in',
  'set-up',
  'invitation',
  'new-workspace',
  'new-password',
  'profile',
  'assets',
  'api',
  'app',
  'admin',
]);

export function isReservedSlug(slug: string): boolean {
  return reserved.has(slug);
}

/** A slug from a name: "Café Crème & Co" is "cafe-creme-co"; "workspace" when nothing of the name can stand in an address. */
export function slugFromName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '');
  if (plain === '') return 'workspace';
  return isReservedSlug(plain) ? `${plain}-1` : plain;
}

/** The n-th try at a free slug: the name's own, then with 2, 3, … */
export function slugTry(base: string, attempt: number): string {
  return attempt <= 1 ? base : `${base}-${attempt}`;
}
