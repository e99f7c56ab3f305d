import { ActionIcon, Tooltip } from '@mantine/core';
import { IconMessageQuestion, IconSearch } from '@tabler/icons-react';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import type { SearchAnswer } from '#modules/discovery/api.ts';
import { formatCount } from '#web/ui/format-number.ts';
import type { Question } from './use-question.ts';

interface Props {
  input: RefObject<HTMLInputElement | null>;
  question: Question;
  answer: SearchAnswer | undefined;
  isStale: boolean;
  /** Takes the cursor to the rows. */
  onRows: () => void;
  children: ReactNode;
}

function isTypingElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** One bar that answers while one types; / brings the cursor here. */
export function SearchBar({ input, question, answer, isStale, onRows, children }: Props) {
  const { state, setState, typed, isTyping, type, keep, settle } = question;
  // Enter asks for whole words; the cursor goes to the rows once these are there.
  const goesToRows = useRef(false);
  useEffect(() => {
    if (!goesToRows.current || isTyping || isStale) return;
    goesToRows.current = false;
    onRows();
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTypingElsewhere(event.target)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [input]);
  return (
    <search className="discover-bar">
      <IconSearch className="i i-20" aria-hidden />
      <input
        ref={input}
        type="search"
        aria-label={
          state.plain
            ? 'Find creators by words in names, bios, captions and hashtags'
            : 'Ask for creators in plain words'
        }
        placeholder={
          state.plain
            ? 'Words, "a phrase", begin*, -without, #tag, @handle'
            : 'Ask: vegan bakers in Leipzig with 5 to 30k followers who posted this month'
        }
        value={typed}
        maxLength={20_000}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === 'ArrowDown') {
            event.preventDefault();
            settle();
            goesToRows.current = true;
          }
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <Tooltip
        label={
          state.plain
            ? 'Words are searched as they stand'
            : 'Words are read as filters; switch off to search them as they stand'
        }
        withArrow
        openDelay={400}
      >
        <ActionIcon
          variant={state.plain ? 'subtle' : 'light'}
          color={state.plain ? 'gray' : 'teal'}
          size={28}
          aria-label="Read words as filters"
          aria-pressed={!state.plain}
          onClick={() => setState({ plain: !state.plain }, { push: true })}
        >
          <IconMessageQuestion size={16} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <output className={isStale ? 'meta discover-count stale' : 'meta discover-count'}>
        {answer !== undefined && (
          <>
            <b>{formatCount(answer.total)}</b> of {formatCount(answer.indexed)}{' '}
            <span>in {answer.tookMs < 1 ? answer.tookMs.toFixed(1) : Math.round(answer.tookMs)} ms</span>
          </>
        )}
      </output>
      {children}
    </search>
  );
}
