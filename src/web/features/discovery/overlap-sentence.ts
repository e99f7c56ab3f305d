import type { AudienceOverlap } from '#modules/discovery/api.ts';
import { formatCompact, formatPlural, formatShare } from '#web/ui/format-number.ts';

/** "Together 69k unique followers, 9 % shared", an estimate said as such; else what is missing. */
export function overlapSentence(answer: AudienceOverlap): string {
  const { totalUniqueFollowers: unique, sharedShare, missing } = answer;
  if (answer.method === 'none')
    return `Overlap not known: ${formatPlural(missing.length, 'audience')} missing or without another to compare with`;
  if (unique === null) return 'Overlap: not enough data to say';
  const about = unique.isEstimated ? 'about ' : '';
  const shared =
    sharedShare === null ? 'shared part not enough data' : `${about}${formatShare(sharedShare.value)} shared`;
  const without = missing.length === 0 ? '' : `, without ${missing.map((one) => one.name).join(', ')}`;
  return `Together ${about}${formatCompact(unique.value)} unique followers, ${shared}${without}`;
}
