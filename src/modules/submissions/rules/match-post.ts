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

/** How near a post is to a draft: 2 for the same caption, else the share of words, 0 where it is less than four of five. */
function nearness(caption: string, post: CandidatePost): number {
  const wanted = plainCaption(caption);
  if (post.caption === null) return 0;
  if (wanted.length >= charactersMin && plainCaption(post.caption) === wanted) return 2;
  const share = likeness(wanted, post.caption);
  return share >= likeMin ? share : 0;
}

/**
 * The one post that is the approved draft: posted not before it was handed in, nearer to it than any other post, and nearer than it is to any
 * other draft that waits for its post. Null when none is, or two are equally near, since then a person has to say.
 */
export function matchPost(
  posts: readonly CandidatePost[],
  of: { caption: string; notBefore: Date; otherCaptions: readonly string[] },
): CandidatePost | null {
  const near = posts.flatMap((post) => {
    const isLater = post.postedAt !== null && new Date(post.postedAt).getTime() >= of.notBefore.getTime();
    const share = isLater ? nearness(of.caption, post) : 0;
    return share > 0 ? [{ post, share }] : [];
  });
  const [best, second] = near.toSorted((a, b) => b.share - a.share);
  if (best === undefined || second?.share === best.share) return null;
  const isOthers = of.otherCaptions.some((caption) => nearness(caption, best.post) >= best.share);
  return isOthers ? null : best.post;
}
