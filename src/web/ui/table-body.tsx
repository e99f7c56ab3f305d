import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { TableColumn } from '#web/ui/table-column.ts';
import type { BodyRow, DataTableMore } from '#web/ui/table-more.ts';
import { TableRow } from '#web/ui/table-row.tsx';

interface Props<Row> {
  columns: readonly TableColumn<Row>[];
  rows: readonly BodyRow<Row>[];
  rowHeight: number;
  /** True when `scroller` scrolls by itself and only the rows in view are drawn. */
  isVirtual: boolean;
  scroller: HTMLDivElement | null;
  onToggle: ((id: string) => void) | null;
  more: DataTableMore<Row>;
}

export function TableBody<Row>({ columns, rows, rowHeight, isVirtual, scroller, onToggle, more }: Props<Row>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [active, setActive] = useState(0);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: 12,
    enabled: isVirtual,
  });
  const drawn = isVirtual ? virtual.getVirtualItems() : null;
  const first = drawn?.at(0)?.index ?? 0;
  const last = drawn ? (drawn.at(-1)?.index ?? -1) : rows.length - 1;
  useReadOn(last, rows.length, more.onEnd);

  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setActive(next);
    if (isVirtual) virtual.scrollToIndex(next);
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active];
    if (event.target instanceof HTMLElement && event.target.dataset.row === undefined) return;
    if (event.ctrlKey || event.metaKey || event.altKey || !row) return;
    const act = keyAction(event.key, {
      move: (by) => moveTo(active + by),
      toggle: () => onToggle?.(row.id),
      open: () => more.onOpen?.(row.value),
      jump: (end) => moveTo(end ? rows.length - 1 : 0),
    });
    if (act) event.preventDefault();
  };

  useStart(more.onOpen !== undefined && rows.length > 0, () => moveTo(active));

  const columnCount = columns.length + (onToggle ? 1 : 0);
  const shown = rows.slice(first, last + 1);
  return (
    <tbody ref={body} onKeyDown={onKeyDown}>
      {first > 0 && <Spacer height={first * rowHeight} columns={columnCount} />}
      {shown.map((row, offset) => (
        <TableRow
          key={row.id}
          row={row}
          index={first + offset}
          columns={columns}
          isActive={first + offset === active}
          onFocus={setActive}
          onToggle={onToggle}
          more={more}
        />
      ))}
      {last < rows.length - 1 && <Spacer height={(rows.length - 1 - last) * rowHeight} columns={columnCount} />}
    </tbody>
  );
}

interface Actions {
  move: (by: number) => void;
  jump: (toEnd: boolean) => void;
  toggle: () => void;
  open: () => void;
}

/** Runs what a key means in a list; false when it means nothing here. */
function keyAction(key: string, actions: Actions): boolean {
  if (key === 'j' || key === 'ArrowDown') actions.move(1);
  else if (key === 'k' || key === 'ArrowUp') actions.move(-1);
  else if (key === 'Home' || key === 'End') actions.jump(key === 'End');
  else if (key === 'x' || key === ' ') actions.toggle();
  else if (key === 'Enter') actions.open();
  else return false;
  return true;
}

function useReadOn(last: number, count: number, onEnd: (() => void) | undefined): void {
  const asked = useRef(-1);
  useEffect(() => {
    if (!onEnd || count === 0 || last < count - 6 || asked.current === count) return;
    asked.current = count;
    onEnd();
  }, [last, count, onEnd]);
}

/** j or k pressed while nothing has the focus begins in the list. Only lists whose rows open take part. */
function useStart(isOn: boolean, start: () => void): void {
  const latest = useRef(start);
  useEffect(() => {
    latest.current = start;
  });
  useEffect(() => {
    if (!isOn) return;
    const onKey = (event: globalThis.KeyboardEvent) => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (isPlain && event.target === document.body && (event.key === 'j' || event.key === 'k')) latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isOn]);
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row is no control
    <tr aria-hidden="true" className="spacer">
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}
