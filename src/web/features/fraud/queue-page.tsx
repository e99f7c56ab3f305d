import { Button, Checkbox, Select } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { z } from 'zod';
import {
  type FraudGroup,
  getFraudSummary,
  groupStateSchema,
  groupStates,
  listFraudGroups,
  scopeSchema,
  scopes,
  severities,
  severitySchema,
} from '#modules/fraud/api.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { TrackingTabs } from '#web/shell/tracking-tabs.tsx';
import { useGo } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { BulkBar } from '#web/ui/bulk-bar.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { BansSection } from './bans-section.tsx';
import { groupColumns } from './group-columns.tsx';
import { GroupPanel } from './group-panel.tsx';
import { QueueFigures } from './queue-figures.tsx';
import { ResolveDialog } from './resolve-dialog.tsx';
import { scopeWords, severityWords, stateWords } from './words.ts';
import './fraud.css';

const search = z.object({
  state: z.enum([...groupStates, 'any']).default('open'),
  scope: scopeSchema.optional(),
  severity: severitySchema.optional(),
  person: z.string().optional(),
  appealed: z.boolean().default(false),
});

const pageRows = 100;

/** What the rules found, grouped by rule and creator, to be decided. */
export function QueuePage() {
  const [state, setState] = useSearchState(search);
  const { groupId } = useParams({ strict: false });
  const go = useGo();
  const mayDecide = useCan('tracking:write');
  const [chosen, setChosen] = useState<string[]>([]);
  const [outcome, setOutcome] = useState<'cleared' | 'fraud' | null>(null);
  const summary = useApiQuery(getFraudSummary, {});
  const filter = {
    ...(state.state === 'any' ? {} : { state: state.state }),
    ...(state.scope === undefined ? {} : { scope: state.scope }),
    ...(state.severity === undefined ? {} : { severity: state.severity }),
    ...(state.person === undefined ? {} : { personId: state.person }),
    ...(state.appealed ? { appealed: true } : {}),
  };
  const { rows, query } = useApiPages(listFraudGroups, { ...filter, limit: pageRows });
  const open = (group: FraudGroup) => go('/tracking/fraud/$groupId', { params: { groupId: group.id }, search: state });
  const close = () => go('/tracking/fraud', { search: state });
  const isFiltered = state.state !== 'open' || Object.keys(filter).length > 1;
  const done = () => {
    setOutcome(null);
    setChosen([]);
  };
  const ids = rows.filter((row) => chosen.includes(row.id) && row.state === 'open').map((row) => row.id);
  return (
    <div className="page">
      <PageHeader
        title={summary.data === undefined ? 'Fraud and leaks' : titleOf(summary.data)}
        sub={
          <>
            Grouped by rule and creator. What is on hold counts for nobody's pay until you decide.{' '}
            <AppLink to="/settings/fraud">Rules and thresholds</AppLink>
          </>
        }
      />
      <TrackingTabs />
      {summary.data && <QueueFigures summary={summary.data} />}
      <Filters state={state} onChange={setState} isFiltered={isFiltered} />
      <div className={groupId === undefined ? undefined : 'with-side'}>
        <DataTable
          label="Groups of findings"
          columns={groupColumns}
          rows={query.data === undefined ? undefined : rows}
          rowId={(row) => row.id}
          tall
          {...(mayDecide ? { selection: { value: chosen, onChange: setChosen } } : {})}
          more={{
            onOpen: open,
            currentId: groupId ?? null,
            error: query.error,
            onRetry: () => void query.refetch(),
            onEnd: () => void query.fetchNextPage(),
            empty: <Empty isFiltered={isFiltered} judged={summary.data?.judgedOrders ?? 0} />,
          }}
        />
        {groupId !== undefined && <GroupPanel key={groupId} groupId={groupId} onClose={close} />}
      </div>
      <BansSection />
      <BulkBar count={ids.length} title={formatPlural(ids.length, 'group')} onClear={() => setChosen([])}>
        <Button onClick={() => setOutcome('cleared')}>Clear</Button>
        <Button variant="filled" onClick={() => setOutcome('fraud')}>
          Call it fraud
        </Button>
      </BulkBar>
      {outcome !== null && (
        <ResolveDialog groupIds={ids} outcome={outcome} onClose={() => setOutcome(null)} onDone={done} />
      )}
    </div>
  );
}

function titleOf(summary: { open: number; heldOrders: number }): string {
  if (summary.open === 0) return 'Nothing waits for a decision';
  const held = summary.heldOrders === 0 ? '' : `, ${formatPlural(summary.heldOrders, 'order')} on hold`;
  return `${formatPlural(summary.open, 'group')} to decide${held}`;
}

interface FilterProps {
  state: z.infer<typeof search>;
  onChange: (next: Partial<z.infer<typeof search>>) => void;
  isFiltered: boolean;
}

function Filters({ state, onChange, isFiltered }: FilterProps) {
  return (
    <div className="frd-filters">
      <Select
        label="State"
        data={[...groupStates.map((value) => ({ value, label: stateWords[value] })), { value: 'any', label: 'Any' }]}
        allowDeselect={false}
        value={state.state}
        onChange={(value) => {
          const known = groupStateSchema.safeParse(value);
          onChange({ state: known.success ? known.data : 'any' });
        }}
      />
      <Select
        label="About"
        placeholder="Anything"
        clearable
        data={scopes.map((value) => ({ value, label: scopeWords[value] }))}
        value={state.scope ?? null}
        onChange={(value) => onChange({ scope: search.shape.scope.parse(value ?? undefined) })}
      />
      <Select
        label="Severity"
        placeholder="Any"
        clearable
        data={severities.map((value) => ({ value, label: severityWords[value] }))}
        value={state.severity ?? null}
        onChange={(value) => onChange({ severity: search.shape.severity.parse(value ?? undefined) })}
      />
      <Checkbox
        label="With an appeal that waits"
        checked={state.appealed}
        onChange={(event) => onChange({ appealed: event.currentTarget.checked })}
      />
      {isFiltered && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() =>
            onChange({ state: 'open', scope: undefined, severity: undefined, person: undefined, appealed: false })
          }
        >
          Clear filters
        </Button>
      )}
    </div>
  );
}

function Empty({ isFiltered, judged }: { isFiltered: boolean; judged: number }) {
  if (isFiltered)
    return (
      <EmptyState icon={IconShieldCheck} title="Nothing like that">
        No group fits these filters.
      </EmptyState>
    );
  return (
    <EmptyState icon={IconShieldCheck} title={judged === 0 ? 'No orders were judged yet' : 'Nothing waits for you'}>
      {judged === 0
        ? 'Orders are judged as they come in, traffic every ten minutes and each night.'
        : `${formatPlural(judged, 'order')} judged; what the rules find shows here with its evidence.`}
    </EmptyState>
  );
}
