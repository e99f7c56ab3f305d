import type { Click } from '#modules/tracking/api.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { formatDateTime, formatWhen } from '#web/ui/format-when.ts';
import { dropWords } from './words.ts';

/** Hits with what is known of them, newest first. */
export function HitList({ hits, withLink = false }: { hits: readonly Click[]; withLink?: boolean }) {
  const { timeZone } = useWorkspace();
  if (hits.length === 0) return <p className="meta">No hits yet.</p>;
  return (
    <ul className="trk-feed">
      {hits.map((hit) => (
        <li key={hit.id} className={hit.counted ? undefined : 'dropped'}>
          <time className="meta" dateTime={hit.clickedAt} title={formatDateTime(hit.clickedAt, timeZone)}>
            {formatWhen(hit.clickedAt)}
          </time>
          <span className="clip">
            {withLink && <b>/{hit.slug} </b>}
            {[hit.browser, hit.device, hit.country, hit.referrerHost === null ? null : `from ${hit.referrerHost}`]
              .filter((part) => part !== null)
              .join(', ')}
          </span>
          <span className="meta">{hit.counted ? 'counted' : (dropWords[hit.dropReason ?? ''] ?? hit.dropReason)}</span>
        </li>
      ))}
    </ul>
  );
}
