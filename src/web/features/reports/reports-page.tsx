import { Button } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { getOverview, type Overview } from '#modules/reports/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useGo } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatDecimal, formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { OverviewFilters } from './overview-filters.tsx';
import { overviewSearch } from './overview-search.ts';
import { OverviewTable } from './overview-table.tsx';
import { OverviewTotals } from './overview-totals.tsx';
import './reports.css';

/** All campaigns side by side: what was spent, what it earned, which goals stand. */
export function ReportsPage() {
  const mayRead = useCan('reports:read');
  const [state, setState] = useSearchState(overviewSearch);
  const isSpan = state.from === undefined || state.to === undefined || state.from <= state.to;
  const query = useApiQuery(
    getOverview,
    {
      ...(state.q !== '' && { query: state.q }),
      ...(state.states.length > 0 && { states: state.states }),
      ...(state.from !== undefined && isSpan && { from: state.from }),
      ...(state.to !== undefined && isSpan && { to: state.to }),
    },
    { keepPrevious: true, enabled: mayRead },
  );
  const isFiltered = state.q !== '' || state.states.length > 0 || state.from !== undefined || state.to !== undefined;
  if (!mayRead) {
    return (
      <div className="page">
        <PageHeader title="Reports" />
        <EmptyState title="Your role does not read reports">Ask an owner or admin for it.</EmptyState>
      </div>
    );
  }
  if (query.data !== undefined && query.data.rows.length === 0 && !isFiltered) return <NoCampaigns />;
  return (
    <div className="page">
      <PageHeader
        title={query.data === undefined ? 'Reports' : titleOf(query.data)}
        sub={query.data && subOf(query.data)}
      />
      <OverviewFilters state={state} setState={setState} isSpan={isSpan} />
      {query.error ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          {query.data !== undefined && query.data.totals.length > 0 && <OverviewTotals overview={query.data} />}
          <OverviewTable overview={query.data} state={state} setState={setState} />
        </>
      )}
    </div>
  );
}

function NoCampaigns() {
  const go = useGo();
  return (
    <div className="page">
      <PageHeader title="Nothing to report yet" />
      <EmptyState
        icon={IconChartBar}
        title="No campaign so far"
        action={
          <Button variant="filled" onClick={() => go('/campaigns')}>
            Plan a campaign
          </Button>
        }
      >
        Give a campaign a goal, a budget and links. What it brings is reported here from the first click on.
      </EmptyState>
    </div>
  );
}

/** "Spent € 12,300 on 4 campaigns, earned € 30,100: return 2.45" for the currency most campaigns are in. */
function titleOf(overview: Overview): string {
  const [main, ...others] = overview.totals;
  if (main === undefined) return 'No campaign matches';
  const more = others.length === 0 ? '' : `, others in ${others.map((total) => total.currency).join(', ')}`;
  if (main.spent.value === null) return `${formatPlural(main.campaigns, 'campaign')}, no cost entered yet${more}`;
  const spent = `Spent ${formatMoney(main.spent.value, { short: true })} on ${formatPlural(main.campaigns, 'campaign')}`;
  if (main.earned.value === null) return `${spent}, sales not measured${more}`;
  const earned = `earned ${formatMoney(main.earned.value, { short: true })}`;
  return `${spent}, ${earned}${main.roas.value === null ? '' : `: return ${formatDecimal(main.roas.value, 2)}`}${more}`;
}

function subOf(overview: Overview): string {
  const { goals, matched, rows } = overview;
  const open = (goals.on_pace ?? 0) + (goals.behind ?? 0);
  const parts = [
    `${formatPlural(goals.met ?? 0, 'goal')} met`,
    `${goals.missed ?? 0} missed`,
    `${open} running, ${goals.behind ?? 0} of them behind`,
  ];
  const cut = matched > rows.length ? ` The newest ${rows.length} of ${matched} are shown.` : '';
  return `${parts.join(', ')}.${cut}`;
}
