import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { z } from 'zod';
import { listThreads } from '#modules/outreach/api.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { ThreadList } from './thread-list.tsx';
import { ThreadView } from './thread-view.tsx';

const search = z.object({
  box: z.enum(['waiting', 'open', 'done', 'all']).default('open'),
  q: z.string().default(''),
  thread: z.string().optional(),
});
const boxes = [
  { value: 'waiting', label: 'Waiting for us' },
  { value: 'open', label: 'Open' },
  { value: 'done', label: 'Done' },
  { value: 'all', label: 'All' },
];
const pollMs = 60_000;

/** Conversations on the left, the open one on the right. */
export function InboxPage() {
  const [state, setState] = useSearchState(search);
  const [words] = useDebouncedValue(state.q, 250);
  const { rows, query } = useApiPages(listThreads, {
    box: state.box,
    limit: 50,
    ...(words === '' ? {} : { q: words }),
  });
  const isEmpty = query.isSuccess && rows.length === 0;
  return (
    <>
      <div className="out-filters">
        <Segments
          label="Which conversations"
          value={state.box}
          options={boxes}
          onChange={(box) => setState({ box: search.shape.box.parse(box), thread: undefined })}
        />
        <TextInput
          aria-label="Search conversations"
          placeholder="Words or an address"
          leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
          value={state.q}
          onChange={(event) => setState({ q: event.currentTarget.value })}
        />
      </div>
      {query.error && rows.length === 0 && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <SkeletonLines />}
      {isEmpty && <NoThreads isSearch={state.q !== ''} box={state.box} />}
      {rows.length > 0 && (
        <div className={state.thread === undefined ? 'out-inbox' : 'out-inbox open'}>
          <ThreadList
            rows={rows}
            currentId={state.thread ?? null}
            onOpen={(thread) => setState({ thread }, { push: true })}
            onMore={query.hasNextPage ? () => void query.fetchNextPage() : null}
          />
          {state.thread === undefined ? (
            <p className="meta out-none">Choose a conversation to read it.</p>
          ) : (
            <ThreadView
              key={state.thread}
              threadId={state.thread}
              refreshMs={pollMs}
              onClose={() => setState({ thread: undefined })}
            />
          )}
        </div>
      )}
    </>
  );
}

function NoThreads({ isSearch, box }: { isSearch: boolean; box: string }) {
  if (isSearch) return <EmptyState title="Nothing found">No conversation holds these words. Try fewer.</EmptyState>;
  if (box === 'waiting')
    return <EmptyState title="Nobody waits for you">Answers of creators come in every two minutes.</EmptyState>;
  return (
    <EmptyState title="No conversations here">
      What you write to creators, and what they answer, stands here, in the order it came.
    </EmptyState>
  );
}
