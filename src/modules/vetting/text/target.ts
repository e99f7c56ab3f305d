import { readTokens, type Token } from './comment-tokens.ts';
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

/** The answer with what spoke for it. */
export function explainTarget(
  tokens: readonly Token[],
  { creatorHandle, brandHandles, language = null }: TargetContext,
): { target: Target; evidence: string[] } {
  const creator = handleOf(creatorHandle);
  const brands = new Set(brandHandles.map(handleOf));
  const names = new Set([...brands].flatMap(namesOf));
  const points = { brand: 0, creator: 0, other: 0 };
  const evidence: string[] = [];
  const add = (to: keyof typeof points, value: number, what: string) => {
    points[to] += value;
    evidence.push(what);
  };
  const opening = tokens.find((token) => token.kind === 'mention' || token.kind === 'word');
  const opensWith = opening?.kind === 'mention' ? handleOf(opening.text) : null;
  const words = tokens.filter((token) => token.kind === 'word' || token.kind === 'hashtag').map((token) => token.text);
  for (const token of tokens) {
    if (token.kind === 'mention') {
      const handle = handleOf(token.text);
      if (brands.has(handle)) add('brand', opensWith === handle ? 4 : 2, token.text);
      else if (handle === creator) add('creator', 3, token.text);
      else add('other', opensWith === handle ? 3 : 1, token.text);
    } else if (token.kind === 'word' || token.kind === 'hashtag') {
      if (names.has(token.text)) add('brand', 2, token.text);
      else if (targetWords.product.has(token.text)) add('brand', 1.5, token.text);
      else if (targetWords.creator.has(token.text)) add('creator', 1.5, token.text);
      else if (targetWords.address.has(token.text) && !(token.text === 'du' && language === 'fr'))
        add(
          opensWith === null || opensWith === creator ? 'creator' : brands.has(opensWith) ? 'brand' : 'other',
          1,
          token.text,
        );
    }
  }
  for (let at = 0; at + 1 < words.length; at += 1) {
    const pair = `${words[at]} ${words[at + 1]}`;
    if (targetWords.product.has(pair)) add('brand', 2, pair);
    else if (targetWords.creator.has(pair)) add('creator', 2, pair);
    else if (names.has(pair)) add('brand', 2, pair);
  }
  return { target: winner(points), evidence };
}

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
function namesOf(handle: string): string[] {
  const parts = handle.split(/[._]+/).filter((part) => part !== '' && !officials.has(part));
  return [parts.join(''), parts.join(' '), handle].filter((name) => name.length >= nameLettersMin);
}

const officials = new Set(
  'official offiziell officiel oficial ufficiale uk us usa de fr es it eu br global hq shop store the brand'.split(' '),
);
