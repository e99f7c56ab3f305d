import { Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { TableColumn, TableSort } from '#web/ui/table-column.ts';

interface Props<Row> {
  columns: readonly TableColumn<Row>[];
  sort: { value: TableSort; onChange: (next: TableSort) => void } | undefined;
  all?: { isOn: boolean; isSome: boolean; toggle: () => void };
}

export function TableHead<Row>({ columns, sort, all }: Props<Row>) {
  return (
    <thead>
      <tr>
        {all && (
          <th scope="col" className="pick">
            <Checkbox
              aria-label="Select all rows"
              checked={all.isOn}
              indeterminate={!all.isOn && all.isSome}
              onChange={all.toggle}
            />
          </th>
        )}
        {columns.map((column) => (
          <HeadCell key={column.id} column={column} sort={sort} />
        ))}
      </tr>
    </thead>
  );
}

function HeadCell<Row>({ column, sort }: { column: TableColumn<Row>; sort: Props<Row>['sort'] }) {
  const className = [column.align === 'end' ? 'num' : '', column.from ? `from-${column.from}` : ''].join(' ').trim();
  const style = column.width === undefined ? undefined : { width: column.width };
  if (!column.isSortable || !sort) {
    return (
      <th scope="col" className={className || undefined} style={style}>
        {column.header}
      </th>
    );
  }
  const isBy = sort.value.by === column.id;
  const Arrow = isBy && !sort.value.desc ? IconArrowUp : IconArrowDown;
  return (
    <th
      scope="col"
      className={className || undefined}
      style={style}
      aria-sort={isBy ? (sort.value.desc ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className={isBy ? 'sort on' : 'sort'}
        onClick={() => sort.onChange({ by: column.id, desc: isBy ? !sort.value.desc : true })}
      >
        {column.header}
        <Arrow className="i i-14" aria-hidden />
      </button>
    </th>
  );
}
