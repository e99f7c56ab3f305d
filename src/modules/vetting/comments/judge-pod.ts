import { median } from '../rules/statistics.ts';

/** What a pod's comments are when nobody had to look at the post. */
const genericKinds = new Set<string | null>(['generic_praise', 'emoji_only', 'tag_only', 'spam_promo']);
/** About half of all comments are generic, so a share only this high is a mark. */
const genericFrom = 0.8;
/** Half of them within this time after the post. */
const burstMinutes = 30;
/** Fewer comments with both times, or fewer comments at all, say nothing. */
const commentsMin = 10;
/** Members whose own posts the others comment on. */
const ownersMin = 2;

export interface PodFacts {
  kinds: readonly (string | null)[];
  /** From post to comment, where both times are known. */
  minutes: readonly number[];
  members: number;
  membersWithProfile: number;
}

export interface JudgedPod {
  state: 'likely' | 'possible';
  genericShare: number | null;
  medianMinutes: number | null;
  timed: number;
  marks: string[];
}

/**
 * Readers of one subject meet under the same creators, too. A group that does so beyond chance is a likely pod only with a mark of one: comments in
 * a burst after the post, nearly all of them generic, or members who comment on each other's posts.
 */
export function judgePod(facts: PodFacts): JudgedPod {
  const known = facts.kinds.filter((kind) => kind !== null);
  const genericShare =
    known.length < commentsMin ? null : known.filter((kind) => genericKinds.has(kind)).length / known.length;
  const medianMinutes = facts.minutes.length < commentsMin ? null : median([...facts.minutes]);
  const marks = [
    ...(medianMinutes !== null && medianMinutes <= burstMinutes
      ? [`half of the comments within ${Math.ceil(medianMinutes)} minutes of the post`]
      : []),
    ...(genericShare !== null && genericShare >= genericFrom
      ? [`${Math.round(100 * genericShare)} % of the comments would fit any post`]
      : []),
    ...(facts.membersWithProfile >= ownersMin
      ? [`${facts.membersWithProfile} of ${facts.members} members are creators the others comment on`]
      : []),
  ];
  return {
    state: marks.length > 0 ? 'likely' : 'possible',
    genericShare,
    medianMinutes,
    timed: facts.minutes.length,
    marks,
  };
}
