import { AppError } from '#kernel/errors.ts';
import { detectLanguage, wordsForLanguage } from '#modules/vetting/text/language.ts';
import { commentCases, fitLanguages, type LanguageCase } from '../models/language/fit.ts';
import type { Eval } from './eval.ts';
import { meanWithInterval } from './interval.ts';
import { measureCalibration } from './measure-classes.ts';
import { readTable } from './read-rows.ts';

const formats = { lid_eld_tweets: ['lang', 'text'], sentiment_xlmt: ['lang', 'text'] };
const fewWords = 4;

/**
 * In which language is a text? Scored on the whole text and on its first four words (addresses, names and numbers are none). Hindi in Latin letters
 * expects `und` and is scored apart. `fresh` trains the weights on the --train file and what ships beside them.
 */
export const languageEval: Eval = {
  task: 'language',
  run: async ({ data, train, seed }) => {
    const cases = await readLanguageCases(data);
    const model =
      train === null ? undefined : fitLanguages([...(await readLanguageCases(train)), ...commentCases()], seed);
    const latinHindi = cases.filter(isLatinHindi);
    const scored = cases.filter((one) => !isLatinHindi(one));
    const found = scored.map(({ text }) => detectLanguage(text, model));
    const right = scored.map(({ code }, at) => Number(found[at]?.code === code));
    const sure = scored.map(({ code }, at) => ({
      label: code,
      said: found[at]?.code ?? '',
      confidence: found[at]?.confidence ?? null,
    }));
    const rightFew = scored.map(({ code, text }) => {
      const start = wordsForLanguage(text).split(' ').slice(0, fewWords).join(' ');
      return Number(detectLanguage(start, model).code === code);
    });
    const undetermined = latinHindi.map(({ text }) => Number(detectLanguage(text, model).code === 'und'));
    const codes = [...new Set(scored.map(({ code }) => code))].sort();
    return {
      protocol: train === null ? 'shipped' : 'fresh',
      n: cases.length,
      figures: {
        ...(scored.length > 0 ? meanWithInterval('accuracy', right, seed) : { accuracy: null }),
        ...(scored.length > 0 ? meanWithInterval('accuracy_4words', rightFew, seed) : { accuracy_4words: null }),
        ...measureCalibration(sure, seed),
        per_language: Object.fromEntries(codes.map((code) => [code, ofLanguage(code, { scored, right, rightFew })])),
        ...(latinHindi.length > 0 ? meanWithInterval('und_recall', undetermined, seed) : { und_recall: null }),
        und_n: latinHindi.length,
      },
    };
  },
};

function ofLanguage(
  code: string,
  {
    scored,
    right,
    rightFew,
  }: { scored: readonly LanguageCase[]; right: readonly number[]; rightFew: readonly number[] },
): { n: number; accuracy: number; accuracy_4words: number } {
  const own = scored.flatMap((one, at) => (one.code === code ? [at] : []));
  const mean = (values: readonly number[]) => own.reduce((sum, at) => sum + (values[at] ?? 0), 0) / own.length;
  return { n: own.length, accuracy: mean(right), accuracy_4words: mean(rightFew) };
}

const isLatinHindi = ({ code, text }: LanguageCase) =>
  (code === 'hi' || code === 'und') && !/\p{Script=Devanagari}/u.test(text);

const english = new Intl.DisplayNames(['en'], { type: 'language' });
const letters = [...'abcdefghijklmnopqrstuvwxyz'];
/** Two-letter codes by themselves and by their English name. */
const codeOf = new Map(
  letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code) => {
      const name = english.of(code)?.toLowerCase();
      return name === undefined || name === code ? [] : [[code, code] as const, [name, code] as const];
    }),
);

/** Texts of a file with the columns lang (English name or ISO 639-1 code) and text. */
export async function readLanguageCases(path: string): Promise<LanguageCase[]> {
  const rows = await readTable(path, formats);
  return rows.map((row, at) => {
    const given = (row.lang ?? '').trim().toLowerCase();
    const code = given === 'und' ? 'und' : codeOf.get(given);
    if (code === undefined)
      throw new AppError(
        'invalid',
        'eval.bad_row',
        `${path}, row ${at + 2}, lang: "${row.lang}" is no language. Give its English name or its code of two letters.`,
      );
    return { code, text: row.text ?? '' };
  });
}
