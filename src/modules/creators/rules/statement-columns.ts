import type { Platform } from '#kernel/platform.ts';
import { audienceAges, audienceGenders, contactKinds, type PriceFormat, type StatedDimension } from '../api.ts';
import { normaliseHeading, platformWordsByName } from './header-synonyms.ts';
import { readCountry, readLanguage } from './read-text.ts';
import type { StatementTarget } from './statement-target.ts';

// Data: words of headings, in the form of normaliseHeading.
const dimensionWords: [RegExp, StatedDimension][] = [
  [
    /^(?:genders? (?:and |by |per |within )?(?:ages?|age (?:groups?|ranges?))|ages? (?:and|by|per) genders?)\b/,
    'genderAge',
  ],
  [/^(?:brands?(?: affinit(?:y|ies))?|marken)\b/, 'brand'],
  [/^(?:engagers?|likers?) genders?\b/, 'engagersGender'],
  [/^(?:geo |location |top )?(?:country|countries|land|lander|pays|paises)\b/, 'country'],
  [/^(?:geo |location |top )?(?:states?|regions?)\b/, 'state'],
  [/^(?:geo |location |top )?(?:city|cities|stadte?|villes?|ciudades)\b/, 'city'],
  [/^(?:ages?|age (?:groups?|ranges?|brackets?|buckets?)|alter)\b/, 'age'],
  [/^(?:genders?|sex|geschlecht)\b/, 'gender'],
  [/^(?:languages?|sprachen?|langues?|idiomas?)\b/, 'language'],
  [/^(?:interests?|interessen)\b/, 'interest'],
];
const audienceWord = /^(?:.*\b)?(?:audience|followers|zielgruppe|audiencia)(?= )/;
const singles: [RegExp, StatementTarget][] = [
  [/^(?:sample size|sample|n|size of sample|sample n|stichprobe)$/, 'audience.n'],
  [/^(?:credibility|credibility score|quality|authenticity|real (?:followers|people|share))$/, 'audience.credibility'],
  [
    /^(?:(?:aged? )?(?:21 plus|over 21|21 and (?:over|more|older)|from 21|21)|lda|adult share|adults)$/,
    'audience.adultShare',
  ],
  [
    /^(?:likes? (?:from |by |of )?(?:non ?followers|not followers|others|outside)|non ?followers? likes?|likes? not from followers)$/,
    'audience.likesFromOthers',
  ],
];
const buckets: Record<string, string> = {
  '13 17': '13-17',
  '18 24': '18-24',
  '25 34': '25-34',
  '35 44': '35-44',
  '45 54': '45-64',
  '55 64': '45-64',
  '45 64': '45-64',
  '65': '65-',
  '65 plus': '65-',
  '65 and over': '65-',
};
const genderWords: Record<string, string> = {
  female: 'female',
  females: 'female',
  women: 'female',
  woman: 'female',
  f: 'female',
  weiblich: 'female',
  frauen: 'female',
  male: 'male',
  males: 'male',
  men: 'male',
  man: 'male',
  m: 'male',
  mannlich: 'male',
  manner: 'male',
};

/** The value of a dimension in the form kept, or null when it is none: codes of countries and languages, buckets of age, genders; else the text. */
export function audienceValue(dimension: StatedDimension, text: string): string | null {
  const words = normaliseHeading(text).replace(/ percent$/, '');
  switch (dimension) {
    case 'country':
      return readCountry(text);
    case 'language':
      return readLanguage(text);
    case 'age':
      return buckets[words.replace(/^(?:age|aged) /, '')] ?? null;
    case 'gender':
    case 'engagersGender':
      return genderWords[words] ?? null;
    case 'genderAge':
      return readGenderAge(words);
    default:
      return text.replaceAll('\u0000', '').trim().slice(0, 120).toWellFormed() || null;
  }
}

/** "Female 18-24", "18 24 women": a gender and a bucket of age in either order. */
function readGenderAge(words: string): string | null {
  const parts = words.split(' ');
  const gender = parts.map((part) => genderWords[part]).find((found) => found !== undefined);
  const age = buckets[parts.filter((part) => genderWords[part] === undefined && !/^aged?$/.test(part)).join(' ')];
  const isKnown = audienceGenders.some((one) => one === gender) && audienceAges.some((one) => one === age);
  return isKnown ? `${gender} ${age}` : null;
}

