import { addDays, dayMs, daysBetween } from '#kernel/time.ts';
import type { Evidence, GrowthEvent, GrowthExplanation } from '../../api.ts';
import { postEvidence } from '../engagement-signals.ts';
import { findDeal } from '../find-deals.ts';
import { median } from '../statistics.ts';
import type { Shoutout, VettedPost } from '../subject.ts';
import { count, dayText, plural, share } from '../words.ts';
import type { Step } from './find-steps.ts';

export const reactionNeeded = 2.5;
/** Days before a step in which its cause may lie; a giveaway runs for a week or so. */
const daysBefore = { strong_post: 3, giveaway: 10, shoutout: 3, advertising: 3 } as const;
/** Followers a day that advertising brings at most, as published by HypeAuditor. */
const advertisedADay = 5000;
/** Below this share a bought or given-away following falls off again. */
const stayedNeeded = 0.8;
const evidenceMax = 5;

/** Calls to take part for a prize; ten languages. Word borders are Unicode's, since \b knows only Latin letters. */
const giveaway =
  /(?<![\p{L}\p{N}_])(?:give-?aways?|raffle|sweepstakes?|enter to win|chance to win|win one of|gewinnspiel|verlosung|verlose|sorteo|sorteio|concours|jeu-?concours|tirage au sort|winactie|konkurs|çekiliş|undian|розыгрыш|конкурс|抽奖|プレゼント企画|이벤트 당첨)(?![\p{L}\p{N}_])/iu;
const giveawayTag =
  /^#?(?:\p{L}*giveaway\p{L}*|gewinnspiel\p{L}*|sorteo\p{L}*|sorteio\p{L}*|concours\p{L}*|verlosung|raffle|contest\p{L}*|winactie|çekiliş\p{L}*|розыгрыш\p{L}*)$/iu;

export interface StepContext {
  handle: string;
  posts: readonly VettedPost[];
  shoutouts: readonly Shoutout[];
  /** Followers now, to tell a large account that mentions from a small one; null when not known. */
  followers: number | null;
}

/** Holds a step against everything that could explain it, and says what was found for each. */
export function explainStep(step: Step, context: StepContext): GrowthEvent {
  const { before, after, stayedShare } = step;
  const change = after.value - before.value;
  const event = {
    from: before.day,
    to: after.day,
    change,
    share: change / before.value,
    stayedShare,
  };
  if (step.excess <= 0)
    return { kind: 'drop', ...event, explainedBy: null, looksBought: false, signs: [], explanations: [] };
  const honest = [
    strongPost(step, context),
    findGiveaway(step, context),
    findShoutout(step, context),
    findAdvertising(step, context),
  ];
  const found = honest.find((one) => one.state === 'found');
  const signs = found === undefined ? signsOfBuying(step, context.posts) : [];
  const looksBought = signs.length > 0;
  return {
    kind: 'jump',
    ...event,
    explainedBy: found?.evidence[0] ?? null,
    looksBought,
    signs,
    explanations: [...honest, bought(found === undefined, signs)],
  };
}

function strongPost(step: Step, { posts }: StepContext): GrowthExplanation {
  const cause = 'strong_post';
  const inTime = posts.filter((post) => isBetween(post.postedAt, step, daysBefore[cause]));
  const best = strongestOf(posts, inTime);
  if (best !== null) {
    const value = `${best.times.toFixed(1)} times the usual ${best.by}`;
    const text = `A post of ${dayText(best.post.postedAt ?? '')} drew ${value}.`;
    return { cause, state: 'found', text, evidence: [postEvidence(best.post, value)] };
  }
  if (inTime.length === 0) return { cause, state: 'unknown', text: 'No post of those days is stored.', evidence: [] };
  const text = `${plural(inTime.length, 'post')} of those days, none with ${reactionNeeded} times the usual reaction.`;
  return { cause, state: 'not_found', text, evidence: [] };
}

interface StrongPost {
  post: VettedPost;
  times: number;
  by: 'views' | 'likes';
}

function strongestOf(all: readonly VettedPost[], inTime: readonly VettedPost[]): StrongPost | null {
  let best: StrongPost | null = null;
  for (const by of ['views', 'likes'] as const) {
    const usual = median(all.flatMap((post) => (post[by] === null ? [] : [post[by]])));
    if (usual === null || usual <= 0) continue;
    for (const post of inTime) {
      const times = (post[by] ?? 0) / usual;
      if (times >= reactionNeeded && times > (best?.times ?? 0)) best = { post, times, by };
    }
  }
  return best;
}

function findGiveaway(step: Step, { posts }: StepContext): GrowthExplanation {
  const cause = 'giveaway';
  const inTime = posts.filter((post) => isBetween(post.postedAt, step, daysBefore[cause]));
  const readable = inTime.filter((post) => post.caption !== null || post.hashtags.length > 0);
  const calls = readable.flatMap((post) => {
    const word = giveaway.exec(post.caption ?? '')?.[0] ?? post.hashtags.find((tag) => giveawayTag.test(tag));
    return word === undefined ? [] : [postEvidence(post, word.trim())];
  });
  if (calls.length > 0)
    return {
      cause,
      state: 'found',
      text: `${plural(calls.length, 'post')} called for a prize.`,
      evidence: firstOf(calls),
    };
  if (readable.length === 0)
    return { cause, state: 'unknown', text: 'No caption of those days is stored.', evidence: [] };
  return {
    cause,
    state: 'not_found',
    text: `No call for a prize in ${plural(readable.length, 'caption')}.`,
    evidence: [],
  };
}

