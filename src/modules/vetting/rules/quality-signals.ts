import { dayMs } from '#kernel/time.ts';
import type { Flag, QualitySection, Signal } from '../api.ts';
import { basis, postEvidence } from './engagement-signals.ts';
import { postsForScore, postsInWindow, windowDays } from './reference.ts';
import { known, type SignalSpec, unknown } from './signal.ts';
import { median, ramp, wilsonInterval } from './statistics.ts';
import type { PostTopics, SubjectTopics, VettedPost, VettingSubject } from './subject.ts';
import { joinWords, plural, share } from './words.ts';

const stabilitySpec: SignalSpec = {
  name: 'topic_stability',
  point: 'content_consistency',
  title: 'Stays on its topics',
  formula: 'cosine between the mean topic vectors of the newer and the older half of the newest 30 captions',
};
const captionSpec: SignalSpec = {
  name: 'caption_quality',
  point: 'content_consistency',
  title: 'Captions say something',
  formula: 'captions with 20 letters of their own, at most 15 hashtags and not used before / the newest 30 captions',
};

/** Half of 600 real creators lie above the middle one, a tenth below the first; halves of two different creators have a median of 0.41. */
const stabilityCorners = [
  [0.41, -1],
  [0.61, 0],
  [0.83, 1],
] as const;
const mainMax = 2;
const halfShown = 3;
const lettersMin = 20;
const tagsMax = 15;
const gapsShown = 3;
const weeksShown = 26;

export interface Quality {
  signals: Signal[];
  flags: Flag[];
  section: QualitySection;
}

/** Topics, captions, silences and the picture of a profile. */
export function judgeQuality(subject: VettingSubject, posts: readonly VettedPost[]): Quality {
  const newest = posts.slice(0, postsInWindow);
  const topics = describeTopics(subject.topics ?? null, newest);
  const captions = describeCaptions(newest);
  return {
    signals: [judgeStability(topics, newest), judgeCaptions(captions, newest)],
    flags: pictureFlags(subject),
    section: {
      topics,
      captions,
      gaps: longestGaps(posts),
      weeks: postsByWeek(posts),
      picture: subject.picture ?? null,
    },
  };
}

/** The face of somebody else is how impostors begin. */
function pictureFlags({ picture }: VettingSubject): Flag[] {
  const alike = picture?.alike ?? [];
  if (alike.length === 0) return [];
  const names = joinWords(alike.slice(0, 3).map((one) => `@${one.handle}`));
  return [
    {
      name: 'same_picture',
      severity: 'amber',
      title: 'Picture of another profile',
      reason: `The profile picture is nearly the same as that of ${names}. One person may own both, or one may pass for the other.`,
      signal: null,
    },
  ];
}

type Topics = NonNullable<QualitySection['topics']>;

function describeTopics(read: SubjectTopics | null, posts: readonly VettedPost[]): Topics | null {
  if (read === null) return null;
  const known = posts.flatMap((post) => {
    const topics = read.posts.get(post.id);
    return topics?.vector == null ? [] : [{ vector: topics.vector, topics: topics.topics }];
  });
  if (known.length === 0) return null;
  const half = Math.floor(known.length / 2);
  const [newer, older] = [known.slice(0, half), known.slice(half)];
  const counted = countTopics(known);
  const main = read.isCorrected
    ? read.held.map((topic) => ({ ...topic, posts: counted.find((one) => one.topic === topic.topic)?.posts ?? 0 }))
    : counted.slice(0, mainMax);
  const withTopic = known.filter((one) => one.topics.length > 0);
  const names = new Set(main.map((one) => one.topic));
  const onTopic = withTopic.filter((one) => one.topics.some(({ topic }) => names.has(topic))).length;
  return {
    main,
    isCorrected: read.isCorrected,
    n: known.length,
    stability: known.length < postsForScore ? null : cosine(meanOf(newer), meanOf(older)),
    onTopic: withTopic.length < postsForScore ? null : onTopic / withTopic.length,
    newer: countTopics(newer).slice(0, halfShown),
    older: countTopics(older).slice(0, halfShown),
  };
}

/** The strongest topic of each post, most frequent first. */
function countTopics(posts: readonly { topics: PostTopics['topics'] }[]): Topics['main'] {
  const counts = new Map<string, Topics['main'][number]>();
  for (const { topics } of posts) {
    const first = topics[0];
    if (first === undefined) continue;
    const one = counts.get(first.topic) ?? { topic: first.topic, name: first.name, posts: 0 };
    one.posts += 1;
    counts.set(first.topic, one);
  }
  return [...counts.values()].sort((a, b) => b.posts - a.posts || (a.topic < b.topic ? -1 : 1));
}

function meanOf(posts: readonly { vector: Float32Array }[]): Float64Array {
  const mean = new Float64Array(posts[0]?.vector.length ?? 0);
  for (const { vector } of posts) for (let i = 0; i < mean.length; i += 1) mean[i] = (mean[i] ?? 0) + (vector[i] ?? 0);
  return mean;
}

