import { foldText } from '../../rules/tokens.ts';
import { vectorOfWords } from './encode-text.ts';
import { countTerms } from './sparse.ts';
import type { TasteDocument } from './taste.ts';
import { rankOfModel, type WordModel } from './word-model.ts';
import { wordsOfHandle, wordsOfText } from './words-of-text.ts';

/** What is read of a creator: the document of the creators module has it. */
export interface CreatorTexts {
  personId: string;
  name: string | null;
  niches: string[];
  hashtags: string[];
  mentions: string[];
  captions: string[];
  profiles: { handle: string; displayName: string | null; bio: string | null; category: string | null }[];
}

export interface ReadCreator extends TasteDocument {
  /** Words of the handles: they tell a topic, but say little in a running text. */
  handleWords: string[];
  texts: number;
  wordsRead: number;
  wordsKnown: number;
}

/** Everything a creator writes, as words, tags, accounts and a vector. */
export function readCreatorTexts(creator: CreatorTexts, model: WordModel): ReadCreator {
  const rankOf = rankOfModel(model);
  const texts = [
    creator.name ?? '',
    ...creator.profiles.flatMap((profile) => [profile.displayName ?? '', profile.bio ?? '', profile.category ?? '']),
    ...creator.captions,
  ].filter((text) => text.trim() !== '');
  const read = [...new Set(texts)].map((text) => wordsOfText(text, rankOf));
  // Hashtags of captions are among the words already; those of posts without a caption are not.
  const inCaptions = new Set(read.flatMap((one) => one.hashtags));
  const otherTags = creator.hashtags.map(foldText).filter((tag) => tag !== '' && !inCaptions.has(tag));
  const tagWords = otherTags.flatMap((tag) => wordsOfText(`#${tag}`, rankOf).words);
  const all = [
    ...read.flatMap((one) => one.words),
    ...tagWords,
    ...creator.niches.flatMap((niche) => wordsOfText(niche, rankOf).words),
  ];
  const words = countTerms(all);
  const handles = creator.profiles.map((profile) => foldText(profile.handle).replace(/^@/, ''));
  return {
    id: creator.personId,
    words,
    hashtags: new Set([...inCaptions, ...otherTags]),
    accounts: new Set([
      ...handles,
      ...creator.mentions.map((mention) => foldText(mention).replace(/^@/, '')).filter((mention) => mention !== ''),
      ...read.flatMap((one) => one.mentions),
    ]),
    vector: vectorOfWords(model, words),
    handleWords: handles.flatMap((handle) => wordsOfHandle(handle, rankOf)),
    texts: read.length,
    wordsRead: all.length,
    wordsKnown: all.reduce((sum, word) => sum + Number(model.places.has(word)), 0),
  };
}

/** Words a topic is learnt from: the texts', and the handles' at half. */
export function topicWords(creator: ReadCreator): Map<string, number> {
  const words = new Map(creator.words);
  for (const word of creator.handleWords) words.set(word, (words.get(word) ?? 0) + 0.5);
  return words;
}
