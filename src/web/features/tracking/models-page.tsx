import { Select, TextInput } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useEffect } from 'react';
import { z } from 'zod';
import { type ComparedModel, comparedModels, compareModels, type ModelComparison } from '#modules/attribution/api.ts';
import { listCampaigns } from '#modules/campaigns/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount, formatDecimal, formatPlural } from '#web/ui/format-number.ts';
import { formatDateTime } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { modelName, modelWords } from './rule-words.ts';
import { TrackingTabs } from './tracking-tabs.tsx';
import { Who } from './who.tsx';
import './tracking.css';

const search = z.object({
  from: z.string().optional(),
  to: z.string().optional(),
  campaign: z.string().optional(),
  by: z.enum(['creator', 'campaign']).default('creator'),
  show: z.enum(['orders', 'money']).default('orders'),
});
type Row = ModelComparison['rows'][number];

/** Every model beside each other on the workspace's own paths. */
export function ModelsPage() {
  const [state, setState] = useSearchState(search);
  const campaigns = useApiQuery(listCampaigns, {});
  const comparison = useApiQuery(compareModels, {
    by: state.by,
    ...(state.from === undefined ? {} : { from: state.from }),
    ...(state.to === undefined ? {} : { to: state.to }),
    ...(state.campaign === undefined ? {} : { campaignId: state.campaign }),
  });
  const isComputing = comparison.data?.state === 'computing';
  const { refetch } = comparison;
  useEffect(() => {
    if (!isComputing) return;
    const timer = setInterval(() => void refetch(), 1000);
    return () => clearInterval(timer);
  }, [isComputing, refetch]);
  const answer = comparison.data;
  return (
    <div className="page">
      <PageHeader
        title={answer === undefined || isComputing ? 'Models beside each other' : headline(answer)}
        sub="Only the model of the rules pays; the others show how much the answer depends on the question."
      />
      <TrackingTabs />
      <div className="trk-filters">
        <Select
          label="By"
          data={[
            { value: 'creator', label: 'Creator' },
            { value: 'campaign', label: 'Campaign' },
          ]}
          value={state.by}
          allowDeselect={false}
          onChange={(value) => setState({ by: value === 'campaign' ? 'campaign' : 'creator' })}
        />
        <Select
          label="Campaign"
          placeholder="All"
          clearable
          data={(campaigns.data?.rows ?? []).map((one) => ({ value: one.id, label: one.name }))}
          value={state.campaign ?? null}
          onChange={(value) => setState({ campaign: value ?? undefined })}
        />
        <Select
          label="Show"
          data={[
            { value: 'orders', label: 'Orders' },
            { value: 'money', label: 'Money' },
          ]}
          value={state.show}
          allowDeselect={false}
          onChange={(value) => setState({ show: value === 'money' ? 'money' : 'orders' })}
        />
        <TextInput
          label="From"
          type="date"
          value={state.from ?? answer?.from ?? ''}
          onChange={(event) => setState({ from: event.currentTarget.value || undefined })}
        />
        <TextInput
          label="To"
          type="date"
          value={state.to ?? answer?.to ?? ''}
          onChange={(event) => setState({ to: event.currentTarget.value || undefined })}
        />
      </div>
      <QueryState query={comparison}>
        {(found) =>
          found.state === 'computing' ? (
            <ProgressBar label="Reading paths and solving the models" percent={null} />
          ) : (
            <Table comparison={found} show={state.show} />
          )
        }
      </QueryState>
    </div>
  );
}

function headline(answer: ModelComparison): string {
  if (answer.orders === 0) return 'No orders with a path yet';
  return `${formatPlural(answer.orders, 'order')}, ${formatCount(answer.severalTouches)} of them with more than one touch`;
}

function Table({ comparison, show }: { comparison: ModelComparison; show: 'orders' | 'money' }) {
  const { timeZone } = useWorkspace();
  const missing = new Set(comparison.missing.map((one) => one.model));
  const models = comparedModels.filter(
    (model) => !missing.has(model) && (show === 'orders' || model !== 'participation'),
  );
  return (
    <Section
      title={show === 'orders' ? 'Orders by model' : 'Money by model'}
      note={`${comparison.from} to ${comparison.to}, longest path ${formatPlural(comparison.longest, 'touch', 'touches')}`}
    >
      <DataTable
        label="Credit by model"
        columns={[whoColumn, ...models.map((model) => modelColumn(model, show))]}
        rows={comparison.rows}
        rowId={(row) => `${row.creator?.personId ?? ''} ${row.campaign?.id ?? ''} ${row.isRest ? 'rest' : ''}`}
        tall
        more={{
          empty: (
            <EmptyState icon={IconRoute} title="No orders with a path yet">
              Paths come from the clicks and codes that orders name. Nothing in this period has one.
            </EmptyState>
          ),
        }}
      />
      {comparison.missing.map((one) => (
        <p key={one.model} className="meta">
          {modelName(one.model)}: {one.why}
        </p>
      ))}
      <details>
        <summary>What the models say</summary>
        <dl className="trk-models">
          {comparedModels.map((model) => (
            <div key={model}>
              <dt>{modelName(model)}</dt>
              <dd>{modelWords[model].means}</dd>
            </div>
          ))}
        </dl>
        <p className="meta">
          Paths hold the clicks and codes that count by the rules, codes last. {formatCount(comparison.emptyPaths)}{' '}
          counted clicks that no order names are journeys that ended in nothing. Every model that is money sums to{' '}
          {comparison.totals.map((total) => formatMoney(total)).join(' and ') || 'nothing'}.
          {comparison.computedAt !== null && ` Computed ${formatDateTime(comparison.computedAt, timeZone)}.`}
        </p>
      </details>
    </Section>
  );
}

const whoColumn: TableColumn<Row> = {
  id: 'who',
  header: 'Creator',
  width: 200,
  cell: (row) => <Who creator={row.creator} none={row.isRest ? 'All others' : (row.campaign?.name ?? 'Nobody')} />,
};

function modelColumn(model: ComparedModel, show: 'orders' | 'money'): TableColumn<Row> {
  return {
    id: model,
    header: modelWords[model].head,
    align: 'end',
    width: show === 'orders' ? 74 : 112,
    ...(model === 'last'
      ? {}
      : model === 'linear' || model === 'shapley' || model === 'markov1'
        ? { from: 680 as const }
        : { from: 1240 as const }),
    cell: (row) => {
      const credit = row.models[model];
      if (credit === undefined) return null;
      return show === 'orders'
        ? formatDecimal(credit.orders, 1)
        : credit.credited.map((money) => formatMoney(money)).join(', ');
    },
  };
}
