import { readTokens, type Token } from './comment-tokens.ts';
import { intentPhrases } from './intent-phrases/index.ts';
import { addPhrase, emptyTree, findPhrases, type PhraseTree, sentenceEnd, sentenceStart } from './phrases.ts';
import { type Sentiment, sentimentOfTokens } from './sentiment.ts';
import { targetWords } from './target-words.ts';
import type { Valence } from './valence.ts';
import { grammars } from './valence-words.ts';

export const intents = ['question', 'purchaseIntent', 'complaint', 'praise'] as const;
export type Intent = (typeof intents)[number];
export type Intents = Record<Intent, boolean>;

/** What a comment wants. Several may hold at once; none may. `language` as in `sentimentOf`; English phrases are looked for in every language. */
export function intentsOf(text: string, language: string | null): Intents {
  const found = explainIntents(readTokens(text), language);
  return {
    question: found.question !== null,
    purchaseIntent: found.purchaseIntent !== null,
    complaint: found.complaint !== null,
    praise: found.praise !== null,
  };
}

/**
 * What in the text speaks for each intent (the words met, "?" or what the words and emoji feel); null where nothing does. `feeling` is what
 * `sentimentOfTokens` says of the same tokens.
 */
export function explainIntents(
  tokens: readonly Token[],
  language: string | null,
  feeling: Feeling = sentimentOfTokens(tokens, language),
): Record<Intent, string | null> {
  const { words, isAsked } = sentencesOf(tokens);
  const hits = phraseHits(words, language);
  const complaint = hits.complaint ?? complaintByFeeling(words, feeling, isAsked.includes(true));
  return {
    question: questionEvidence(tokens, { hits, words, isAsked }),
    purchaseIntent: words.some((word) => notForSale.has(word)) ? null : (hits.purchaseIntent ?? null),
    complaint:
      complaint !== null && hits.purchaseIntent !== undefined && softComplaints.has(complaint) ? null : complaint,
    praise: hits.praise ?? (complaint === null ? praiseByFeeling(words, { feeling, isAsked, hits }) : null),
  };
}

interface Feeling {
  sentiment: Sentiment;
  valence: Valence;
}

interface Hits extends Partial<Record<Intent | 'rhetorical', string>> {}

/** One is not about to buy a recipe or a workout. */
const notForSale = new Set(
  'recipe recipes workout workouts rezept rezepte recette recettes receta recetas ricetta ricette receita receitas exercise exercises hike technique'.split(
    ' ',
  ),
);
/** Wanting a thing though it is dear or sold out is no complaint about it. */
const softComplaints = new Set(['sold out']);

const supported = new Set(Object.keys(intentPhrases));
let tree: PhraseTree | null = null;

function phraseTree(): PhraseTree {
  if (tree !== null) return tree;
  tree = emptyTree();
  for (const [language, groups] of Object.entries(intentPhrases))
    for (const [group, phrases] of Object.entries(groups))
      for (const phrase of phrases) addPhrase(tree, phrase, { group, language });
  return tree;
}

function phraseHits(words: readonly string[], language: string | null): Hits {
  const hits: Hits = {};
  const isKnown = language !== null && supported.has(language);
  findPhrases(phraseTree(), words, ({ group, language: of }, from, to) => {
    if (isKnown && of !== language && of !== 'en') return;
    if (!isGroup(group) || hits[group] !== undefined) return;
    if (group === 'praise' && isTurned(words, from, of)) return;
    hits[group] = words
      .slice(from, to)
      .filter((word) => word !== sentenceStart && word !== sentenceEnd)
      .join(' ');
  });
  return hits;
}

function isGroup(group: string): group is keyof Hits & string {
  return group === 'rhetorical' || intents.some((intent) => intent === group);
}

/** A negation up to three words before, or as the first word of the phrase itself. */
function isTurned(words: readonly string[], at: number, language: string): boolean {
  const negators = grammars[language]?.negators;
  for (let back = 0; back <= 3 && at - back >= 0; back += 1) {
    const word = words[at - back] ?? '';
    if (back > 0 && (word === sentenceStart || word === sentenceEnd)) return false;
    if (negators?.has(word)) return true;
  }
  return false;
}