function findShoutout(step: Step, { shoutouts, followers }: StepContext): GrowthExplanation {
  const cause = 'shoutout';
  const inTime = shoutouts.filter((one) => isBetween(one.postedAt, step, daysBefore[cause]));
  // An account of a tenth of the size brings no step of this kind; an unknown size may.
  const large = inTime.filter(
    (one) => one.followers === null || followers === null || one.followers >= 0.1 * followers,
  );
  const evidence = large
    .sort((a, b) => (b.followers ?? 0) - (a.followers ?? 0) || (a.postId < b.postId ? -1 : 1))
    .map(
      (one): Evidence => ({
        kind: 'post',
        id: one.postId,
        at: one.postedAt,
        url: one.url,
        label: `Mentioned by @${one.handle}`,
        value: one.followers === null ? 'size not known' : `${count(one.followers)} followers`,
      }),
    );
  if (evidence.length > 0) {
    const text = `Mentioned by ${plural(evidence.length, 'post')} of other creators on record.`;
    return { cause, state: 'found', text, evidence: firstOf(evidence) };
  }
  const text = 'No mention by a creator on record; one elsewhere would not be seen.';
  return { cause, state: 'not_found', text, evidence: [] };
}

function findAdvertising(step: Step, { posts, handle }: StepContext): GrowthExplanation {
  const cause = 'advertising';
  const aDay = (step.after.value - step.before.value) / Math.max(1, daysBetween(step.before.day, step.after.day));
  const pace = `${count(aDay)} followers a day`;
  if (aDay > advertisedADay)
    return { cause, state: 'not_found', text: `${pace}: more than advertising brings.`, evidence: [] };
  const paid = posts
    .filter((post) => isBetween(post.postedAt, step, daysBefore[cause]))
    .flatMap((post) => {
      const deal = findDeal(post, handle);
      return deal === null ? [] : [postEvidence(post, deal.wording)];
    });
  // What advertising brings stays; a paid post in days whose followers left again explains nothing.
  const stayed = step.stayedShare === null || step.stayedShare >= stayedNeeded;
  if (paid.length > 0 && stayed) {
    const text = `${plural(paid.length, 'paid post')} in those days, ${pace}.`;
    return { cause, state: 'found', text, evidence: firstOf(paid) };
  }
  const text = `${pace} is within what advertising can bring; whether an advertisement ran is not public.`;
  return { cause, state: 'possible', text, evidence: firstOf(paid) };
}

function bought(isOpen: boolean, signs: readonly string[]): GrowthExplanation {
  const cause = 'bought';
  if (!isOpen) return { cause, state: 'not_found', text: 'Another cause was found.', evidence: [] };
  if (signs.length === 0)
    return {
      cause,
      state: 'possible',
      text: 'Nothing explains the step, and nothing else speaks for buying.',
      evidence: [],
    };
  return { cause, state: 'found', text: `Nothing explains the step, and ${signs.join('; ')}.`, evidence: [] };
}

/** Posts on either side that are needed to say that reactions did not follow. */
const postsOnEachSide = 4;

function signsOfBuying(step: Step, posts: readonly VettedPost[]): string[] {
  const signs: string[] = [];
  const { stayedShare, excess } = step;
  if (stayedShare !== null && stayedShare < stayedNeeded)
    signs.push(`${share(1 - stayedShare)} of them had left 14 to 45 days later`);
  const followed = reactionsAfter(step, posts);
  // Real followers react: half of the growth should show. Smaller steps drown in the spread of posts.
  if (followed !== null && excess >= 0.15 && followed - 1 < 0.25 * excess)
    signs.push(`likes did not follow (${followed.toFixed(2)} times those before)`);
  return signs;
}

/** Median likes of the 60 days after a step over those of the 60 days before it. Null with too few posts on either side. */
function reactionsAfter({ before, after }: Step, posts: readonly VettedPost[]): number | null {
  const likesOf = (from: string, to: string) =>
    posts.flatMap((post) => {
      const day = post.postedAt?.slice(0, 10);
      return day !== undefined && post.likes !== null && day >= from && day < to ? [post.likes] : [];
    });
  const earlier = likesOf(addDays(before.day, -60), before.day);
  const later = likesOf(after.day, addDays(after.day, 60));
  const usual = median(earlier);
  if (earlier.length < postsOnEachSide || later.length < postsOnEachSide || usual === null || usual <= 0) return null;
  return (median(later) ?? 0) / usual;
}

function isBetween(at: string | null, { before, after }: Step, daysEarlier: number): boolean {
  const time = at === null ? Number.NaN : Date.parse(at);
  return (
    time >= Date.parse(`${addDays(before.day, -daysEarlier)}T00:00:00Z`) &&
    time < Date.parse(`${after.day}T00:00:00Z`) + dayMs
  );
}

const firstOf = (evidence: readonly Evidence[]) => evidence.slice(0, evidenceMax);
