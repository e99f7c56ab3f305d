import type { CommentMoment, SeriesPoint, VettedPost } from '#modules/vetting/rules/subject.ts';

type Random = () => number;

/** A normal draw (Box and Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const between = (random: Random, low: number, high: number) => low + (high - low) * random();
const logBetween = (random: Random, low: number, high: number) =>
  Math.exp(between(random, Math.log(low), Math.log(high)));

/**
 * A lot of followers bought and put into a real series: 10 to 60 % of the followers of that day, delivered over 1 to 3 observations, 10 to 50 % of
 * it falling off afterwards by a constant share a day.
 */
export function injectSpike(series: readonly SeriesPoint[], random: Random): SeriesPoint[] {
  const at = 2 + Math.floor(random() * (series.length - 6));
  const lot = logBetween(random, 0.1, 0.6) * (series[at]?.value ?? 0);
  const delivery = 1 + Math.floor(random() * 3);
  const loss = between(random, 0.1, 0.5);
  const fallADay = between(random, 0.05, 0.3);
  return series.map((point, day) => {
    if (day < at) return point;
    const arrived = Math.min(1, (day - at + 1) / delivery);
    const since = Math.max(0, day - at - delivery + 1);
    const left = 1 - loss * (1 - (1 - fallADay) ** since);
    return { ...point, value: Math.round(point.value + lot * arrived * left) };
  });
}

/** 5 % of the followers of the first day, bought in equal daily lots over the whole series. */
export function injectDrip(series: readonly SeriesPoint[]): SeriesPoint[] {
  const lot = 0.05 * (series[0]?.value ?? 0);
  return series.map((point, day) => ({
    ...point,
    value: Math.round(point.value + (lot * day) / Math.max(1, series.length - 1)),
  }));
}

/** Posts of one creator: likes, comments and views spread as lognormals about their own level; every twentieth goes viral with all three. */
export function simulatePosts(random: Random): VettedPost[] {
  const likes = logBetween(random, 200, 8000);
  const commentsPerLike = logBetween(random, 0.01, 0.05);
  const viewsPerLike = logBetween(random, 8, 25);
  return Array.from({ length: 30 }, (_, at) => {
    const viral = random() < 0.05 ? logBetween(random, 2.5, 10) : 1;
    const drawn = likes * viral * Math.exp(0.4 * normal(random));
    // Who comes by a recommendation comments and likes less than who follows.
    const comments = drawn * commentsPerLike * viral ** -0.15 * Math.exp(0.4 * normal(random));
    const views = drawn * viewsPerLike * viral ** 0.15 * Math.exp(0.3 * normal(random));
    return aPost(at, { likes: Math.round(drawn), comments: Math.round(comments), views: Math.round(views) });
  });
}

/** Likes bought for a fifth to two fifths of the posts: once to three times the usual ones on top. */
export function buyLikes(posts: readonly VettedPost[], random: Random): VettedPost[] {
  const usual = middleOf(posts.map((post) => post.likes ?? 0));
  const share = between(random, 0.2, 0.4);
  return posts.map((post) =>
    random() < share
      ? { ...post, likes: (post.likes ?? 0) + Math.round(usual * between(random, 1, 3)), views: null }
      : { ...post, views: null },
  );
}

/** Views bought for a fifth to two fifths of the posts: twice to eight times the usual ones on top. */
export function buyViews(posts: readonly VettedPost[], random: Random): VettedPost[] {
  const usual = middleOf(posts.map((post) => post.views ?? 0));
  const share = between(random, 0.2, 0.4);
  return posts.map((post) =>
    random() < share ? { ...post, views: (post.views ?? 0) + Math.round(usual * between(random, 2, 8)) } : post,
  );
}

/**
 * Who comments when under 12 posts: fans come after a lognormal time (median 3 hours), some of them again and again; 3 to 12 have
 * notifications on and are quick under half of the posts. A pod
 * of 8 to 20 adds comments of most of its members within the first 40 minutes.
 */
export function simulateComments(hasPod: boolean, random: Random): CommentMoment[] {
  const fans = Array.from({ length: 400 }, (_, at) => ({ name: `fan${at}`, keenness: random() ** 6 }));
  const notified = Array.from({ length: Math.round(between(random, 3, 12)) }, (_, at) => `first${at}`);
  const pod = Array.from({ length: hasPod ? Math.round(between(random, 8, 20)) : 0 }, (_, at) => `pod${at}`);
  return Array.from({ length: 12 }, (_, post) => `post${post}`).flatMap((postId) => {
    const own = fans.flatMap(({ name, keenness }): CommentMoment[] =>
      random() < 0.35 * keenness
        ? [{ postId, author: name, minutesAfterPost: 180 * (1 - 0.7 * keenness) * Math.exp(1.5 * normal(random)) }]
        : [],
    );
    const called = pod.flatMap((author): CommentMoment[] =>
      random() < 0.75 ? [{ postId, author, minutesAfterPost: between(random, 1, 40) }] : [],
    );
    const first = notified.flatMap((author): CommentMoment[] =>
      random() < 0.5 ? [{ postId, author, minutesAfterPost: 25 * Math.exp(normal(random)) }] : [],
    );
    return [...own, ...first, ...called];
  });
}

export function aPost(at: number, figures: Partial<VettedPost>): VettedPost {
  const postedAt = new Date(Date.UTC(2026, 0, 1) + at * 3 * 86_400_000).toISOString();
  return {
    id: `post${String(at).padStart(4, '0')}`,
    url: null,
    postedAt,
    observedAt: new Date(Date.UTC(2027, 0, 1)).toISOString(),
    format: null,
    caption: null,
    hashtags: [],
    mentions: [],
    likes: null,
    comments: null,
    views: null,
    shares: null,
    saves: null,
    isPaidLabel: null,
    source: 'simulated',
    ...figures,
  };
}

function middleOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
