import { type RefObject, useMemo, useState } from 'react';
import type { Filter, Hit } from '#modules/discovery/api.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { useDetails } from './use-details.ts';
import { useLists } from './use-lists.ts';
import { useMatch } from './use-match.ts';
import { type Query, useQuestion } from './use-question.ts';
import { useRemember } from './use-remember.ts';
import { useSearch } from './use-search.ts';

export type DiscoverDialog = 'tiers' | 'compare' | 'brief' | 'keys';

/** All the Discover page asks and is answered: the question, its hits or those of a brief, the one that is open, those chosen. */
export function useDiscover(input: RefObject<HTMLInputElement | null>) {
  const { names } = useLists();
  const [dialog, setDialog] = useState<DiscoverDialog | null>(null);
  const [likeName, setLikeName] = useState<string | null>(null);
  const question = useQuestion(input);
  const { state, setState, query } = question;
  const run = useSearch(query, !question.isReading);
  const match = useMatch(state.brief, query.filters);
  const rows = match === null ? run.rows : match.hits;
  const details = useDetails(rows);
  useRemember({
    typed: question.typed,
    query,
    total: run.isStale || question.isTyping ? null : (run.answer?.total ?? null),
  });
  const at = rows?.findIndex((hit) => hit.personId === state.open) ?? -1;
  return {
    names,
    dialog,
    setDialog,
    likeName,
    setLikeName,
    question,
    run,
    match,
    rows,
    calculation: query.calculation ?? 'average',
    view: { details, ...useShown(query.filters) },
    /** The creator in the preview and its place among the rows. */
    open: at >= 0 ? rows?.[at] : undefined,
    at,
    step: (by: number) => {
      const next = rows?.[at + by];
      return next === undefined ? undefined : () => setState({ open: next.personId });
    },
    setFilters: (f: Filter[]) => setState({ f }, { push: true }),
    ...useChosen(rows),
  };
}

export type Discover = ReturnType<typeof useDiscover>;

/** What the filters ask of audiences and prices, and so which of them the rows show. */
function useShown(filters: readonly Filter[]) {
  const { currency } = useWorkspace();
  const priced = filters.find((filter) => filter.op === 'price');
  const price = useMemo(
    () => ({
      currency: priced?.op === 'price' ? priced.currency : currency,
      format: priced?.op === 'price' ? priced.format : undefined,
    }),
    [priced, currency],
  );
  return { audience: filters.find((filter) => filter.op === 'share') ?? null, price };
}

/** Creators chosen stay so when the rows are others. */
function useChosen(rows: readonly Hit[] | undefined) {
  const [chosen, setChosen] = useState<Hit[]>([]);
  const choose = (ids: string[]) => {
    const known = new Map([...chosen, ...(rows ?? [])].map((hit) => [hit.personId, hit]));
    setChosen(ids.flatMap((id) => known.get(id) ?? []));
  };
  return { chosen, setChosen, choose };
}

/** The query without one of its parts. */
export function queryWithout(query: Query, left: Filter | 'text'): Query {
  if (left === 'text') {
    const { text: _, about: __, ...rest } = query;
    return rest;
  }
  return { ...query, filters: query.filters.filter((filter) => JSON.stringify(filter) !== JSON.stringify(left)) };
}

/** The filters to keep in the address: those of the question come from its words. */
export function ownFilters(next: readonly Filter[], asked: readonly Filter[]): Filter[] {
  const keys = new Set(asked.map((filter) => JSON.stringify(filter)));
  return next.filter((filter) => !keys.has(JSON.stringify(filter)));
}
