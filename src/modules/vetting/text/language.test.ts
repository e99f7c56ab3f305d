import { eld } from 'eld/large';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readKindCorpus } from '../../../../models/comment-quality/corpus.ts';
import { detectLanguage, wordsForLanguage } from './language.ts';
import { packLanguageTable, readLanguageTable, scoreRuns } from './language-table.ts';
import { loadLanguageTable } from './load-language.ts';

const codeOf = (text: string) => detectLanguage(text).code;

describe('the language of a comment', () => {
  it('is told in many languages, from few words', () => {
    const texts = {
      en: 'where did you buy that coat',
      de: 'Wo hast du den Mantel gekauft?',
      fr: "J'adore ton manteau, il vient d'où ?",
      es: '¿Dónde compraste ese abrigo?',
      it: 'Dove hai comprato il cappotto?',
      pt: 'Onde você comprou esse casaco?',
      nl: 'Waar heb je die jas gekocht?',
      pl: 'Gdzie kupiłaś ten płaszcz?',
      cs: 'Kde jsi koupila ten kabát?',
      hu: 'Hol vetted ezt a kabátot?',
      tr: 'Bu paltoyu nereden aldın?',
      ro: 'De unde ai cumpărat paltonul acesta?',
      ru: 'Где вы купили это пальто?',
      uk: 'Де ви купили це пальто? Дуже гарне, і колір',
      ar: 'من وين اشتريتي هذا المعطف',
      fa: 'این پالتو رو از کجا خریدین؟',
      he: 'איפה קנית את המעיל',
      el: 'Πού αγόρασες το παλτό;',
      ja: 'そのコートはどこで買いましたか',
      zh: '这件外套在哪里买的',
      ko: '그 코트 어디서 샀어요',
      th: 'ซื้อเสื้อโค้ทที่ไหนคะ',
      hi: 'यह कोट कहाँ से लिया',
    };
    expect(Object.fromEntries(Object.entries(texts).map(([code, text]) => [code, codeOf(text)]))).toEqual(
      Object.fromEntries(Object.keys(texts).map((code) => [code, code])),
    );
  });

  it('is und where there is too little, and for Hindi in Latin letters', () => {
    expect(['', '😍', '@anna 123', 'https://example.com', '!!!'].map(codeOf)).toEqual(Array(5).fill('und'));
    expect(['yeh kahan se liya aapne', 'bahut accha lag raha hai yaar', 'kya baat hai bhai'].map(codeOf)).toEqual(
      Array(3).fill('und'),
    );
  });

  it('is no Hindi because a German or Spanish word looks like one', () => {
    expect(['mein Schatz', 'wo ist das', 'mil gracias', 'ab morgen wieder da'].map(codeOf)).toEqual([
      'de',
      'de',
      'es',
      'de',
    ]);
  });

  it('of invented comments is right for nine of ten', () => {
    const cases = readKindCorpus().filter(
      ({ kind, language }) => kind !== 'emoji_only' && kind !== 'tag_only' && language !== 'hi',
    );
    const right = cases.filter(
      ({ language, text }) => codeOf(text) === language || (language === 'id' && codeOf(text) === 'ms'),
    );
    expect(right.length / cases.length).toBeGreaterThan(0.9);
  });

  it('is found for any text, the same each time, whatever blanks, names and addresses stand around', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => {
        const found = detectLanguage(text);
        expect(found.confidence).toBeGreaterThanOrEqual(0);
        expect(found.confidence).toBeLessThanOrEqual(1);
        expect(detectLanguage(text)).toEqual(found);
        expect(detectLanguage(` \n${text} `)).toEqual(detectLanguage(text.trim()));
      }),
    );
    expect(detectLanguage('@anna_b wo ist das https://example.com/en')).toEqual(detectLanguage('wo ist das'));
  });

  it('of 100,000 characters is found at once', () => {
    for (const unit of ['a', 'wo ist ', "'", '是', '@a ', '😍', '\u200d']) {
      const fromMs = performance.now();
      detectLanguage(unit.repeat(Math.ceil(100_000 / unit.length)));
      expect(performance.now() - fromMs).toBeLessThan(300);
    }
  });
});

describe('the table of letter runs', () => {
  it('weighs languages against each other as the package it is packed from', () => {
    const table = loadLanguageTable();
    for (const text of ['wo hast du den mantel gekauft', 'přijedeme zítra večer domů', 'bu paltoyu nereden aldın']) {
      const { sums } = scoreRuns(table, wordsForLanguage(text));
      const scores = Object.entries(eld.detect(text).getScores()).filter(([code]) => table.codes.includes(code));
      const ours = (code: string) => sums[table.codes.indexOf(code)] ?? 0;
      const theirs = (score: number) => score / (1 - score);
      const [[first, best]] = [scores[0] ?? ['', 0]];
      for (const [code, score] of scores) expect(ours(code) / ours(first)).toBeCloseTo(theirs(score) / theirs(best), 6);
      expect(scores.length).toBeGreaterThan(5);
    }
  });

  it('is the same after a trip through its file; a cut file is refused', () => {
    const bytes = packLanguageTable(
      ['de', 'en'],
      new Map([
        [7, [[0, 12] as const]],
        [9, [[1, 30] as const, [0, 2] as const]],
      ]),
    );
    expect(readLanguageTable(bytes).codes).toEqual(['de', 'en']);
    expect(() => readLanguageTable(bytes.subarray(0, -1))).toThrow('damaged');
    expect(() => readLanguageTable(bytes.subarray(2))).toThrow('damaged');
  });
});
