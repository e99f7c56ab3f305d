import type { Criterion, Flag, Highlights, Signal } from '../api.ts';
import type { SignalName } from './reference.ts';

/** The question each signal answers, in words a person would use. */
const questions: Readonly<Record<SignalName, string>> = {
  engagement_level: 'Do people react as much as with creators like this one?',
  engagement_implausible: 'Can the engagement be believed?',
  engagement_spread: 'Do likes differ from post to post, as real ones do?',
  follow_ratio: 'Do people follow without being followed back?',
  comments_per_like: 'Do likes and comments fit together?',
  likes_per_view: 'Do likes and views fit together?',
  follower_credibility: 'Are the followers real accounts?',
  liker_credibility: 'Are those who like real accounts?',
  commenter_credibility: 'Are those who comment real accounts?',
  posts_for_size: 'Are there posts enough for an audience of this size?',
  follower_growth: 'Did the followers come without bought steps?',
  following_sawtooth: 'Does it not follow and unfollow in waves?',
  engagement_bursts: 'Do likes and views come with comments?',
  comment_timing: 'Do comments come from more than the same early accounts?',
  audience_language: 'Does the audience live where the creator is understood?',
  sponsored_share: 'Is there more than advertising?',
  sponsored_performance: 'Do ads do as well as own posts?',
  disclosure: 'Do ads say that they are ads?',
  cadence: 'Are there posts every week?',
  recency: 'Was there a post of late?',
  longest_gap: 'Is there no long silence?',
  brand_overlap: 'Is it about what the brand is about?',
  brand_conflicts: 'Is there nothing the brand stays away from?',
  brand_match: 'Does the matching with the brand find much in common?',
  brand_safety: 'Are captions and bio free of words brands stay away from?',
  topic_stability: 'Does it stay with its subjects?',
  caption_quality: 'Do captions say something of their own?',
  comment_authenticity: 'Do hollow comments come from accounts without a mark?',
  comment_copies: 'Are comments written anew, not copied?',
  comment_pods: 'Do comments come from outside of pods?',
  comment_spam: 'Is there little spam among the comments?',
  comment_sentiment: 'Are the comments kind?',
  purchase_intent: 'Do people ask where to buy?',
};

/** Part of the points from which an answer is plain. */
const plainFrom = 0.25;

/** Every signal as a question with an answer in words. A flag on it is never a yes; what is not known is not a yes either. */
export function checklistOf(signals: readonly Signal[], flags: readonly Flag[]): Criterion[] {
  return signals.map((signal) => ({
    name: signal.name,
    question: questionOf(signal),
    answer: answerOf(
      signal,
      flags.some((flag) => flag.signal === signal.name),
    ),
    text: signal.text,
  }));
}

function questionOf({ name, title }: Signal): string {
  const found = Object.entries(questions).find(([known]) => known === name);
  return found?.[1] ?? `${title}?`;
}

function answerOf(signal: Signal, isFlagged: boolean): Criterion['answer'] {
  switch (signal.state) {
    case 'unknown':
      return 'unknown';
    case 'not_applicable':
      return 'not_applicable';
    case 'known': {
      const strength = signal.strength ?? 0;
      if (strength <= -plainFrom) return 'no';
      if (isFlagged) return 'partly';
      // A signal that can only take points says yes by taking none.
      const isYes = strength >= plainFrom || (signal.contributionMax === 0 && strength === 0);
      return isYes ? 'yes' : 'partly';
    }
  }
}

const shownMax = 5;

/** What speaks for a creator, and what against, the strongest first. */
export function highlightsOf(signals: readonly Signal[], flags: readonly Flag[]): Highlights {
  const known = signals.filter((signal) => signal.state === 'known');
  const strengths = known
    .filter((signal) => signal.contribution > 0 && (signal.strength ?? 0) >= plainFrom)
    .sort((a, b) => b.contribution - a.contribution)
    .slice(0, shownMax);
  const flagged = new Set(flags.map((flag) => flag.signal));
  const weak = known
    .filter((signal) => signal.contribution < 0 && !flagged.has(signal.name))
    .sort((a, b) => a.contribution - b.contribution);
  const fromFlags = [...flags]
    .sort((a, b) => Number(b.severity === 'red') - Number(a.severity === 'red'))
    .map((flag) => ({
      signal: flag.signal,
      title: flag.title,
      text: flag.reason,
      contribution: signals.find((signal) => signal.name === flag.signal)?.contribution ?? null,
    }));
  return {
    strengths: strengths.map(toHighlight),
    problems: [...fromFlags, ...weak.map(toHighlight)].slice(0, 2 * shownMax),
  };
}

function toHighlight({ name, title, text, contribution }: Signal): Highlights['strengths'][number] {
  return { signal: name, title, text, contribution };
}
