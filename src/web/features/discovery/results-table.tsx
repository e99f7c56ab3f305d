import { type ComponentProps, useMemo } from 'react';
import type { AppError } from '#kernel/errors.ts';
import type { Hit } from '#modules/discovery/api.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import type { TableSort } from '#web/ui/table-column.ts';
import { NoHits } from './no-hits.tsx';
import { type ColumnsOf, resultColumns } from './result-columns.tsx';
import { WhyLine } from './why-line.tsx';

interface Props {
  rows: Hit[] | undefined;
  run: { error: AppError | null; refetch: () => void };
  /** Reads the next page; a match has none. */
  readOn: (() => void) | undefined;
  view: ColumnsOf;
  sort: { value: TableSort; onChange: (next: TableSort) => void };
  chosen: readonly Hit[];
  onChoose: (ids: string[]) => void;
  openId: string | null;
  onOpen: (hit: Hit) => void;
  listNames: ReadonlyMap<string, string>;
  empty: ComponentProps<typeof NoHits>;
}

export function ResultsTable(props: Props) {
  const { rows, run, readOn, view, sort, chosen, onChoose, openId, onOpen, listNames, empty } = props;
  const { details, audience, price, calculation, match } = view;
  const isBeside = openId !== null;
  const columns = useMemo(
    () => resultColumns({ details, audience, price, calculation, match, isBeside }),
    [details, audience, price, calculation, match, isBeside],
  );
  return (
    <DataTable
      label="Creators"
      columns={columns}
      rows={rows}
      rowId={(hit) => hit.personId}
      tall
      {...(match === null ? { sort } : {})}
      selection={{ value: chosen.map((hit) => hit.personId), onChange: onChoose }}
      more={{
        height: '100%',
        // Beside a preview the figures matter more than what the preview says anyway.
        hidden: openId === null ? [] : ['niche', 'lastPost', ...(audience === null ? [] : ['price'])],
        currentId: openId,
        onOpen,
        ...(readOn === undefined ? {} : { onEnd: readOn }),
        error: run.error,
        onRetry: run.refetch,
        below: (hit) => <WhyLine hit={hit} listNames={listNames} row={match?.rows.get(hit.personId)} />,
        empty: (
          <div className="discover-empty">
            <NoHits {...empty} />
          </div>
        ),
      }}
    />
  );
}
