import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AppError } from '#kernel/errors.ts';
import type { ClassedComment } from '#modules/vetting/api.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { CommentRow } from './comment-row.tsx';

interface Props {
  /** Undefined while the first page loads. */
  rows: readonly ClassedComment[] | undefined;
  error: AppError | null;
  onRetry: () => void;
  hasMore: boolean;
  isFetchingMore: boolean;
  onMore: () => void;
  onGroup: (group: string) => void;
}

/** Comments with their labels; one at a time is open to be corrected. */
export function CommentList({ rows, error, onRetry, hasMore, isFetchingMore, onMore, onGroup }: Props) {
  const [editedId, setEditedId] = useState<string | null>(null);
  if (error !== null && rows === undefined) return <ErrorState error={error} onRetry={onRetry} />;
  if (rows === undefined) return <SkeletonLines />;
  if (rows.length === 0) {
    return <EmptyState title="No comment fits">Take a filter away, or look at all time.</EmptyState>;
  }
  return (
    <>
      <ul className="vt-comment-list" aria-label="Comments">
        {rows.map((row) => (
          <CommentRow
            key={row.id}
            comment={row}
            isEdited={editedId === row.id}
            onEdit={(isEdited) => setEditedId(isEdited ? row.id : null)}
            onGroup={onGroup}
          />
        ))}
      </ul>
      {error !== null && <ErrorState error={error} onRetry={onRetry} />}
      {hasMore && (
        <div className="vt-more">
          <Button loading={isFetchingMore} onClick={onMore}>
            Show more comments
          </Button>
        </div>
      )}
    </>
  );
}
