import { type RefObject, useEffect, useRef } from 'react';

const focusFramesMax = 20;

export interface PageKeys {
  /** j and k from anywhere on the page that is no field. */
  onRows: () => void;
  /** l, with the creator whose row has the focus. */
  onList: () => void;
  onCompare: () => void;
  onFilter: () => void;
  onHelp: () => void;
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.getAttribute('type') !== 'checkbox'))
  );
}

/** The page's keys; none while somebody types or a dialog is open. */
export function usePageKeys(keys: PageKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isField(event.target)) return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      const { onRows, onList, onCompare, onFilter, onHelp } = latest.current;
      const isOnPage = document.activeElement === null || document.activeElement === document.body;
      if ((event.key === 'j' || event.key === 'k') && isOnPage) onRows();
      else if (event.key === 'l') onList();
      else if (event.key === 'c') onCompare();
      else if (event.key === 'f') onFilter();
      else if (event.key === '?') onHelp();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** Rows are drawn a moment after they come; waits for the first for so many frames. */
export function focusRow(within: RefObject<HTMLElement | null>, framesLeft: number = focusFramesMax): void {
  const row =
    within.current?.querySelector<HTMLElement>('tr[data-row][tabindex="0"]') ??
    within.current?.querySelector<HTMLElement>('tr[data-row]');
  if (row) row.focus();
  else if (framesLeft > 0) requestAnimationFrame(() => focusRow(within, framesLeft - 1));
}

/** Place in the table of the row that has the focus. */
export function focusedRow(within: RefObject<HTMLElement | null>): number | null {
  const row = within.current?.querySelector<HTMLElement>('tr[data-row]:focus, tr[data-row]:focus-within');
  const place = row?.dataset.row;
  return place === undefined ? null : Number(place);
}