/** What a heading states, with the platform it names; null when it states nothing of the kind. */
export function readStatementHeading(column: string): { target: StatementTarget; platform: Platform | null } | null {
  const words = normaliseHeading(column);
  const audience = readAudienceHeading(words);
  if (audience !== null) return { target: audience, platform: platformIn(words)?.platform ?? null };
  if (/^(?:.* )?contact(?:s| details)$/.test(words)) return { target: 'contact.list', platform: null };
  const named = platformIn(words);
  const price = readPriceHeading(named?.rest ?? words);
  if (price !== null) return { target: price, platform: named?.platform ?? null };
  const kind = contactKinds.find((one) => words === one || words === `${one} id` || words === `${one} handle`);
  if (kind !== undefined && kind !== 'other') return { target: `contact.${kind}`, platform: null };
  return words === 'whats app' || words === 'whatsapp number' || words === 'whatsapp'
    ? { target: 'contact.whatsapp', platform: null }
    : null;
}

function readAudienceHeading(words: string): StatementTarget | null {
  const begin = audienceWord.exec(words);
  if (begin === null) return null;
  const rest = words
    .slice(begin[0].length)
    .trim()
    .replace(/ (?:percent|share|weight|pct)$/, '');
  const isAudience = !begin[0].endsWith('followers');
  for (const [pattern, target] of singles) if (isAudience && pattern.test(rest)) return target;
  for (const [pattern, dimension] of dimensionWords) {
    const match = pattern.exec(rest);
    if (match === null) continue;
    const tail = rest.slice(match[0].length).trim();
    if (tail === '') return `audience.${dimension}`;
    const value = audienceValue(dimension, titled(tail));
    if (value !== null) return `audience.${dimension}:${value}`;
  }
  const age = buckets[rest];
  if (age !== undefined) return `audience.age:${age}`;
  const gender = genderWords[rest];
  if (gender !== undefined && rest.length > 1) return `audience.gender:${gender}`;
  const country = isAudience && rest.length > 1 ? readCountry(rest) : null;
  return country === null ? null : `audience.country:${country}`;
}

const formatWords: [RegExp, PriceFormat][] = [
  [/\breels?\b/, 'reel'],
  [/\b(?:story|stories|storys)\b/, 'story'],
  [/\b(?:integration|dedicated)\b/, 'integration'],
  [/\bshorts?\b/, 'short'],
  [/\blives?(?:tream)?\b/, 'live'],
  [/\bcarousels?\b/, 'carousel'],
  [/\bugc\b/, 'ugc'],
  [/\b(?:bundle|package|paket)\b/, 'bundle'],
  [/\bpins?\b/, 'pin'],
  [/\b(?:article|blog ?post)\b/, 'article'],
  [/\bvideos?\b/, 'video'],
  [/\b(?:posts?|photo|feed|static)\b/, 'post'],
];
const priceWord =
  /\b(?:rates?|price|prices|fee|fees|quote|preis|preise|honorar|tarif|tarifs|tarifa|precio|prix|asking price|rate card)\b/;
const notPrice =
  /\b(?:engagement|reply|response|conversion|click|growth|er|interaction|open|exchange|success|view|completion)\b/;

function readPriceHeading(words: string): StatementTarget | null {
  if (!priceWord.test(words) || notPrice.test(words)) return null;
  const format = formatWords.find(([pattern]) => pattern.test(words))?.[1];
  if (format !== undefined) return `price.${format}`;
  // "price" alone, with a currency or "per"; "shipping fee" speaks of something else.
  return /^(?:(?:asking|their|his|her|creator|influencer|base|our|the) )?(?:rates?|prices?|fees?|quote|preis|honorar|tarifa?|precio|prix|rate card|asking price)(?: (?:in )?[a-z]{3})?$/.test(
    words,
  )
    ? 'price.any'
    : null;
}

function platformIn(words: string): { platform: Platform; rest: string } | null {
  const parts = words.split(' ');
  for (const [pattern, platform] of platformWordsByName) {
    if (platform === 'blog') continue;
    const at = parts.findIndex((word) => pattern.test(word));
    if (at >= 0) return { platform, rest: parts.filter((_, index) => index !== at).join(' ') };
  }
  return null;
}

function titled(words: string): string {
  return words.replace(/(^|\s)\p{L}/gu, (start) => start.toUpperCase());
}
