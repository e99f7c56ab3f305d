import { IconChevronRight, IconMovie, IconPhoto } from '@tabler/icons-react';
import { platformNames } from '#kernel/platform.ts';
import { type PortalSubmissionRow, portalListSubmissions } from '#modules/submissions/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { PortalLink } from '#web/portal/shell/portal-link.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { Tag, type Tone } from '#web/ui/tag.tsx';
import { stateWords, words } from './words.ts';

/** What the creator makes: what is their turn first, then what waits or is out. */
export function ListPage() {
  const query = useApiQuery(portalListSubmissions, {});
  if (query.error)
    return (
      <>
        <h1 className="vh">{words.title}</h1>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </>
    );
  if (query.data === undefined) return <SkeletonLines count={6} label={words.loading} />;
  if (query.data.length === 0)
    return (
      <EmptyState isPage title={words.none}>
        {words.noneText}
      </EmptyState>
    );
  const mine = query.data.filter((row) => row.todo !== null);
  const rest = query.data.filter((row) => row.todo === null);
  return (
    <>
      <h1>
        {mine.length === 0
          ? 'Nothing to send now'
          : mine.length === 1
            ? 'One piece is your turn'
            : `${mine.length} pieces are your turn`}
      </h1>
      <Rows rows={mine} label="Your turn" />
      {rest.length > 0 && (
        <section>
          <header>
            <h2>With the brand, or out</h2>
          </header>
          <Rows rows={rest} label="With the brand, or out" />
        </section>
      )}
    </>
  );
}

function Rows({ rows, label }: { rows: PortalSubmissionRow[]; label: string }) {
  if (rows.length === 0) return null;
  return (
    <ul className="ph-list" aria-label={label}>
      {rows.map((row) => {
        const Icon = /reel|video|short|story|live/i.test(row.format) ? IconMovie : IconPhoto;
        return (
          <li key={row.deliverableId}>
            <PortalLink to="/submissions/$deliverableId" params={{ deliverableId: row.deliverableId }}>
              <Icon className="i" size={22} stroke={1.6} aria-hidden />
              <span className="grow">
                <b>{row.title}</b>
                <span className="meta">
                  {platformNames[row.platform]} {row.format}
                  {row.dueOn === null ? '' : `, due ${formatDate(`${row.dueOn}T12:00:00Z`)}`}
                </span>
              </span>
              <Tag tone={toneOf(row)}>
                {row.isLate && row.state === null ? 'Late' : stateWords[row.state ?? 'none']}
              </Tag>
              <IconChevronRight className="i" size={18} stroke={1.6} aria-hidden />
            </PortalLink>
          </li>
        );
      })}
    </ul>
  );
}

function toneOf(row: PortalSubmissionRow): Tone {
  if (row.state === 'changes_requested' || (row.isLate && row.todo !== null)) return 'warn';
  if (row.live !== null && row.live.problems.length > 0) return 'warn';
  return row.state === 'approved' || row.state === 'scheduled' || row.state === 'verified' ? 'good' : 'plain';
}
