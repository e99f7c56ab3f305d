import { readFileSync } from 'node:fs';
import {
  hasHindiWord,
  languageFeatureOptions,
  languageFeaturesOf,
  weighedLanguages,
  wordsForLanguage,
} from '../../src/modules/vetting/text/language.ts';
import type { LinearTextModel } from '../../src/modules/vetting/text/linear-text-model.ts';
import { readKindCorpus } from '../comment-quality/corpus.ts';
import { fitLinear, type TextRow } from '../fit/fit-linear.ts';

export interface LanguageCase {
  /** ISO 639-1 code; `hi` in Latin letters counts as `und`. */
  code: string;
  text: string;
  /** How much the case counts; 1 where not given. */
  weight?: number;
}

const wordsOfStart = 4;

/** Invented comments and word lists in the weighed languages, so that the short forms of comments are known: they count thrice. */
export function commentCases(): LanguageCase[] {
  const text = readFileSync(new URL('../comment-quality/words.txt', import.meta.url), 'utf8');
  const lines = Array.from(text.matchAll(/^([a-z]{2}): (.+)$/gmu), ([, code = '', words = '']) => ({ code, words }));
  const words = lines.flatMap(({ code, words }) =>
    words.split(' ').map((word) => ({ code, text: word.replace('*', ''), weight: 1 })),
  );
  const comments = readKindCorpus().map(({ language, text }) => ({ code: language, text, weight: 3 }));
  return [...comments, ...words].filter(({ code }) => code !== 'hi');
}

/** The weights between the close languages, from whole texts and from their first four words. */
export function fitLanguages(cases: readonly LanguageCase[], seed: number): LinearTextModel {
  const rows = cases.flatMap(({ code, text, weight = 1 }, at): TextRow[] => {
    const label = code === 'hi' ? 'und' : code;
    if (!weighedLanguages.some((known) => known === label)) return [];
    if (label === 'und' && !hasHindiWord(text)) return [];
    const group = String(at);
    const start = wordsForLanguage(text).split(' ').slice(0, wordsOfStart).join(' ');
    return [
      { features: languageFeaturesOf(text), label, group, weight },
      { features: languageFeaturesOf(start), label, group, weight },
    ];
  });
  return fitLinear(rows, {
    labels: weighedLanguages,
    features: languageFeatureOptions,
    l2: 1,
    epochs: 30,
    seed,
    folds: 2,
  });
}