function cosine(a: Float64Array, b: Float64Array): number | null {
  let [dot, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    dot += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return ofA === 0 || ofB === 0 ? null : dot / Math.sqrt(ofA * ofB);
}

function judgeStability(topics: Topics | null, posts: readonly VettedPost[]): Signal {
  if (topics === null || topics.stability === null)
    return unknown(
      stabilitySpec,
      `${plural(topics?.n ?? 0, 'caption')} with words that are known: too few to tell.`,
      `captions of at least ${postsForScore} posts, in English`,
    );
  const names = joinWords(topics.main.map((one) => one.name));
  const onTopic = topics.onTopic === null ? '' : `, ${share(topics.onTopic)} of posts on it`;
  return known(stabilitySpec, {
    ...basis(posts.map((post) => ({ post }))),
    text: `Newer and older posts are alike by ${topics.stability.toFixed(2)}${names === '' ? '' : `; mostly ${names}${onTopic}`}${topics.isCorrected ? ' (topics as a person said)' : ''}.`,
    value: topics.stability,
    display: topics.stability.toFixed(2),
    contribution: ramp(topics.stability, stabilityCorners),
    n: topics.n,
    sample: plural(topics.n, 'caption'),
    threshold: '0.61 is the lowest tenth of 600 creators, 0.83 the middle',
    evidence: topics.main.map((one) => ({
      kind: 'word',
      id: null,
      at: null,
      url: null,
      label: one.name,
      value: plural(one.posts, 'post'),
    })),
  });
}

interface ReadCaption {
  post: VettedPost;
  letters: number;
  tags: number;
  isRepeated: boolean;
}

function readCaptions(posts: readonly VettedPost[]): ReadCaption[] {
  const captioned = posts.filter((post) => post.caption !== null);
  const ownText = (caption: string) =>
    caption
      .replaceAll(/[#@][\p{L}\p{N}_.]+|https?:\/\/\S+/gu, ' ')
      .replaceAll(/[^\p{L}]+/gu, ' ')
      .trim()
      .toLowerCase();
  const texts = captioned.map((post) => ownText(post.caption ?? ''));
  const times = new Map<string, number>();
  for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1);
  return captioned.map((post, at) => {
    const text = texts[at] ?? '';
    const inCaption = post.caption?.match(/#[\p{L}\p{N}_]+/gu)?.length ?? 0;
    return {
      post,
      letters: text.replaceAll(' ', '').length,
      tags: Math.max(inCaption, post.hashtags.length),
      isRepeated: text !== '' && (times.get(text) ?? 0) > 1,
    };
  });
}

const isGood = (one: ReadCaption) => one.letters >= lettersMin && one.tags <= tagsMax && !one.isRepeated;

function describeCaptions(posts: readonly VettedPost[]): QualitySection['captions'] {
  const read = readCaptions(posts);
  if (read.length === 0) return null;
  return {
    n: read.length,
    good: read.filter(isGood).length,
    withoutText: read.filter((one) => one.letters < lettersMin).length,
    repeated: read.filter((one) => one.isRepeated).length,
    overTagged: read.filter((one) => one.tags > tagsMax).length,
    medianLetters: median(read.map((one) => one.letters)),
    medianHashtags: median(read.map((one) => one.tags)),
  };
}

function judgeCaptions(captions: QualitySection['captions'], posts: readonly VettedPost[]): Signal {
  if (captions === null || captions.n < postsForScore)
    return unknown(
      captionSpec,
      `${plural(captions?.n ?? 0, 'caption')}: too few to tell.`,
      `captions of at least ${postsForScore} posts`,
    );
  const value = captions.good / captions.n;
  const poor = readCaptions(posts).filter((one) => !isGood(one));
  const why = (one: ReadCaption) =>
    one.isRepeated ? 'used before' : one.tags > tagsMax ? plural(one.tags, 'hashtag') : plural(one.letters, 'letter');
  return known(captionSpec, {
    ...basis(poor.length > 0 ? poor : posts.map((post) => ({ post }))),
    text: `${captions.good} of ${plural(captions.n, 'caption')} say something of their own.`,
    value,
    display: share(value),
    interval: wilsonInterval(captions.good, captions.n),
    contribution: ramp(value, [
      [0.2, -1],
      [0.6, 0],
      [0.9, 1],
    ]),
    n: captions.n,
    sample: plural(captions.n, 'caption'),
    threshold: '90 % is full marks',
    evidence: poor.map((one) => postEvidence(one.post, why(one))),
  });
}

function datesOf(posts: readonly VettedPost[]): number[] {
  const dates = posts
    .flatMap((post) => (post.postedAt === null ? [] : [Date.parse(post.postedAt)]))
    .sort((a, b) => b - a);
  const newest = dates[0] ?? 0;
  return dates.filter((date) => newest - date <= windowDays * dayMs);
}

function longestGaps(posts: readonly VettedPost[]): QualitySection['gaps'] {
  const dates = datesOf(posts);
  return dates
    .slice(1)
    .map((from, at) => ({ from, to: dates[at] ?? from }))
    .sort((a, b) => b.to - b.from - (a.to - a.from) || b.to - a.to)
    .slice(0, gapsShown)
    .map(({ from, to }) => ({
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      days: Math.round(((to - from) / dayMs) * 10) / 10,
    }));
}

function postsByWeek(posts: readonly VettedPost[]): QualitySection['weeks'] {
  const dates = datesOf(posts);
  const newest = dates[0];
  if (newest === undefined) return [];
  const last = mondayOf(newest);
  const counts = new Map<number, number>();
  for (const date of dates) counts.set(mondayOf(date), (counts.get(mondayOf(date)) ?? 0) + 1);
  return Array.from({ length: weeksShown }, (_, i) => {
    const monday = last - (weeksShown - 1 - i) * 7 * dayMs;
    return { week: new Date(monday).toISOString().slice(0, 10), posts: counts.get(monday) ?? 0 };
  });
}

/** The epoch began on a Thursday: three days after its Monday. */
function mondayOf(ms: number): number {
  const day = Math.floor(ms / dayMs);
  return (day - ((((day + 3) % 7) + 7) % 7)) * dayMs;
}
