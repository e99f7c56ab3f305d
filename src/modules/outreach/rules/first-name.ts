const nameShape = /^\p{L}[\p{L}\p{M}'’-]*$/u;
// What names of accounts and shops begin with; none of them is how a person is addressed.
const notNames = new Set(
  `the a an team studio house casa la le el les das der die my official mr mrs ms dr miss shop home café cafe real its it's i'm ask
   chez club daily little big @`.split(/\s+/),
);
const wordsMax = 4;

/** How to address a person by their stated name, or null where it looks like no person's name: a handle, a shop, one letter, all capitals. */
export function firstNameOf(name: string | null): string | null {
  const words = (name ?? '').normalize('NFC').trim().split(/\s+/);
  const [first = ''] = words;
  if (words.length > wordsMax || first.length < 2 || !nameShape.test(first)) return null;
  if (notNames.has(first.toLowerCase())) return null;
  if (first.length > 3 && first === first.toUpperCase() && first !== first.toLowerCase()) {
    // "MARIA LOPEZ" is a person who shouts; one word in capitals is a brand.
    return words.length === 1 ? null : first[0] + first.slice(1).toLowerCase();
  }
  // Scripts without capitals are taken as they are; elsewhere a name begins with one.
  const hasCase = first.toLowerCase() !== first.toUpperCase();
  return hasCase && first[0] === first[0]?.toLowerCase() ? null : first;
}
