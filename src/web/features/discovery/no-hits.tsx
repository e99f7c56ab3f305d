import { Button } from '@mantine/core';
import { IconSearchOff, IconUsersPlus } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { type Filter, type SavedSearch, searchCreators } from '#modules/discovery/api.ts';
import { apiKey } from '#web/api/use-api-query.ts';
import { useClient } from '#web/api/use-client.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { FillWays } from '#web/shell/fill-ways.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { fieldLabel, filterValueWords } from './filter-words.ts';

interface Props {
  isIndexEmpty: boolean;
  /** What the match says, where a brief is matched. */
  matchNotes: readonly string[] | null;
  query: SavedSearch['query'];
  listNames: ReadonlyMap<string, string>;
  onClear: () => void;
  onWithout: (filter: Filter | 'text') => void;
}

const triedMax = 10;

/** Nothing there to be found yet, or nothing found: then who would be found without each filter, the most first. */
export function NoHits({ isIndexEmpty, matchNotes, query, listNames, onClear, onWithout }: Props) {
  if (isIndexEmpty) {
    return (
      <>
        <EmptyState icon={IconUsersPlus} title="No creators to search yet">
          Whoever you bring in can be found here a second later.
        </EmptyState>
        <FillWays />
      </>
    );
  }
  if (matchNotes !== null) {
    return (
      <EmptyState icon={IconSearchOff} title="Nobody can be ranked for this brief">
        {matchNotes.join(' ') || 'No creator within the filters has texts that could be compared with it.'}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconSearchOff}
      title="Nobody matches all of this"
      action={<Button onClick={onClear}>Clear search and filters</Button>}
    >
      <WhatExcludes query={query} listNames={listNames} onWithout={onWithout} />
    </EmptyState>
  );
}

/** Asks once more without each filter. */
function WhatExcludes({ query, listNames, onWithout }: Pick<Props, 'query' | 'listNames' | 'onWithout'>) {
  const client = useClient();
  const { slug } = useWorkspace();
  const { text, ...withoutText } = query;
  const tries = [
    ...(text === undefined || query.filters.length === 0 ? [] : [{ left: 'text' as const, query: withoutText }]),
    ...query.filters.slice(0, triedMax).map((filter, at) => ({
      left: filter,
      query: { ...query, filters: query.filters.filter((_, other) => other !== at) },
    })),
  ];
  const answers = useQueries({
    queries: tries.map((one) => ({
      queryKey: apiKey(slug, searchCreators.name, { ...one.query, limit: 1 }),
      queryFn: ({ signal }: { signal: AbortSignal }) => client.call(searchCreators, { ...one.query, limit: 1 }, signal),
    })),
  });
  const found = tries
    .map((one, at) => ({ ...one, total: answers[at]?.data?.total ?? 0 }))
    .filter((one) => one.total > 0)
    .sort((a, b) => b.total - a.total);
  if (answers.some((answer) => answer.isPending)) return <>Looking which filter leaves out the most.</>;
  if (found.length === 0) return <>No single filter is to blame: take away two, or ask for fewer words.</>;
  return (
    <>
      <span className="block">Leave one out, and there are:</span>
      <span className="discover-without">
        {found.slice(0, 5).map((one) => (
          <button
            key={one.left === 'text' ? 'text' : JSON.stringify(one.left)}
            type="button"
            className="link bare"
            onClick={() => onWithout(one.left)}
          >
            {formatPlural(one.total, 'creator')} without{' '}
            {one.left === 'text'
              ? `the words “${text}”`
              : `${fieldLabel(one.left.field).toLowerCase()} ${filterValueWords(one.left, listNames)}`}
          </button>
        ))}
      </span>
    </>
  );
}
