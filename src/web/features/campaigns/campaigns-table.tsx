import type { Campaign } from '#modules/campaigns/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useGo } from '#web/shell/use-go.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { Money } from '#web/ui/money.tsx';
import { Status } from '#web/ui/status.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import type { MeasuredGoal } from './use-campaign.ts';
import { sayBareValue, sayDay, sayGoalValue, stateNames, stateTones } from './words.ts';

interface Props {
  rows: readonly Campaign[];
  actuals: ReadonlyMap<string, MeasuredGoal>;
}

export function CampaignsTable({ rows, actuals }: Props) {
  const go = useGo();
  const columns: TableColumn<Campaign>[] = [
    {
      id: 'name',
      header: 'Campaign',
      cell: (row) => (
        <AppLink to="/campaigns/$campaignId/roster" params={{ campaignId: row.id }}>
          {row.name}
        </AppLink>
      ),
    },
    {
      id: 'state',
      header: 'State',
      width: 92,
      cell: (row) => <Status tone={stateTones[row.state]}>{stateNames[row.state]}</Status>,
    },
    { id: 'model', header: 'Model', width: 150, from: 1240, cell: (row) => row.modelName },
    {
      id: 'dates',
      header: 'Dates',
      width: 190,
      from: 900,
      cell: (row) => `${sayDay(row.startsOn, row.endsOn)} to ${sayDay(row.endsOn)}`,
    },
    { id: 'goal', header: 'Main goal', width: 220, cell: (row) => goalText(row, actuals) },
    { id: 'creators', header: 'Creators', width: 84, align: 'end', from: 680, cell: (row) => row.roster.creators },
    { id: 'late', header: 'Late', width: 64, align: 'end', from: 680, cell: (row) => row.roster.late },
    {
      id: 'spent',
      header: 'Paid, due or agreed',
      width: 140,
      align: 'end',
      from: 680,
      cell: (row) => <Money value={row.budget.spent} short />,
    },
    {
      id: 'budget',
      header: 'Budget',
      width: 110,
      align: 'end',
      from: 900,
      cell: (row) => (row.budget.total === null ? 'none' : formatMoney(row.budget.total, { short: true })),
    },
  ];
  return (
    <DataTable
      label="Campaigns"
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      more={{ onOpen: (row) => go('/campaigns/$campaignId/roster', { params: { campaignId: row.id } }) }}
    />
  );
}

function goalText(row: Campaign, actuals: Props['actuals']): string {
  const [main] = row.goals;
  if (main === undefined) return 'none';
  const actual = actuals.get(main.id)?.actual ?? null;
  const target = sayGoalValue(main.target, main.metric);
  return actual === null ? `${target}, not measured yet` : `${sayBareValue(actual, main.metric)} of ${target}`;
}
