import type { Token } from './comment-tokens.ts';
import { grammars, type ValenceGrammar } from './valence-words.ts';

/** Words with how they feel, -4 to 4, by language; made by models/sentiment/make-words.ts. */
export interface ValenceWords {
  languages: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Words of the English list that are other words in this language ("die" in German). */
  foreign: ReadonlyMap<string, ReadonlySet<string>>;
  /** Longest phrase of the lists, in words, and the words that begin one. */
  phraseWordsMax: number;
  phraseStarts: ReadonlySet<string>;
}

/** What one word or emoji adds. */
export interface ValencePiece {
  token: Token;
  at: number;
  valence: number;
  source: 'words' | 'emoji';
  isTurned: boolean;
}

/** Sums of a comment's valence, each by where it comes from; scale of the lists, -4 to 4 a word. */
export interface Valence {
  positive: number;
  negative: number;
  emojiPositive: number;
  emojiNegative: number;
  /** Feeling words turned round by a negation. */
  turned: number;
  negators: number;
  /** Sum over the words behind the last "but". */
  last: number;
  pieces: ValencePiece[];
}

// Hutto and Gilbert 2014, table of the rules: strength of a negation, of capitals, of the words before and behind "but".
const negation = -0.74;
const capitals = 0.733;
const drawnOut = 0.293;
const beforeTurn = 0.5;
const behindTurn = 1.5;
const reach = 3;
const fading = [1, 0.95, 0.9];

/**
 * The feeling words of a comment with negation, boosters, capitals, letters drawn out and "but", after VADER (Hutto and Gilbert 2014), in the
 * comment's language with English beside it. `emoji` gives -1 to 1.
 */
export function valenceOf(
  tokens: readonly Token[],
  words: ValenceWords,
  given: { language: string | null; emoji: ReadonlyMap<string, number> },
): Valence {
  const own = listsFor(words, given.language);
  const rules = grammarsFor(given.language);
  const isMixedCase = hasMixedCase(tokens);
  const pieces: ValencePiece[] = [];
  let negators = 0;
  let turnAt = -1;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) continue;
    if (token.kind === 'emoji') {
      const feeling = given.emoji.get(token.text);
      if (feeling !== undefined)
        pieces.push({ token, at, valence: feeling * emojiScale, source: 'emoji', isTurned: false });
      continue;
    }
    if (token.kind === 'emoticon') {
      const feeling = words.languages.get('en')?.get(token.text);
      if (feeling !== undefined) pieces.push({ token, at, valence: feeling, source: 'emoji', isTurned: false });
      continue;
    }
    if (token.kind !== 'word' && token.kind !== 'hashtag') continue;
    if (rules.some((rule) => rule.turns.has(token.text))) turnAt = at;
    if (rules.some((rule) => rule.negators.has(token.text))) negators += 1;
    const found = lookUp(tokens, at, own);
    if (found === null) continue;
    const turned = isNegated(tokens, at, rules);
    const strong = strengthen(tokens, { at, valence: found.valence, rules, isMixedCase });
    pieces.push({ token, at, valence: turned ? strong * negation : strong, source: 'words', isTurned: turned });
    at += found.length - 1;
  }
  return sumUp(pieces, { turnAt, negators });
}

const emojiScale = 3;

interface Lists {
  first: ReadonlyMap<string, number>;
  second: ReadonlyMap<string, number> | null;
  foreign: ReadonlySet<string> | null;
  phraseWordsMax: number;
  phraseStarts: ReadonlySet<string>;
}

const none: ReadonlyMap<string, number> = new Map();

/** A language that was told and that no list knows. */
const isUnlisted = (language: string | null) => language !== null && language !== 'en' && language !== 'und';

function listsFor(words: ValenceWords, language: string | null): Lists {
  const english = words.languages.get('en') ?? none;
  const own = language === null || language === 'en' ? undefined : words.languages.get(language);
  const { phraseWordsMax, phraseStarts } = words;
  // Words of English are other words in a language without a list: "die" is no death in Dutch, "kind" a child.
  if (own === undefined)
    return { first: isUnlisted(language) ? none : english, second: null, foreign: null, phraseWordsMax, phraseStarts };
  return {
    first: own,
    second: english,
    foreign: words.foreign.get(language ?? '') ?? null,
    phraseWordsMax,
    phraseStarts,
  };
}

