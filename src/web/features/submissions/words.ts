import type { LivePoint, LiveResult, ReviewRole, SubmissionState } from '#modules/submissions/api.ts';
import { formatDate } from '#web/ui/format-when.ts';
import type { Tone } from '#web/ui/tag.tsx';

/** What a change of a draft makes stale. */
export const draftNouns = [
  'submissions',
  'reviewComments',
  'livePosts',
  'deliverables',
  'campaigns',
  'roster',
  'today',
];

export const stateNames: Record<SubmissionState, string> = {
  draft: 'Draft',
  pending_approval: 'To approve',
  changes_requested: 'Changes asked',
  approved: 'Approved',
  scheduled: 'Scheduled',
  live: 'Live',
  verified: 'Verified',
  withdrawn: 'Withdrawn',
};

export const stateTones: Record<SubmissionState, Tone> = {
  draft: 'plain',
  pending_approval: 'warn',
  changes_requested: 'plain',
  approved: 'good',
  scheduled: 'good',
  live: 'accent',
  verified: 'good',
  withdrawn: 'plain',
};

export const roleNames: Record<ReviewRole, string> = { manager: 'Campaign manager', legal: 'Legal', client: 'Client' };

export const liveWords: Record<LiveResult, { label: string; tone: Tone }> = {
  ok: { label: 'as approved', tone: 'good' },
  differs: { label: 'differs', tone: 'warn' },
  missing: { label: 'something is missing', tone: 'bad' },
  unknown: { label: 'not read yet', tone: 'plain' },
};

/** The same of a post of which no draft was handed in, as is usual with gifts: nothing was approved that it could be like. */
export const unseenLiveWords: typeof liveWords = { ...liveWords, ok: { label: 'in order', tone: 'good' } };

export const pointNames: Record<LivePoint, string> = {
  readable: 'Can be read',
  approval: 'Approved before',
  caption: 'Caption',
  disclosure: 'Advertising label',
  label: 'Label of the platform',
  link: 'Link',
  code: 'Code',
  hashtags: 'Hashtags',
  mentions: 'Mentions',
  date: 'Date',
  account: 'Account',
};

/** 0:06, 1:02:03. */
export function formatSecond(second: number): string {
  const whole = Math.floor(second);
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const tail = String(seconds).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** A day without a time, such as 2026-05-14, as people write it. */
export function sayDay(day: string): string {
  return formatDate(`${day}T12:00:00Z`);
}
