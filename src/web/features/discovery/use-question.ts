import { useDebouncedValue } from '@mantine/hooks';
import { type RefObject, useEffect, useMemo, useState } from 'react';
import { type AskedPart, askDiscovery, type Filter, type SavedSearch } from '#modules/discovery/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { typedText } from './hit-words.ts';
import { searchState } from './search-state.ts';
import { withoutWords } from './without-words.ts';

const typingPauseMs = 120;

export type Query = SavedSearch['query'];

/** What is asked on the Discover page: in the address, in the bar while one types, read into filters, and as the query to be sent or saved. */
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
  const isAsked = !state.plain && words.trim() !== '';
  const asked = useApiQuery(askDiscovery, { question: words }, { enabled: isAsked, keepPrevious: true });
  // When the reading fails, the words are searched as they stand.
  const isReadable = isAsked && asked.error === null;
  const answer = isReadable ? asked.data : undefined;

  const query = useMemo<Query>(() => {
    const read = answer?.query;
    const order =
      state.sort === undefined
        ? read?.sort
        : { field: state.sort, direction: state.desc ? ('desc' as const) : ('asc' as const) };
    const text =
      answer === undefined
        ? isReadable
          ? undefined
          : typedText(words, isTyping)
        : textOf(answer.query.text, answer.parts, { words, isTyping });
    const about = state.about ?? read?.about;
    const calculation = state.calculation ?? read?.calculation;
    const pattern =
      state.like !== undefined
        ? { similarTo: state.like }
        : state.audienceLike !== undefined
          ? { audienceLike: state.audienceLike }
          : about !== undefined
            ? { about }
            : { ...pick('similarTo', read), ...pick('audienceLike', read) };
    return {
      filters: [...state.f, ...(read?.filters ?? [])],
      ...(text === undefined || text === '' ? {} : { text }),
      ...pattern,
      ...(calculation === undefined ? {} : { calculation }),
      ...(order === undefined ? {} : { sort: order }),
    };
  }, [answer, isReadable, isTyping, words, state]);

  const put = (patch: Parameters<typeof setState>[0]) => {
    if (patch.q !== undefined) {
      setTyped(patch.q);
      setTyping(false);
    }
    setState(patch, { push: true });
  };
  return {
    state,
    setState,
    put,
    typed,
    isTyping,
    /** What the rules made of the words; undefined when nothing is asked or the answer is on its way. */
    answer,
    isReading: isReadable && asked.data === undefined,
    askError: isAsked ? asked.error : null,
    query,
    /** Takes the words of a part out of the question, and puts another filter in its place. */
    replacePart: (part: AskedPart, filter: Filter | null) =>
      put({ q: withoutWords(words, part), ...(filter === null ? {} : { f: [...state.f, filter] }) }),
    openQuery: (next: Query) =>
      put({
        q: next.text ?? '',
        plain: next.text !== undefined,
        f: next.filters,
        about: next.about,
        like: next.similarTo,
        audienceLike: next.audienceLike,
        calculation: next.calculation,
        brief: undefined,
        sort: next.sort?.field,
        desc: next.sort?.direction !== 'asc',
        open: undefined,
      }),
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

export type Question = ReturnType<typeof useQuestion>;

function pick<Key extends 'similarTo' | 'audienceLike'>(
  key: Key,
  read: Query | undefined,
): Partial<Record<Key, string>> {
  const id = read?.[key];
  return id === undefined ? {} : ({ [key]: id } as Record<Key, string>);
}

/** While somebody still types the last word of the text, it stands for all that begin with it. */
function textOf(
  text: string | undefined,
  parts: readonly AskedPart[],
  typing: { words: string; isTyping: boolean },
): string | undefined {
  const last = parts.at(-1);
  const isLast = last?.kind === 'text' && last.at + last.length === typing.words.length;
  return text === undefined ? undefined : typedText(text, typing.isTyping && isLast);
}
