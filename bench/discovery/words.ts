import { Random } from './random.ts';

const termCount = 16_000;

const themes = ['food', 'fashion', 'travel', 'fitness', 'beauty', 'home', 'family', 'pets', 'music', 'games'];
const angles = [
  'vegan',
  'slow',
  'budget',
  'luxury',
  'family',
  'minimal',
  'vintage',
  'outdoor',
  'city',
  'rural',
  'student',
  'senior',
  'craft',
  'science',
  'history',
  'humour',
  'reviews',
  'tutorials',
  'diary',
  'news',
];

/** 200 names of niches, the commonest first. */
export const niches: readonly string[] = themes.flatMap((theme) => angles.map((angle) => `${angle} ${theme}`));

const onsets = [
  'b',
  'br',
  'ch',
  'd',
  'f',
  'g',
  'gr',
  'h',
  'k',
  'l',
  'm',
  'n',
  'p',
  'pl',
  'r',
  's',
  'st',
  't',
  'v',
  'z',
];
const vowels = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'ou'];

/** 16,000 different invented words, all of letters. */
export function inventWords(seed: number): string[] {
  const random = new Random(seed);
  const words = new Set<string>();
  while (words.size < termCount) {
    const syllables = 2 + random.below(3);
    let word = '';
    for (let i = 0; i < syllables; i += 1) word += random.pick(onsets) + random.pick(vowels);
    words.add(word);
  }
  return [...words];
}

/** Country, language spoken there and its share of creators, about as creator data sets have them. */
export const places: readonly { country: string; language: string; share: number }[] = [
  { country: 'US', language: 'en', share: 26 },
  { country: 'BR', language: 'pt', share: 10 },
  { country: 'IN', language: 'hi', share: 9 },
  { country: 'GB', language: 'en', share: 7 },
  { country: 'ID', language: 'id', share: 6 },
  { country: 'DE', language: 'de', share: 5 },
  { country: 'FR', language: 'fr', share: 5 },
  { country: 'ES', language: 'es', share: 4 },
  { country: 'IT', language: 'it', share: 4 },
  { country: 'MX', language: 'es', share: 4 },
  { country: 'TR', language: 'tr', share: 3 },
  { country: 'JP', language: 'ja', share: 3 },
  { country: 'CA', language: 'en', share: 3 },
  { country: 'AU', language: 'en', share: 2 },
  { country: 'NL', language: 'nl', share: 2 },
  { country: 'PL', language: 'pl', share: 2 },
  { country: 'AR', language: 'es', share: 1.5 },
  { country: 'SE', language: 'sv', share: 1 },
  { country: 'CH', language: 'de', share: 0.8 },
  { country: 'AT', language: 'de', share: 0.7 },
  { country: 'IE', language: 'en', share: 0.5 },
  { country: 'PT', language: 'pt', share: 0.5 },
];
