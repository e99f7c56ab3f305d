import type { Platform } from '#kernel/platform.ts';
import type { MissingPost } from '../api.ts';

export interface ExpectedPost {
  platform: Platform;
  format: string;
  dueOn: string | null;
  liveUrl: string | null;
  isLive: boolean;
}

export interface SeenAccount {
  handle: string;
  /** The day of its newest post that came in; null when none did. */
  newestPostOn: string | null;
  /** The day its posts were last read; null when never. */
  readOn: string | null;
}

/** What is known beside the expected post. Days are YYYY-MM-DD in the workspace's time zone. */
export interface MissingFacts {
  today: string;
  /** Accounts of the creator on that platform. */
  accounts: readonly SeenAccount[];
  otherPlatforms: readonly string[];
  /** Posts on that platform between the start of the campaign and today. */
  postsInWindow: number;
  /** Whether the given address is of another platform, or of another account; null when that cannot be told. */
  linkPlatform: Platform | null;
  isLinkOfOther: boolean;
  /** What posts are captured by, as it is written. */
  signs: readonly string[];
}

type Diagnosis = Pick<MissingPost, 'reason' | 'why' | 'doNext'>;

const freshDays = 2;

/** The likely reason why an expected post is not in the library: the first that holds, from what rules the post out to what only hides it. */
export function whyMissing(expected: ExpectedPost, facts: MissingFacts): Diagnosis {
  return linkReason(expected, facts) ?? accountReason(expected, facts) ?? postReason(expected, facts);
}

function linkReason(expected: ExpectedPost, facts: MissingFacts): Diagnosis | null {
  const { liveUrl, platform } = expected;
  if (liveUrl === null) return null;
  if (facts.linkPlatform !== null && facts.linkPlatform !== platform)
    return {
      reason: 'link_elsewhere',
      why: `The address given is on ${facts.linkPlatform}; a post on ${platform} is expected.`,
      doNext: 'Ask the creator for the right address, or change the deliverable.',
    };
  if (facts.isLinkOfOther)
    return {
      reason: 'link_of_other',
      why: 'The post at that address belongs to an account that is not known as this creator’s.',
      doNext: 'Check the handle: add the account to the creator, or ask for the right address.',
    };
  return {
    reason: 'link_unread',
    why: 'The address is known, but no file or connection has brought this post in yet.',
    doNext: 'Add it by its address here, import the creator’s posts, or connect their account.',
  };
}

function accountReason({ platform, format }: ExpectedPost, facts: MissingFacts): Diagnosis | null {
  if (facts.accounts.length === 0) {
    const known = facts.otherPlatforms.length === 0 ? 'no account at all' : `only ${facts.otherPlatforms.join(', ')}`;
    return {
      reason: 'no_profile',
      why: `No ${platform} account of this creator is known; there is ${known}.`,
      doNext: `Add their ${platform} handle.`,
    };
  }
  if (/story|stories|live/i.test(format))
    return {
      reason: 'story',
      why: 'Stories vanish after 24 hours and cannot be read afterwards; stickers in them are no text.',
      doNext: 'Ask the creator for a screenshot and upload it here.',
    };
  return null;
}

function postReason({ dueOn }: ExpectedPost, facts: MissingFacts): Diagnosis {
  const handles = facts.accounts.map(({ handle }) => `@${handle}`).join(', ');
  const reads = facts.accounts.map(({ readOn }) => readOn).filter((day) => day !== null);
  const newestRead = reads.toSorted().at(-1) ?? null;
  if (newestRead === null)
    return {
      reason: 'no_posts',
      why: `No posts of ${handles} have ever come in.`,
      doNext: 'Import their posts or connect the account.',
    };
  if (dueOn !== null && dueOn > facts.today)
    return { reason: 'not_due', why: `It is due on ${dueOn}.`, doNext: 'Nothing to do yet.' };
  if (newestRead < addFresh(dueOn ?? facts.today))
    return {
      reason: 'posts_old',
      why: `Posts of ${handles} were last read on ${newestRead}, before it was due.`,
      doNext: 'Refresh the creator’s posts.',
    };
  if (facts.postsInWindow === 0)
    return {
      reason: 'nothing_posted',
      why: `${handles} posted nothing since the campaign began, as of ${newestRead}.`,
      doNext: 'Remind the creator.',
    };
  const signs =
    facts.signs.length === 0
      ? 'nothing to tell them by is set'
      : `none of them has ${facts.signs.slice(0, 5).join(', ')}`;
  return {
    reason: 'unmarked',
    why: `${facts.postsInWindow} ${facts.postsInWindow === 1 ? 'post' : 'posts'} since the campaign began, but ${signs}.`,
    doNext: 'If one of them is it, add it below; then ask the creator to mention the brand.',
  };
}

/** Posts count as read for a day when they were read on it or at most so long before. */
function addFresh(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - freshDays * 86_400_000).toISOString().slice(0, 10);
}
