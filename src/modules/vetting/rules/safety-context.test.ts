import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safetyContexts } from '../api.ts';
import { contextOf } from './safety-context.ts';

// Written by us, by the same hand as the rules: they show what is meant, not how often it is right on captions of others.
const cases: readonly (readonly [string, string, string])[] = [
  ['A week with no alcohol and I sleep like a baby', 'alcohol', 'negated'],
  ['This mousse is alcohol-free, promise', 'alcohol', 'negated'],
  ["I don't drink wine at lunch", 'wine', 'negated'],
  ['I have never smoked weed', 'weed', 'negated'],
  ['Ohne Alkohol schmeckt es auch', 'Alkohol', 'negated'],
  ['Wir trinken keinen Schnaps', 'Schnaps', 'negated'],
  ['Un apéro sans vodka', 'vodka', 'negated'],
  ['On ne boit jamais de vin ici', 'vin', 'negated'],
  ['Una fiesta sin cerveza', 'cerveza', 'negated'],
  ['Nunca pruebes la cocaína', 'cocaína', 'negated'],
  ['Una cena senza vino', 'vino', 'negated'],
  ['Uma festa sem cerveja', 'cerveja', 'negated'],
  ['Not just wine, champagne too', 'wine', 'plain'],
  ['No plans today. Wine on the sofa', 'wine', 'plain'],
  ['Nicht nur Wein, auch Käse', 'Wein', 'plain'],
  ['Two bottles of wine tonight', 'wine', 'plain'],
  ['Heute abend Schnaps', 'Schnaps', 'plain'],
  ['Police say the shooting left two dead', 'shooting', 'news'],
  ['A charity walk for survivors of suicide', 'suicide', 'news'],
  ['Die Polizei fand Kokain im Keller', 'Kokain', 'news'],
  ['Une campagne de prévention de l’alcool', 'alcool', 'news'],
  ['Las víctimas de la guerra', 'guerra', 'news'],
  ['He called it “wine o’clock” again', 'wine', 'quoted'],
  ['Sie nennt es „Bier“ und lacht', 'Bier', 'quoted'],
  ['The film "Gun" is out', 'gun', 'quoted'],
  ['He said "hello" and poured wine', 'wine', 'plain'],
  ['Dinner with @wine_bar_lisbon', 'wine', 'name'],
  ['Link: https://shop.example.com/gun-oil', 'gun', 'name'],
  ['Read it on beerblog.com', 'beer', 'name'],
];

describe('how a flagged word is used', () => {
  it.each(cases)('“%s”: %s is %s', (text, word, context) => {
    expect(contextOf(text, word)).toBe(context);
  });

  it('never fails, whatever the text and the word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, word) => {
        expect(safetyContexts).toContain(contextOf(text, word));
      }),
    );
  });
});
