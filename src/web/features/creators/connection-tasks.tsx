import { Button } from '@mantine/core';
import { useState } from 'react';
import { type ConnectionPlatform, listConnectionTasks } from '#modules/creators/api.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';

/** What could not be read, each with its reason; opened on demand. */
export function ConnectionTasks({ platform, failed }: { platform: ConnectionPlatform; failed: number }) {
  const [isOpen, setOpen] = useState(false);
  if (failed === 0) return null;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{formatPlural(failed, 'profile')} could not be read</summary>
      {isOpen && <FailedTasks platform={platform} />}
    </details>
  );
}

function FailedTasks({ platform }: { platform: ConnectionPlatform }) {
  const { rows, query } = useApiPages(listConnectionTasks, { platform, state: 'failed', limit: 50 });
  if (query.error) return <p className="creators-problems">{query.error.message}</p>;
  return (
    <div>
      <ul aria-label="Not read">
        {rows.map((row) => (
          <li key={`${row.kind} ${row.target}`}>
            <b>{row.kind === 'hashtag' ? `#${row.target}` : row.target}</b>: {row.message}{' '}
            <span className="meta">{row.finishedAt === null ? '' : formatWhen(row.finishedAt)}</span>
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show more than {formatCount(rows.length)}
        </Button>
      )}
    </div>
  );
}
