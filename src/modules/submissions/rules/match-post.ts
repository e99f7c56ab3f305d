import { plainCaption } from './compare-captions.ts';

export interface CandidatePost {
  id: string;
  caption: string | null;
  postedAt: string | null;
}

const likeMin = 0.8;
const wordsMin = 6;
const charactersMin = 12;

/** Share of words two captions have in common, 0 to 1 (Dice over bags of words). */
export function likeness(a: string, b: string): number {
  const bag = (text: string) => {
    const words = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(plainCaption(text).toLowerCase())]
      .filter((part) => part.isWordLike)
      .map((part) => part.segment);
    return words;
  };
  const [left, right] = [bag(a), bag(b)];
  if (left.length < wordsMin || right.length < wordsMin) return 0;
  const counts = new Map<string, number>();
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of right) {
    const left = counts.get(word) ?? 0;
    if (left === 0) continue;
    counts.set(word, left - 1);
    common += 1;
  }
  return (2 * common) / (left.length + right.length);
}

/**
 * The one post that is the approved draft: posted not before it was approved, with the same caption, or one that shares four words of five.
 * Null when none is, or when two are equally near, since then a person has to say.
 */
export function matchPost(
  posts: readonly CandidatePost[],
  of: { caption: string; notBefore: Date },
): CandidatePost | null {
  const wanted = plainCaption(of.caption);
  const near = posts.flatMap((post) => {
    if (post.caption === null || post.postedAt === null) return [];
    if (new Date(post.postedAt).getTime() < of.notBefore.getTime()) return [];
    const isSame = wanted.length >= charactersMin && plainCaption(post.caption) === wanted;
    const share = isSame ? 2 : likeness(wanted, post.caption);
    return share >= likeMin ? [{ post, share }] : [];
  });
  const [best, second] = near.toSorted((a, b) => b.share - a.share);
  if (best === undefined || second?.share === best.share) return null;
  return best.post;
}
