import { arabic } from './arabic.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { hindi } from './hindi.ts';
import type { IntentPhrases } from './intent-phrases.ts';
import { italian } from './italian.ts';
import { portuguese } from './portuguese.ts';
import { spanish } from './spanish.ts';

/** The phrases of each language, by ISO 639-1 code. */
export const intentPhrases: Readonly<Record<string, IntentPhrases>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  it: italian,
  pt: portuguese,
  ar: arabic,
  hi: hindi,
};
