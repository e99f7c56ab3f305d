import { type AudienceOverlap, getOverlap } from '#modules/discovery/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatCompact, formatPlural, formatShare } from '#web/ui/format-number.ts';

interface Props {
  personIds: readonly string[];
}

/** One line on the audiences of the chosen creators together: unique followers and how many are shared, or what is missing to say so. */
export function OverlapLine({ personIds }: Props) {
  const isAsked = personIds.length >= 2 && personIds.length <= 50;
  const query = useApiQuery(getOverlap, { personIds: [...personIds] }, { enabled: isAsked, keepPrevious: true });
  if (!isAsked || query.error) return null;
  if (query.data === undefined) return <span className="meta">Comparing audiences…</span>;
  return (
    <AppLink to="/discover/overlap" search={{ creators: [...personIds] }} className="meta">
      {overlapSentence(query.data)}
    </AppLink>
  );
}

/** "Together 69k unique followers, 9 % shared", an estimate said as such; else what is missing. */
export function overlapSentence(answer: AudienceOverlap): string {
  const { totalUniqueFollowers: unique, sharedShare, missing } = answer;
  if (answer.method === 'none')
    return `Overlap not known: ${formatPlural(missing.length, 'audience')} missing or without another to compare with`;
  if (unique === null) return 'Overlap: not enough data, the samples are too small';
  const about = unique.isEstimated ? 'about ' : '';
  const shared =
    sharedShare === null ? 'shared part not enough data' : `${about}${formatShare(sharedShare.value)} shared`;
  const without = missing.length === 0 ? '' : `, without ${missing.map((one) => one.name).join(', ')}`;
  return `Together ${about}${formatCompact(unique.value)} unique followers, ${shared}${without}`;
}