const english = grammars.en;

function grammarsFor(language: string | null): readonly ValenceGrammar[] {
  const own = language === null ? undefined : grammars[language];
  if (own === undefined || own === english) return english === undefined ? [] : [english];
  return [own];
}

/** The longest phrase of the lists that begins here. */
function lookUp(tokens: readonly Token[], at: number, lists: Lists): { valence: number; length: number } | null {
  let phrase = '';
  let best: { valence: number; length: number } | null = null;
  const longest = lists.phraseStarts.has(tokens[at]?.text ?? '') ? lists.phraseWordsMax : 1;
  for (let length = 1; length <= longest; length += 1) {
    const token = tokens[at + length - 1];
    if (token === undefined || (token.kind !== 'word' && token.kind !== 'hashtag')) break;
    phrase = length === 1 ? token.text : `${phrase} ${token.text}`;
    const valence =
      valenceOfWord(phrase, lists) ?? (token.isDrawnOut ? valenceOfWord(undouble(phrase), lists) : undefined);
    if (valence !== undefined) best = { valence, length };
  }
  return best;
}

function valenceOfWord(word: string, { first, second, foreign }: Lists): number | undefined {
  const own = first.get(word);
  if (own !== undefined || second === null) return own;
  return foreign?.has(word) ? undefined : second.get(word);
}

/** "loove" as "love". */
const undouble = (word: string) => word.replace(/(.)\1/gu, '$1');

function isNegated(tokens: readonly Token[], at: number, rules: readonly ValenceGrammar[]): boolean {
  for (let back = 1; back <= reach && at - back >= 0; back += 1) {
    const token = tokens[at - back];
    if (token === undefined || token.kind === 'stop' || token.kind === 'emoji') return false;
    if (rules.some((rule) => rule.negators.has(token.text))) {
      // "no doubt", "not only", "nothing but" leave it as it is.
      const next = tokens[at - back + 1]?.text;
      return next !== 'only' && next !== 'but' && next !== 'doubt' && next !== 'nur' && next !== 'solo';
    }
  }
  return false;
}

function strengthen(
  tokens: readonly Token[],
  of: { at: number; valence: number; rules: readonly ValenceGrammar[]; isMixedCase: boolean },
): number {
  const { at, rules } = of;
  const direction = Math.sign(of.valence);
  let valence = of.valence;
  const token = tokens[at];
  if (token?.isLoud && of.isMixedCase) valence += direction * capitals;
  if (token?.isDrawnOut) valence += direction * drawnOut;
  for (let back = 1; back <= reach && at - back >= 0; back += 1) {
    const before = tokens[at - back];
    if (before === undefined || before.kind !== 'word') break;
    for (const rule of rules) {
      const boost = rule.boosters.get(before.text);
      if (boost !== undefined)
        valence += direction * (boost + (before.isLoud && of.isMixedCase ? capitals : 0)) * (fading[back - 1] ?? 0);
    }
  }
  return valence;
}

function hasMixedCase(tokens: readonly Token[]): boolean {
  let loud = 0;
  let words = 0;
  for (const token of tokens)
    if (token.kind === 'word') {
      words += 1;
      if (token.isLoud) loud += 1;
    }
  return loud > 0 && loud < words;
}

function sumUp(pieces: ValencePiece[], { turnAt, negators }: { turnAt: number; negators: number }): Valence {
  const sum: Valence = {
    positive: 0,
    negative: 0,
    emojiPositive: 0,
    emojiNegative: 0,
    turned: 0,
    negators,
    last: 0,
    pieces,
  };
  for (const piece of pieces) {
    if (turnAt >= 0 && piece.source === 'words') {
      if (piece.at < turnAt) piece.valence *= beforeTurn;
      else if (piece.at > turnAt) piece.valence *= behindTurn;
    }
    const { valence } = piece;
    if (piece.at > turnAt) sum.last += valence;
    if (piece.isTurned) sum.turned += 1;
    if (piece.source === 'emoji') {
      if (valence > 0) sum.emojiPositive += valence;
      else sum.emojiNegative += valence;
    } else if (valence > 0) sum.positive += valence;
    else sum.negative += valence;
  }
  return sum;
}
