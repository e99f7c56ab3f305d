import { reservedSlugs } from './reserved-slugs.ts';

export const slugCharsMax = 64;

export type SlugVerdict = { ok: true; slug: string; skeleton: string } | { ok: false; message: string };

// Letters of other scripts that the eye reads as Latin (from Unicode's confusables, the common ones).
const lookAlikes: Record<string, string> = Object.fromEntries(
  [
    'аa вb сc ԁd еe ғf һh іi јj кk ӏl мm нh оo рp ԛq гr ѕs тt υu ѵv ԝw хx уy үy зz',
    'αa βb ϲc εe ηn ιi κk νv οo ρp τt χx γy ωw',
    'օo սu ոn հh ցg աw',
  ]
    .join(' ')
    .split(' ')
    .map((pair) => [...pair])
    .map(([from = '', to = '']) => [from, to]),
);

/** The text as the eye reads it: look-alikes of other scripts written in Latin, capitals as capitals. */
export function skeletonOf(slug: string): string {
  return [...slug]
    .map((char) => {
      const small = char.toLowerCase();
      const latin = lookAlikes[small];
      return latin === undefined ? char : small === char ? latin : latin.toUpperCase();
    })
    .join('');
}

/** One Unicode form, and lower case where the host does not keep case, so that one address has one spelling. */
export function normaliseSlug(text: string, keepsCase = false): string {
  const form = text.trim().normalize('NFKC');
  return (keepsCase ? form : form.toLowerCase()).normalize('NFC');
}

/** Judges a slug a person chose: its normal form, or what is wrong with it and how to mend it. */
export function readSlug(text: string, keepsCase = false): SlugVerdict {
  const slug = normaliseSlug(text, keepsCase);
  if (slug === '') return no('The slug is empty. Write letters, digits, "-" or "_".');
  if ([...slug].length > slugCharsMax)
    return no(`The slug has ${[...slug].length} characters; at most ${slugCharsMax} fit.`);
  const odd = [...slug].find((char) => !/[\p{L}\p{M}\p{Nd}_-]/u.test(char));
  if (odd !== undefined) return no(`"${printable(odd)}" cannot stand in a slug. Use letters, digits, "-" or "_".`);
  if (!/^[\p{L}\p{Nd}]/u.test(slug)) return no('The slug must begin with a letter or digit.');
  const skeleton = skeletonOf(slug);
  if (reservedSlugs.has(slug.toLowerCase()))
    return no(`"${slug}" is reserved for Rapport itself. Choose another slug.`);
  if (reservedSlugs.has(skeleton.toLowerCase()))
    return no(`"${slug}" looks like the reserved word "${skeleton}". Choose another slug.`);
  if (mixesScripts(slug))
    return no(`"${slug}" mixes alphabets that look alike, which readers cannot tell apart. Use one alphabet.`);
  return { ok: true, slug, skeleton };
}

const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
];

function mixesScripts(slug: string): boolean {
  return scripts.filter((script) => script.test(slug)).length > 1;
}

function printable(char: string): string {
  return /[\p{C}\p{Z}]/u.test(char)
    ? `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    : char;
}

function no(message: string): SlugVerdict {
  return { ok: false, message };
}

// Without 0/o, 1/l/i: a slug is read aloud in videos.
const suffixAlphabet = '23456789abcdefghjkmnpqrstuvwxyz';

/**
 * A readable slug from a name, such as `nell-7kq2`. `random` gives numbers in [0, 1).
 * Names in other scripts are spelled in Latin where Unicode decomposes them, and left out where not.
 */
export function suggestSlug(name: string, random: () => number, suffixChars = 4): string {
  const latin = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 24)
    .replace(/-+$/, '');
  let suffix = '';
  for (let i = 0; i < suffixChars; i += 1)
    suffix += suffixAlphabet[Math.floor(random() * suffixAlphabet.length)] ?? '2';
  return latin === '' ? `go-${suffix}` : `${latin}-${suffix}`;
}
