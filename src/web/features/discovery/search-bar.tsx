import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, type RefObject, useEffect } from 'react';
import type { SearchAnswer } from '#modules/discovery/api.ts';
import { formatCount } from '#web/ui/format-number.ts';

interface Props {
  input: RefObject<HTMLInputElement | null>;
  value: string;
  answer: SearchAnswer | undefined;
  isStale: boolean;
  onChange: (text: string) => void;
  onBlur: () => void;
  /** Enter: what is typed is whole, and the list takes over. */
  onEnter: () => void;
  children: ReactNode;
}

function isTypingElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** One bar that answers while one types; / brings the cursor here. */
export function SearchBar({ input, value, answer, isStale, onChange, onBlur, onEnter, children }: Props) {
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
        aria-label="Find creators by words in names, bios, captions and hashtags"
        placeholder="Words, &quot;a phrase&quot;, begin*, -without, #tag, @handle"
        value={value}
        maxLength={20_000}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={onBlur}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === 'ArrowDown') {
            event.preventDefault();
            onEnter();
          }
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
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
