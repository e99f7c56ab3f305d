import { Checkbox } from '@mantine/core';
import { type MouseEvent, useId } from 'react';
import type { TableColumn } from '#web/ui/table-column.ts';
import type { BodyRow, DataTableMore } from '#web/ui/table-more.ts';

interface Props<Row> {
  row: BodyRow<Row>;
  index: number;
  columns: readonly TableColumn<Row>[];
  /** One row of a table can be reached with Tab; j and k move on from there. */
  isActive: boolean;
  onFocus: (index: number) => void;
  onToggle: ((id: string) => void) | null;
  more: DataTableMore<Row>;
}

/** A click on a link, button or box inside the row is meant for that, not for the row. */
function isOnControl(event: MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest('a, button, input, label') !== null;
}

export function TableRow<Row>({ row, index, columns, isActive, onFocus, onToggle, more }: Props<Row>) {
  const isCurrent = more.currentId === row.id;
  const className = [isCurrent ? 'cur' : '', row.isSelected ? 'sel' : '', more.onOpen ? 'can-open' : '']
    .join(' ')
    .trim();
  const below = more.below?.(row.value);
  // "Select", then what the row's first cell says: the person or thing.
  const boxId = useId();
  const nameId = useId();
  return (
    <>
      <tr
        data-row={index}
        tabIndex={isActive ? 0 : -1}
        className={below ? `${className} has-below` : className || undefined}
        aria-rowindex={index + 2}
        aria-current={isCurrent ? 'true' : undefined}
        onFocus={() => onFocus(index)}
        onClick={more.onOpen ? (event) => !isOnControl(event) && more.onOpen?.(row.value) : undefined}
      >
        {onToggle && (
          <td className="pick">
            <Checkbox
              id={boxId}
              aria-label="Select"
              aria-labelledby={`${boxId} ${nameId}`}
              checked={row.isSelected}
              onChange={() => onToggle(row.id)}
            />
          </td>
        )}
        {columns.map((column, place) => (
          <td
            key={column.id}
            id={onToggle && place === 0 ? nameId : undefined}
            className={
              [column.align === 'end' ? 'num' : '', column.from ? `from-${column.from}` : ''].join(' ').trim() ||
              undefined
            }
          >
            {column.cell(row.value)}
          </td>
        ))}
      </tr>
      {below && (
        <tr className={`below ${className}`}>
          {onToggle && <td className="pick" />}
          <td colSpan={columns.length}>{below}</td>
        </tr>
      )}
    </>
  );
}
