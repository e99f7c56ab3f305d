import { Button } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { AppError } from '#kernel/errors.ts';
import { type SafetyFlag, safetyCategories } from '#modules/vetting/api.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { Tag } from '#web/ui/tag.tsx';

type Row = SafetyFlag & { name: string | null; handle: string | null };

interface Props {
  rows: readonly Row[];
  query: UseInfiniteQueryResult<unknown, AppError>;
  onDecide: (flag: SafetyFlag) => void;
  /** Says nothing when there are none: the section has said so. */
  isQuietEmpty?: boolean;
  /** Names the creator of each flag. */
  withNames?: boolean;
}

/** How the word is used, as the words around it hint; nothing where they hint nothing. */
const contextWords: Record<SafetyFlag['context'], string | null> = {
  plain: null,
  negated: 'said not to be',
  news: 'news or warning',
  quoted: 'quoted',
  name: 'in a name',
};

/** Flags with the words around them, newest found first. */
export function SafetyFlags({ rows, query, onDecide, isQuietEmpty = false, withNames = false }: Props) {
  const mayEdit = useCan('vetting:write');
  if (query.error !== null) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <SkeletonLines count={4} label="Reading flags" />;
  if (rows.length === 0)
    return isQuietEmpty ? null : <EmptyState title="No flags">None of this kind, in this category.</EmptyState>;
  return (
    <>
      <ul className="vt-safety" aria-label="Flags">
        {rows.map((flag) => (
          <li key={flag.id}>
            <div className="vt-ev-text">
              <span>
                <Marked text={flag.excerpt} word={flag.word} />
              </span>
              <span className="meta">
                {withNames && (
                  <>
                    <AppLink to="/creators/$personId/content" params={{ personId: flag.personId }}>
                      {flag.handle === null ? (flag.name ?? 'a creator') : `@${flag.handle}`}
                    </AppLink>
                    {' · '}
                  </>
                )}
                {flag.place === 'bio'
                  ? 'bio'
                  : flag.postedAt === null
                    ? 'post, date not known'
                    : `post of ${formatDate(flag.postedAt)}`}
                {` · “${flag.word}” `}
                {flag.language === null ? `of ${flag.listVersion}` : `(${flag.language})`}
                {flag.url !== null && /^https?:\/\//.test(flag.url) && (
                  <>
                    {' · '}
                    <a href={flag.url} target="_blank" rel="noreferrer noopener">
                      open
                    </a>
                  </>
                )}
              </span>
              {flag.state === 'dismissed' && (
                <span className="meta">
                  Dismissed by {flag.decidedBy ?? 'somebody'}
                  {flag.decidedAt === null ? '' : ` on ${formatDate(flag.decidedAt)}`}: {flag.reason}
                </span>
              )}
            </div>
            <div className="vt-paid-end">
              {contextWords[flag.context] !== null && <Tag>{contextWords[flag.context]}</Tag>}
              <Tag tone={flag.state === 'open' ? 'warn' : 'plain'}>{safetyCategories[flag.category]}</Tag>
              {mayEdit && (
                <Button size="compact-xs" variant="default" onClick={() => onDecide(flag)}>
                  {flag.state === 'open' ? 'Dismiss' : 'Open again'}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          variant="subtle"
          color="gray"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show more flags
        </Button>
      )}
    </>
  );
}

/** The word where it stands as the list writes it; where accents or case hide it, the text stays plain. */
function Marked({ text, word }: { text: string; word: string }) {
  const at = text.toLowerCase().indexOf(word.toLowerCase());
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + word.length)}</mark>
      {text.slice(at + word.length)}
    </>
  );
}
