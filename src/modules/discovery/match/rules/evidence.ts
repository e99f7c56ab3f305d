import type { MatchEvidence } from '../../api.ts';
import type { ReadCreator } from './creator-text.ts';
import { countTerms, dot, type Sparse } from './sparse.ts';
import { type WordRank, wordsOfText } from './words-of-text.ts';

const captionsShown = 2;
const captionCharsMax = 180;
const wordsShown = 8;
/** Words that hold a sentence together: they may count, and explain nothing. */
const functionWords = new Set(
  'a about after all also am an and any are as at be been but by can could did do does every for from get had has have he her here him his how i if in into is it its just like looking make me more most my no not of off on one only or other our out over own really she should so some such than that the their them then there these they this to too up us very was we were what when where which who will with would you your people'.split(
    ' ',
  ),
);

/** The words that count most for the closeness, and the captions in which most of them stand. */
export function contentEvidence(
  wanted: Sparse,
  creator: { read: ReadCreator; captions: readonly string[]; bio: string | null },
  rankOf: WordRank,
): MatchEvidence[] {
  const shared = [...wanted]
    .filter(([word]) => creator.read.words.has(word) && !functionWords.has(word))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, wordsShown)
    .map(([word]) => word);
  const captions = creator.captions
    .map((caption, at) => ({ caption, at, fit: fitOf(wanted, caption, rankOf) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit || a.at - b.at)
    .slice(0, captionsShown);
  const bioFits = creator.bio !== null && fitOf(wanted, creator.bio, rankOf) > 0;
  return [
    ...(shared.length === 0
      ? []
      : [{ kind: 'words' as const, text: shared.join(', '), source: null, n: creator.read.texts }]),
    ...captions.map(({ caption }) => ({
      kind: 'caption' as const,
      text: shorten(caption),
      source: 'post',
      n: creator.captions.length,
    })),
    ...(bioFits ? [{ kind: 'bio' as const, text: shorten(creator.bio ?? ''), source: 'profile', n: null }] : []),
  ];
}

/** Accounts the creator names that examples name too, those of most examples first. */
export function brandEvidence(
  accounts: ReadonlySet<string>,
  examples: readonly { accounts: ReadonlySet<string> }[],
): { account: string; examples: number }[] {
  return [...accounts]
    .map((account) => ({ account, examples: examples.filter((one) => one.accounts.has(account)).length }))
    .filter((one) => one.examples > 0)
    .sort((a, b) => b.examples - a.examples || (a.account < b.account ? -1 : 1));
}

function fitOf(wanted: Sparse, text: string, rankOf: WordRank): number {
  const words = countTerms(wordsOfText(text, rankOf).words);
  return dot(new Map([...words.keys()].map((word) => [word, 1])), wanted) / Math.sqrt(words.size || 1);
}

function shorten(text: string): string {
  const chars = [...text.replace(/\s+/g, ' ').trim()];
  return chars.length <= captionCharsMax ? chars.join('') : `${chars.slice(0, captionCharsMax).join('')}…`;
}
