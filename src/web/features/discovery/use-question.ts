import { useDebouncedValue } from '@mantine/hooks';
import { type RefObject, useEffect, useMemo, useState } from 'react';
import type { SavedSearch } from '#modules/discovery/api.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { typedText } from './hit-words.ts';
import { searchState } from './search-state.ts';

const typingPauseMs = 120;

/** What is asked on the Discover page: in the address, in the bar while one types, and as the query to be sent or saved. */
export function useQuestion(input: RefObject<HTMLInputElement | null>) {
  const [state, setState] = useSearchState(searchState);
  const [typed, setTyped] = useState(state.q);
  const [isTyping, setTyping] = useState(false);
  const [settled] = useDebouncedValue(typed, typingPauseMs);

  // The address follows what is typed; going back brings the older words into the bar.
  useEffect(() => {
    if (settled !== state.q && document.activeElement === input.current) setState({ q: settled });
  }, [settled, state.q, setState, input]);
  useEffect(() => {
    if (document.activeElement !== input.current) setTyped(state.q);
  }, [state.q, input]);

  const words = isTyping ? settled : typed;
  const sort = useMemo(
    () =>
      state.sort === undefined
        ? undefined
        : { field: state.sort, direction: state.desc ? ('desc' as const) : ('asc' as const) },
    [state.sort, state.desc],
  );
  const query = useMemo<SavedSearch['query']>(
    () => ({
      filters: state.f,
      ...(words.trim() === '' ? {} : { text: words.trim() }),
      ...(sort === undefined ? {} : { sort }),
    }),
    [state.f, words, sort],
  );
  const openQuery = (next: SavedSearch['query']) => {
    const q = next.text ?? '';
    setTyped(q);
    setTyping(false);
    const order = { sort: next.sort?.field, desc: next.sort?.direction !== 'asc' };
    setState({ q, f: next.filters, ...order, open: undefined }, { push: true });
  };
  return {
    state,
    setState,
    typed,
    isTyping,
    /** What to send: while somebody types, the last word stands for all that begin with it. */
    text: typedText(words, isTyping),
    sort,
    query,
    openQuery,
    type: (next: string) => {
      setTyping(true);
      setTyped(next);
    },
    /** What is typed is whole. */
    settle: () => {
      setTyping(false);
      setState({ q: typed });
    },
    /** The bar is left: what stands in it stays. */
    keep: () => {
      if (typed !== state.q) setState({ q: typed });
    },
  };
}
