import type { AudienceSample } from '#modules/vetting/api.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';

export type AudienceKind = AudienceSample['kind'];

export const audienceTitles: Record<AudienceKind, string> = {
  followers: 'Who follows',
  likers: 'Who likes',
  commenters: 'Who comments',
};
export const audienceNouns: Record<AudienceKind, { one: string; many: string }> = {
  followers: { one: 'follower', many: 'followers' },
  likers: { one: 'liker', many: 'likers' },
  commenters: { one: 'commenter', many: 'commenters' },
};

/** "random 400 of all, 400 accounts, 6 May 2026". */
export function sampleNote(sample: AudienceSample): string {
  return `${sample.method}, ${formatPlural(sample.size, 'account')}, ${formatDate(sample.takenAt)}`;
}

/** What stands behind a share, for its popover. */
export function shareMeaning(sample: AudienceSample, formula: string) {
  return {
    formula,
    source: `${sample.source}; model ${sample.model.version}, AUC ${sample.model.auc.toFixed(2)} on ${sample.model.n} accounts it had not seen`,
    n: `${sample.judged} of ${formatPlural(sample.size, 'account')}`,
    asOf: sample.takenAt,
  };
}