/** The words with the edges of sentences between them, and whether each sentence ends in a question mark. */
function sentencesOf(tokens: readonly Token[]): { words: string[]; isAsked: boolean[] } {
  const words: string[] = [sentenceStart];
  const isAsked: boolean[] = [];
  for (const token of tokens) {
    if (token.kind === 'word' || token.kind === 'hashtag') words.push(token.text.replace(/’/g, "'"));
    else if (token.kind === 'stop' && endsSentence(token.text) && words.at(-1) !== sentenceStart) {
      words.push(sentenceEnd, sentenceStart);
      isAsked.push(isQuestionMark(token.text));
    }
  }
  if (words.at(-1) === sentenceStart) words.pop();
  else {
    words.push(sentenceEnd);
    isAsked.push(false);
  }
  return { words, isAsked };
}

const endsSentence = (stop: string) => /^[.!?！？؟…]/.test(stop);
const isQuestionMark = (stop: string) => /[?？؟]/.test(stop);

function questionEvidence(
  tokens: readonly Token[],
  { hits, words, isAsked }: { hits: Hits; words: readonly string[]; isAsked: readonly boolean[] },
): string | null {
  if (hits.rhetorical !== undefined) return null;
  if (isAsked.includes(true)) return '?';
  // "@ana ?": the question is to somebody, without words.
  const isAddressed = tokens.some((token) => token.kind === 'mention');
  if (words.length === 0 && isAddressed && tokens.some((token) => token.kind === 'stop' && isQuestionMark(token.text)))
    return '?';
  return hits.question ?? null;
}

const strongFeeling = 1.4;
const sureEnough = 0.5;

/** Dislike beside a word of what is sold: by the feeling words, or, where nothing is asked, by the model. */
function complaintByFeeling(
  words: readonly string[],
  { sentiment, valence }: Feeling,
  isAsked: boolean,
): string | null {
  const thing = words.find((word) => targetWords.product.has(word));
  if (thing === undefined) return null;
  const { pieces, positive, negative } = valence;
  const isStrong = negative <= -strongFeeling && -negative >= positive * 1.2;
  const isSure = !isAsked && sentiment.label === 'negative' && sentiment.confidence >= sureEnough;
  if (!isStrong && !isSure) return null;
  const worst = pieces.toSorted((a, b) => a.valence - b.valence)[0];
  return worst === undefined || worst.valence >= 0 ? thing : `${worst.token.text} (${thing})`;
}

/** Liking outside the questions: strong by the feeling words, or sure by the model where somebody is addressed. */
function praiseByFeeling(
  words: readonly string[],
  { feeling, isAsked, hits }: { feeling: Feeling; isAsked: readonly boolean[]; hits: Hits },
): string | null {
  if (isAsked.includes(true) && hits.rhetorical === undefined) return null;
  const { sentiment, valence } = feeling;
  const { pieces, positive, negative, emojiPositive, emojiNegative } = valence;
  const liking = positive + emojiPositive;
  if (liking >= strongFeeling && liking >= -2 * (negative + emojiNegative)) {
    const best = pieces.filter((piece) => praising(piece)).toSorted((a, b) => b.valence - a.valence)[0];
    if (best !== undefined) return best.token.text;
  }
  const addressed = words.find((word) => targetWords.address.has(word));
  const isSure = sentiment.label === 'positive' && sentiment.confidence >= sureOfPraise;
  return addressed !== undefined && isSure && !words.some((word) => wishing.has(word)) ? addressed : null;
}

const sureOfPraise = 0.65;
/** Wishing somebody well praises nobody. */
const wishing = new Set('hope wish luck soon viel gute bonne bon suerte buena fortuna sorte boa good see'.split(' '));
const strongWord = 1.9;
const strongEmoji = 1.4;
/** Laughing at something praises nobody, wanting it neither. */
const laughing = new Set([
  '😂',
  '🤣',
  '😅',
  '😆',
  '😹',
  ':)',
  ':-)',
  ';)',
  'haha',
  'hahaha',
  'lol',
  'lmao',
  'jaja',
  'mdr',
]);

function praising({ token, valence, source }: { token: Token; valence: number; source: 'words' | 'emoji' }): boolean {
  return valence >= (source === 'emoji' ? strongEmoji : strongWord) && !laughing.has(token.text);
}
