import type { CapturedHow } from '../api.ts';

/** What posts of a campaign are told by. Names and hashtags are folded, without @ and #. */
export interface CaptureSigns {
  mentions: readonly string[];
  hashtags: readonly string[];
  keywords: readonly string[];
}

export interface SeenText {
  caption: string | null;
  hashtags: readonly string[];
  mentions: readonly string[];
  photoTags: readonly string[];
}

/** By what a post belongs to a campaign: a tag of its picture before a mention, a hashtag, a word; null when by nothing. */
export function matchPost(post: SeenText, signs: CaptureSigns): { how: CapturedHow; by: string } | null {
  const inPicture = new Set(post.photoTags.map(foldName));
  const photoTag = signs.mentions.find((name) => inPicture.has(name));
  if (photoTag !== undefined) return { how: 'photo_tag', by: `@${photoTag}` };
  const mentioned = new Set(post.mentions.map(foldName));
  const mention = signs.mentions.find((name) => mentioned.has(name));
  if (mention !== undefined) return { how: 'mention', by: `@${mention}` };
  const tagged = new Set(post.hashtags.map(foldTag));
  const hashtag = signs.hashtags.find((tag) => tagged.has(tag));
  if (hashtag !== undefined) return { how: 'hashtag', by: `#${hashtag}` };
  const caption = foldText(post.caption ?? '');
  const keyword = signs.keywords.find((words) => holdsWords(caption, foldText(words)));
  return keyword === undefined ? null : { how: 'keyword', by: keyword };
}

export const foldName = (name: string) => name.trim().replace(/^@/, '').toLowerCase();
export const foldTag = (tag: string) => tag.trim().replace(/^#/, '').normalize('NFC').toLowerCase();
const foldText = (text: string) => text.normalize('NFKC').toLowerCase();

/** Whole words only: "oat" is not in "boat". */
function holdsWords(text: string, words: string): boolean {
  if (words.trim() === '') return false;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const before = text.slice(0, at).match(/[\p{L}\p{N}]$/u);
    const after = text.slice(at + words.length).match(/^[\p{L}\p{N}]/u);
    if (before === null && after === null) return true;
  }
  return false;
}

/** The signs of a campaign, folded and without repeats. */
export function signsOf(given: {
  mentions: readonly string[];
  hashtags: readonly string[];
  keywords: readonly string[];
}): CaptureSigns {
  const once = (values: readonly string[]) => [...new Set(values.filter((value) => value !== ''))];
  return {
    mentions: once(given.mentions.map(foldName)),
    hashtags: once(given.hashtags.map(foldTag)),
    keywords: once(given.keywords.map((words) => words.trim())),
  };
}
