import { readTokens, type Token } from './comment-tokens.ts';
import { explainIntents } from './intents.ts';
import { targetWords } from './target-words.ts';

export const targets = ['brand', 'creator', 'other', 'unknown'] as const;
export type Target = (typeof targets)[number];

export interface TargetContext {
  /** With or without @. */
  creatorHandle: string;
  brandHandles: readonly string[];
  /** As in `sentimentOf`; "du" addresses somebody in German and nobody in French. */
  language?: string | null;
}

/**
 * Whom a comment is aimed at. Each sign gives points (a handle or name 3, being addressed or a product's word 1 or 2); the side with more wins,
 * none or a draw is unknown. A comment that opens with somebody else's handle and names neither is for that person.
 */
export function targetOf(text: string, context: TargetContext): Target {
  return explainTarget(readTokens(text), context).target;
}

/** The answer with what spoke for it. `known` is the complaint that `explainIntents` found, where it was asked already. */
export function explainTarget(
  tokens: readonly Token[],
  { creatorHandle, brandHandles, language = null }: TargetContext,
  known?: string | null,
): { target: Target; evidence: string[] } {
  const creator = handleOf(creatorHandle);
  const brands = new Set(brandHandles.map(handleOf));
  const opening = tokens.find((token) => token.kind === 'mention' || token.kind === 'word');
  const opensWith = opening?.kind === 'mention' ? handleOf(opening.text) : null;
  const found: Found = { points: { brand: 0, creator: 0, other: 0 }, evidence: [] };
  addHandles(found, tokens, { creator, brands, opensWith });
  const words = tokens.filter((token) => token.kind === 'word' || token.kind === 'hashtag').map((token) => token.text);
  const addressed = opensWith === null || opensWith === creator ? 'creator' : brands.has(opensWith) ? 'brand' : 'other';
  addWords(found, words, { names: new Set([...brands].flatMap(namesOf)), addressed, language });
  const target = winner(found.points);
  if (target !== 'unknown') return { target, evidence: found.evidence };
  // A complaint about nobody in particular is one about what is sold, unless it is about advertising.
  const complaint = known === undefined ? explainIntents(tokens, language).complaint : known;
  if (complaint === null || aboutAdvertising.test(complaint)) return { target, evidence: found.evidence };
  return { target: 'brand', evidence: [...found.evidence, complaint] };
}

type Side = 'brand' | 'creator' | 'other';

interface Found {
  points: Record<Side, number>;
  evidence: string[];
}

const aboutAdvertising =
  /\b(ads?|advert|sponsored|promo|werbung|pub|pubs|publi|publicidad|anuncios?|pubblicita|adv|propaganda)\b|اعلان/u;

function add({ points, evidence }: Found, to: Side, value: number, what: string): void {
  points[to] += value;
  evidence.push(what);
}

function addHandles(
  found: Found,
  tokens: readonly Token[],
  { creator, brands, opensWith }: { creator: string; brands: ReadonlySet<string>; opensWith: string | null },
): void {
  for (const { kind, text } of tokens) {
    if (kind !== 'mention') continue;
    const handle = handleOf(text);
    if (brands.has(handle)) add(found, 'brand', opensWith === handle ? 4 : 2, text);
    else if (handle === creator) add(found, 'creator', 3, text);
    else add(found, 'other', opensWith === handle ? 3 : 1, text);
  }
}

function addWords(
  found: Found,
  words: readonly string[],
  { names, addressed, language }: { names: ReadonlySet<string>; addressed: Side; language: string | null },
): void {
  const { product, maker, creator, address } = targetWords;
  const nameEnds = lastWords(names);
  words.forEach((word, at) => {
    const before = words[at - 1] ?? '';
    if (names.has(word)) add(found, 'brand', 2, word);
    else if (product.has(word)) add(found, 'brand', 1.5, word);
    else if (maker.has(word)) add(found, 'brand', 0.5, word);
    else if (creator.has(word)) add(found, 'creator', 1.5, word);
    else if (address.has(word) && !beforeYou.has(before) && !isOtherWord(word, language))
      add(found, addressed, 1, word);
    if (!endsPair.has(word) && !nameEnds.has(word)) return;
    const pair = `${before} ${word}`;
    if (product.has(pair) || names.has(pair)) add(found, 'brand', 2, pair);
    else if (creator.has(pair)) add(found, 'creator', 2, pair);
  });
}

/** Last words of what has several: only they can end a pair. */
function lastWords(phrases: Iterable<string>): Set<string> {
  return new Set(
    [...phrases].flatMap((phrase) => (phrase.includes(' ') ? [phrase.slice(phrase.indexOf(' ') + 1)] : [])),
  );
}

const endsPair = lastWords([...targetWords.product, ...targetWords.creator]);

/** "du" is "of the" in French, "hai" is "is" in Hindi. */
const otherWords: Record<string, readonly string[]> = {
  fr: ['du'],
  hi: ['hai', 'tum'],
  en: ['te', 'sei', 'fais', 'hai', 'du'],
};

function isOtherWord(word: string, language: string | null): boolean {
  return language !== null && (otherWords[language]?.includes(word) ?? false);
}

/** "Thank you" and "see you" address whoever reads them. */
const beforeYou = new Set(['thank', 'thanks', 'see', 'bless']);

function winner(points: { brand: number; creator: number; other: number }): Target {
  const { brand, creator, other } = points;
  if (other > 0 && other >= brand && other >= creator) return 'other';
  if (brand > creator) return 'brand';
  if (creator > brand) return 'creator';
  return 'unknown';
}

const handleOf = (handle: string) => handle.replace(/^@/, '').toLowerCase();
const nameLettersMin = 4;

/** A brand's handle as people write the name: glow.lab_official is "glow lab" and "glowlab". */
export function namesOf(handle: string): string[] {
  const parts = handle.split(/[._]+/).filter((part) => part !== '' && !officials.has(part));
  return [parts.join(''), parts.join(' '), handle].filter((name) => name.length >= nameLettersMin);
}

const officials = new Set(
  'official offiziell officiel oficial ufficiale uk us usa de fr es it eu br global hq shop store the brand'.split(' '),
);
