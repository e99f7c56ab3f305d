import type { Evidence, Flag, Signal } from '../api.ts';
import { postEvidence } from './engagement-signals.ts';
import { known, notApplicable, type SignalSpec, unknown } from './signal.ts';
import { ramp } from './statistics.ts';
import type { BrandWords, VettedPost, VettingSubject } from './subject.ts';
import { dayText, joinWords, plural, share } from './words.ts';

const overlap: SignalSpec = {
  name: 'brand_overlap',
  point: 'brand_alignment',
  title: 'Speaks of what the brand is about',
  formula: "the brand's niches, keywords and values found in niches, category, bio, hashtags or captions / all of them",
};
const conflicts: SignalSpec = {
  name: 'brand_conflicts',
  point: 'brand_alignment',
  title: 'Nothing the brand stays away from',
  formula: "posts with a no-go word or a competitor's name in caption, hashtags or mentions",
};

const noProfile = 'The brand profile is empty, so there is nothing to hold this creator against.';

export interface Alignment {
  signals: Signal[];
  flags: Flag[];
}

/** What creator and brand have in common, word by word, and what stands between them. */
export function judgeAlignment(subject: VettingSubject, posts: readonly VettedPost[]): Alignment {
  const { brand } = subject;
  if (brand === null)
    return { signals: [notApplicable(overlap, noProfile), notApplicable(conflicts, noProfile)], flags: [] };
  const found = findConflicts(brand, posts);
  return {
    signals: [judgeOverlap(subject, brand, posts), judgeConflicts(brand, posts, found)],
    flags: found.flatMap(toFlag),
  };
}

function judgeOverlap(subject: VettingSubject, brand: BrandWords, posts: readonly VettedPost[]): Signal {
  const wanted = unique([...brand.niches, ...brand.keywords, ...(brand.values ?? [])]);
  if (wanted.length === 0) return notApplicable(overlap, 'The brand profile names no niches or keywords.');
  const places: [string, string][] = [
    ['niches', subject.niches.join(' | ')],
    ['category', subject.profile.category ?? ''],
    ['bio', subject.profile.bio ?? ''],
  ];
  const texts = posts.map(textOf);
  if (places.every(([, text]) => text.trim() === '') && texts.every((text) => text.trim() === '')) {
    return unknown(overlap, 'Neither niches nor bio nor captions are known.', 'niches, a bio or captions');
  }
  const normalPlaces = places.map(([place, text]) => [place, normalise(text)] as const);
  const normalTexts = texts.map(normalise);
  const hits = wanted.flatMap((word): Evidence[] => {
    const where = normalPlaces.filter(([, text]) => holds(text, word)).map(([place]) => place);
    const count = normalTexts.filter((text) => holds(text, word)).length;
    if (count > 0) where.push(plural(count, 'post'));
    return where.length === 0
      ? []
      : [{ kind: 'word', id: null, at: null, url: null, label: word, value: joinWords(where) }];
  });
  const value = hits.length / wanted.length;
  return known(overlap, {
    text:
      hits.length === 0
        ? `None of ${plural(wanted.length, 'word')} of the brand profile is found.`
        : `${hits.length} of ${plural(wanted.length, 'word')}: ${joinWords(hits.slice(0, 4).map((hit) => hit.label))}.`,
    value,
    display: share(value),
    contribution: ramp(value, [
      [0, -1],
      [0.1, 0],
      [0.4, 3],
      [0.7, 5],
    ]),
    source: 'profile and posts on record',
    n: posts.length,
    sample: plural(posts.length, 'post'),
    asOf: posts[0]?.observedAt ?? null,
    threshold: '70 % is full marks',
    evidence: hits,
  });
}

interface Conflict {
  word: string;
  kind: 'no_go' | 'competitor';
  posts: VettedPost[];
}

function findConflicts(brand: BrandWords, posts: readonly VettedPost[]): Conflict[] {
  const texts = posts.map((post) => ({ post, text: normalise(textOf(post)) }));
  const search = (words: readonly string[], kind: Conflict['kind']) =>
    unique(words).flatMap((word): Conflict[] => {
      const hit = texts.filter(({ text }) => holds(text, word)).map(({ post }) => post);
      return hit.length === 0 ? [] : [{ word, kind, posts: hit }];
    });
  return [...search(brand.noGoWords, 'no_go'), ...search(brand.competitors, 'competitor')];
}

function judgeConflicts(brand: BrandWords, posts: readonly VettedPost[], found: readonly Conflict[]): Signal {
  if (brand.noGoWords.length + brand.competitors.length === 0)
    return notApplicable(conflicts, 'The brand profile names no no-go words or competitors.');
  const searched = posts.filter((post) => textOf(post).trim() !== '');
  if (searched.length === 0) return unknown(conflicts, 'No captions to search.', 'captions of posts');
  const hit = new Set(found.flatMap((conflict) => conflict.posts.map((post) => post.id)));
  return known(conflicts, {
    text:
      hit.size === 0
        ? `None found in ${plural(searched.length, 'post')}.`
        : `${plural(hit.size, 'post')} with ${joinWords(found.slice(0, 4).map((conflict) => conflict.word))}.`,
    value: hit.size,
    display: plural(hit.size, 'post'),
    contribution: ramp(hit.size, [
      [0, 0],
      [1, -2.5],
      [3, -5],
    ]),
    source: 'captions on record',
    n: searched.length,
    sample: plural(searched.length, 'post'),
    asOf: searched[0]?.observedAt ?? null,
    threshold: 'none',
    evidence: found.flatMap((conflict) => conflict.posts.map((post) => postEvidence(post, conflict.word))),
  });
}

function toFlag(conflict: Conflict): Flag[] {
  const what = conflict.kind === 'no_go' ? `the no-go word "${conflict.word}"` : `the competitor "${conflict.word}"`;
  return [
    {
      name: conflict.kind,
      severity: 'amber',
      title: conflict.kind === 'no_go' ? 'Uses a no-go word' : 'Posts about a competitor',
      reason: `${plural(conflict.posts.length, 'post')} with ${what}, the newest of ${newestOf(conflict)}.`,
      signal: conflicts.name,
    },
  ];
}

function newestOf(conflict: Conflict): string {
  const at = conflict.posts[0]?.postedAt;
  return at == null ? 'an unknown day' : dayText(at);
}

function textOf(post: VettedPost): string {
  return [post.caption ?? '', ...post.hashtags, ...post.mentions].join(' | ');
}

/** Lower case without accents, words parted by single blanks; the same for both sides of a comparison. */
function normalise(text: string): string {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return ` ${words} `;
}

/** Whole words only: "vegan" is not in "veganfood". A hashtag of several words run together is found by its joined form. */
function holds(normalText: string, word: string): boolean {
  const wanted = normalise(word);
  if (wanted.trim() === '') return false;
  return (
    normalText.includes(wanted) ||
    (wanted.trim().includes(' ') && normalText.includes(` ${wanted.replaceAll(' ', '')} `))
  );
}

function unique(words: readonly string[]): string[] {
  return [...new Map(words.map((word) => [normalise(word), word.trim()])).values()].filter((word) => word !== '');
}
