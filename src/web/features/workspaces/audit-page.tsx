import { Button, Select, TextInput } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { z } from 'zod';
import { type AuditEntry, listAudit, listAuditFilters } from '#modules/workspaces/api.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatDateTime } from '#web/ui/format-when.ts';
import { Section } from '#web/ui/section.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { AuditDetail } from './audit-detail.tsx';
import { actionText, summaryOf } from './audit-text.ts';

const search = z.object({
  actor: z.string().optional(),
  action: z.string().optional(),
  subject: z.coerce.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  open: z.string().optional(),
});

export function AuditPage() {
  const { timeZone } = useWorkspace();
  const [state, setState] = useSearchState(search);
  const { actor, action, subject, from, to } = state;
  const asked = {
    ...(actor && { actorId: actor }),
    ...(action && { action }),
    ...(subject && { subjectId: subject }),
    ...(from && { from }),
    ...(to && { to }),
  };
  const isFiltered = Object.keys(asked).length > 0;
  const { rows, query } = useApiPages(listAudit, { limit: 100, ...asked });
  const open = rows.find((row) => row.id === state.open);
  const clear = () =>
    setState({ actor: undefined, action: undefined, subject: undefined, from: undefined, to: undefined });
  return (
    <div className="settings">
      <Section title="Who changed what" note={`newest first, times in ${timeZone}`}>
        <div className="stack">
          <Filters state={state} setState={setState} onClear={isFiltered ? clear : null} />
          <div className={open ? 'with-side' : undefined}>
            <DataTable
              label="Audit trail"
              columns={columnsIn(timeZone)}
              rows={query.data === undefined ? undefined : rows}
              rowId={(row) => row.id}
              more={{
                onOpen: (row) => setState({ open: row.id }),
                currentId: state.open ?? null,
                hidden: open ? ['details'] : [],
                empty: <NoEntries isFiltered={isFiltered} onClear={clear} />,
                error: query.error,
                onRetry: () => void query.refetch(),
                onEnd: () => {
                  if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
                },
                height: 'calc(100vh - 300px)',
              }}
            />
            {open && <AuditDetail entry={open} onClose={() => setState({ open: undefined })} />}
          </div>
        </div>
      </Section>
    </div>
  );
}

function columnsIn(timeZone: string): TableColumn<AuditEntry>[] {
  return [
    { id: 'at', header: 'When', width: 160, cell: (row) => formatDateTime(row.at, timeZone) },
    { id: 'actor', header: 'Who', width: 160, cell: (row) => row.actor.name },
    { id: 'action', header: 'What', width: 200, cell: (row) => actionText(row.action) },
    { id: 'details', header: 'Change', from: 900, cell: (row) => <span className="ink-2">{summaryOf(row)}</span> },
  ];
}

function NoEntries({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (!isFiltered) {
    return (
      <EmptyState icon={IconHistory} title="Nothing was changed yet">
        From now on every change stands here: who made it, when, and what was there before.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconHistory}
      title="No change fits these filters"
      action={<Button onClick={onClear}>Clear the filters</Button>}
    >
      Look at another person, another kind of change or other days.
    </EmptyState>
  );
}

type State = z.output<typeof search>;

interface FilterProps {
  state: State;
  setState: (patch: Partial<State>) => void;
  onClear: (() => void) | null;
}

function Filters({ state, setState, onClear }: FilterProps) {
  const { data } = useApiQuery(listAuditFilters, {});
  const actors = (data?.actors ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const actions = (data?.actions ?? []).map((action) => ({ value: action, label: actionText(action) }));
  return (
    <div className="audit-filters">
      <Select
        label="Who"
        placeholder="Anybody"
        data={actors}
        searchable
        clearable
        value={state.actor ?? null}
        onChange={(actor) => setState({ actor: actor ?? undefined })}
      />
      <Select
        label="What"
        placeholder="Any change"
        data={actions}
        searchable
        clearable
        value={state.action ?? null}
        onChange={(action) => setState({ action: action ?? undefined })}
      />
      <TextInput
        label="From"
        type="date"
        value={state.from ?? ''}
        onChange={(event) => setState({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        label="To"
        type="date"
        value={state.to ?? ''}
        onChange={(event) => setState({ to: event.currentTarget.value || undefined })}
      />
      <TextInput
        label="Id of a thing"
        placeholder="cmp_…"
        value={state.subject ?? ''}
        onChange={(event) => setState({ subject: event.currentTarget.value.trim() || undefined })}
      />
      {onClear && (
        <Button variant="subtle" color="gray" onClick={onClear}>
          Clear
        </Button>
      )}
    </div>
  );
}
