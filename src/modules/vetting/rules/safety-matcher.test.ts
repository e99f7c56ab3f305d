import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageOf } from '../safety/language-of.ts';
import { shippedLists } from '../safety/load-safety-words.ts';
import { compileSafety, findSafetyWords } from './safety-matcher.ts';

const matcher = compileSafety(shippedLists);
const find = (text: string) => findSafetyWords(matcher, text, languageOf).map((hit) => `${hit.category}: ${hit.word}`);

/** Columns of a file of invented captions. */
function casesOf(file: string): string[][] {
  return readFileSync(new URL(`cases/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'));
}

describe('words of brand safety', () => {
  it.each([
    ['Two bottles of wine and then vodka shots', ['alcohol: wine', 'alcohol: vodka', 'alcohol: shots']],
    ['The police say the shooting left two dead', ['violence: shooting']],
    ['We found a gun and some ammo in the attic', ['violence: gun', 'violence: ammo']],
    ['My #OnlyFans is open', ['adult: onlyfans']],
    ['#whitepower at the march', ['hate: white power']],
    ['Heute abend saufen wir Schnaps in der Brauerei', ['alcohol: schnaps', 'alcohol: saufen', 'alcohol: brauerei']],
    ['On fume des cigarettes sur la terrasse ce soir', ['tobacco: cigarettes']],
    ['Nunca pruebes la cocaína, amigo mío', ['drugs: cocaína']],
    ['Le scommesse sportive sono il mio lavoro', ['gambling: scommesse']],
    ['Que caralho, o jogo do tigrinho levou tudo', ['profanity: caralho', 'gambling: jogo do tigrinho']],
  ])('finds them in "%s"', (text, expected) => {
    expect(find(text).sort()).toEqual([...expected].sort());
  });

  it.each([
    'Killer heels and a killer view, killing it today',
    'Shot on iPhone, shooting with my new camera in the studio',
    'Nude lipstick is all I need, and a bath bomb',
    'Alcohol-free mocktail with root beer',
    'A glue gun, a heat gun and a massage gun',
    'This blunt bob is everything, weed the garden next',
    'Cocktail dress in champagne gold',
    'Fotoshooting am See, ein Bombenwetter',
    'Pute mit Reis und Gemüse aus dem Ofen, so lecker',
    'Un cono de helado y una bomba de chocolate en Granada',
    'You are wasted potential, my therapist says',
    'Monte Carlo Casino Square at dusk',
    'Nous avons un retard de dix minutes',
  ])('raises no alarm over "%s"', (text) => {
    expect(find(text)).toEqual([]);
  });

  it.each(casesOf('harmless-captions.txt'))('raises no alarm over the %s caption "%s"', (_language, text = '') => {
    expect(find(text)).toEqual([]);
  });

  it.each(casesOf('unsafe-captions.txt'))('finds in %s a word of %s in "%s"', (_language, category, text = '') => {
    expect(find(text).map((hit) => hit.split(':')[0])).toContain(category);
  });

  it('ships ten categories in eleven languages with version and credit', () => {
    expect(shippedLists).toHaveLength(10);
    for (const list of shippedLists) {
      expect(Object.keys(list.words).sort()).toEqual('de en es fr id it nl pl pt ru tr'.split(' '));
      expect(list.version).toMatch(/^\d{4}\.\d{2}$/);
      expect(list.credit).not.toBe('');
      for (const words of Object.values(list.words)) expect(words.length).toBeGreaterThan(9);
    }
  });

  it('finds every single word of its lists that needs no company, whatever its case and accents', () => {
    for (const list of shippedLists)
      for (const word of Object.values(list.words).flat()) {
        const isAlone = list.needs[word] === undefined;
        const plain = word.normalize('NFD').toUpperCase();
        const hits = findSafetyWords(matcher, `xx ${plain} xx`);
        if (isAlone && !list.unless.includes(word)) expect(hits.length, word).toBeGreaterThan(0);
      }
  });

  it('holds own words in any language, takes phrases as harmless, and leaves out a category that is off', () => {
    const own = compileSafety(
      shippedLists,
      [
        { name: 'Rivals', category: 'politics', effect: 'flag', words: ['Kettlemoth'], version: 3 },
        { name: 'Ours', category: 'alcohol', effect: 'allow', words: ['wine gums'], version: 1 },
      ],
      new Set(['tobacco']),
    );
    const hits = findSafetyWords(own, 'kettlemoth and wine gums and a cigarette');
    expect(hits).toMatchObject([{ category: 'politics', word: 'Kettlemoth', language: null, listVersion: 'Rivals 3' }]);
    expect(findSafetyWords(own, 'wine gums with wine').map((hit) => hit.word)).toEqual(['wine']);
  });

  it('reads any text without failing, and tells a word that stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const hit of findSafetyWords(matcher, text)) {
          expect(hit.excerpt.length).toBeGreaterThan(0);
          expect(hit.excerpt.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('reads 100,000 characters in a moment', () => {
    const start = performance.now();
    findSafetyWords(matcher, 'wine shot gun '.repeat(7200));
    findSafetyWords(matcher, 'ꦏꦫꦤ '.repeat(20_000));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
