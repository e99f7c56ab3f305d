import { useEffect, useRef } from 'react';
import { rememberSearch, type SavedSearch } from '#modules/discovery/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';

const restMs = 4_000;

/** Keeps a question in the history once it has stood for some seconds with its answer. */
export function useRemember(asked: { typed: string; query: SavedSearch['query']; total: number | null }): void {
  const { mutate } = useApiMutation(rememberSearch, { invalidate: [] });
  const kept = useRef('');
  const key = JSON.stringify([asked.typed, asked.query]);
  const isBlank = asked.typed.trim() === '' && asked.query.filters.length === 0;
  const { total } = asked;
  const latest = useRef(asked);
  latest.current = asked;
  useEffect(() => {
    if (isBlank || total === null || kept.current === key) return;
    const timer = setTimeout(() => {
      kept.current = key;
      const { typed, query } = latest.current;
      mutate({ typed, query, total });
    }, restMs);
    return () => clearTimeout(timer);
  }, [isBlank, key, mutate, total]);
}
