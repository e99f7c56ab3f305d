import {
  columnVisibilityFeature,
  type RowSelectionState,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { ErrorState } from '#web/ui/error-state.tsx';
import { TableBody } from '#web/ui/table-body.tsx';
import type { TableColumn, TableSort } from '#web/ui/table-column.ts';
import { TableHead } from '#web/ui/table-head.tsx';
import type { DataTableMore } from '#web/ui/table-more.ts';
import { TableSkeleton } from '#web/ui/table-skeleton.tsx';

const features = tableFeatures({ rowSelectionFeature, rowSortingFeature, columnVisibilityFeature });

export interface DataTableProps<Row> {
  /** What the table lists, for screen readers: "Creators". */
  label: string;
  columns: readonly TableColumn<Row>[];
  /** undefined while the first page loads. */
  rows: readonly Row[] | undefined;
  rowId: (row: Row) => string;
  /** 36 px by default, 52 px with faces. */
  tall?: boolean;
  sort?: { value: TableSort; onChange: (next: TableSort) => void };
  selection?: { value: readonly string[]; onChange: (next: string[]) => void };
  /** More: opening a row, hidden columns, states, reading on. */
  more?: DataTableMore<Row>;
}

/** Dense, sortable, selectable rows: j and k move, x selects, enter opens. Draws only the rows in view when it scrolls itself. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowId, selection, label, tall = false, more = {} } = props;
  // State, not a ref: rows can only be placed once the scrolling element stands, which is after their first render.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const definitions = useMemo(
    () => columns.map((column) => ({ id: column.id, header: column.header, accessorFn: () => null })),
    [columns],
  );
  const chosen: RowSelectionState = Object.fromEntries((selection?.value ?? []).map((id) => [id, true]));
  const visibility = Object.fromEntries((more.hidden ?? []).map((id) => [id, false]));
  const data = useMemo(() => [...(rows ?? [])], [rows]);
  const table = useTable<typeof features, Row & object>({
    features,
    columns: definitions,
    data: data as (Row & object)[],
    getRowId: rowId,
    manualSorting: true,
    state: { rowSelection: chosen, columnVisibility: visibility },
    onRowSelectionChange: (change) => {
      const next = typeof change === 'function' ? change(chosen) : change;
      selection?.onChange(Object.keys(next).filter((id) => next[id]));
    },
  });
  const visible = table
    .getVisibleLeafColumns()
    .flatMap((leaf) => columns.find((column) => column.id === leaf.id) ?? []);

  if (more.error !== undefined && more.error !== null && !rows) {
    return <ErrorState error={more.error} {...(more.onRetry ? { onRetry: more.onRetry } : {})} />;
  }
  if (rows && rows.length === 0 && more.empty) return more.empty;
  const isVirtual = more.height !== undefined;
  const style = isVirtual ? { height: more.height } : undefined;
  return (
    <div ref={setScroller} className={isVirtual ? 'table-scroll own' : 'table-scroll'} style={style}>
      <table
        style={{ minWidth: minWidthOf(visible, selection !== undefined) }}
        className={tall ? 'table data tall' : 'table data'}
        aria-label={label}
        aria-rowcount={(rows?.length ?? -1) + (rows ? 1 : 0)}
        aria-busy={!rows}
      >
        <TableHead
          columns={visible}
          sort={props.sort}
          {...(selection
            ? {
                all: {
                  isOn: table.getIsAllRowsSelected(),
                  isSome: table.getIsSomeRowsSelected(),
                  toggle: () => table.toggleAllRowsSelected(),
                },
              }
            : {})}
        />
        {rows ? (
          <TableBody
            columns={visible}
            rows={table
              .getRowModel()
              .rows.map((row) => ({ id: row.id, value: row.original, isSelected: row.getIsSelected() }))}
            rowHeight={more.below ? 68 : tall ? 52 : 36}
            isVirtual={isVirtual}
            scroller={scroller}
            onToggle={selection ? (id) => table.getRow(id).toggleSelected() : null}
            more={more}
          />
        ) : (
          <TableSkeleton columns={visible.length + (selection ? 1 : 0)} tall={tall} />
        )}
      </table>
    </div>
  );
}

const selectionPx = 36;
const flexibleColumnPx = 112;

/** Below it the table scrolls sideways instead of squeezing its columns to nothing. */
function minWidthOf<Row>(columns: readonly TableColumn<Row>[], isSelectable: boolean): number {
  const own = columns.reduce((sum, column) => sum + (column.width ?? flexibleColumnPx), 0);
  return own + (isSelectable ? selectionPx : 0);
}
