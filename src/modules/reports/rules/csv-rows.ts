import { formatAmount, fromMoneyJson } from '#kernel/money.ts';
import { platformNames } from '#kernel/platform.ts';
import type { CampaignReport, CreatorRow, MoneyCell } from '../api.ts';

/** The table per creator as rows of text for a spreadsheet: units in the heads, an empty cell where there is no figure, and why in the last column. */
export function csvRows(report: CampaignReport): string[][] {
  const { currency } = report.campaign;
  const heads = [
    'Creator',
    'Handle',
    'Platform',
    'Stage',
    'Posts live',
    'Posts planned',
    `Cost, ${currency}`,
    'Clicks, counted',
    'Orders',
    'Orders by code',
    'Orders by link',
    `Revenue net of refunds, ${currency}`,
    'Return, revenue / cost',
    'Return 80 % low',
    'Return 80 % high',
    `Cost per order, ${currency}`,
    'Engagements, measured',
    'Notes',
  ];
  const rows = report.unassigned === null ? report.creators : [...report.creators, report.unassigned];
  return [heads, ...rows.map(csvRow), csvTotal(report)];
}

function csvRow(row: CreatorRow): string[] {
  return [
    row.person?.name ?? 'Belongs to no creator',
    row.person?.handle ?? '',
    row.person?.platform ? platformNames[row.person.platform] : '',
    row.isRemoved ? 'Removed' : (row.stageLabel ?? ''),
    String(row.postsLive),
    String(row.postsPlanned),
    amount(row.cost),
    count(row.clicks.value),
    count(row.orders.value),
    String(row.byCode),
    String(row.byLink),
    amount(row.revenue),
    decimal(row.roas.value),
    decimal(row.roas.interval?.low ?? null),
    decimal(row.roas.interval?.high ?? null),
    amount(row.cpa),
    count(row.engagements.value),
    notesOf(row),
  ];
}

function csvTotal(report: CampaignReport): string[] {
  const { cost, traffic, sales, returns, content, creators } = report;
  const live = report.deliverables.filter((row) => row.state === 'live').length;
  return [
    'Whole campaign',
    '',
    '',
    '',
    String(live),
    String(report.deliverables.length),
    amount(cost.total),
    count(traffic.clicks.value),
    count(sales.orders.value),
    String(sales.ordersByCode),
    String(sales.ordersByLink),
    amount(sales.revenue),
    decimal(returns.roas.value),
    decimal(returns.roas.interval?.low ?? null),
    decimal(returns.roas.interval?.high ?? null),
    amount(returns.cpa),
    count(content.engagements.value),
    [`${creators.length} creators`, report.answer.text, ...report.answer.remarks].join(' '),
  ];
}

function notesOf(row: CreatorRow): string {
  const gaps: [string, string | null][] = [
    ['cost', row.cost.reason],
    ['clicks', row.clicks.reason],
    ['return', row.roas.reason ?? row.roas.intervalReason],
    ['engagements', row.engagements.reason],
  ];
  return [row.why, ...gaps.flatMap(([name, reason]) => (reason === null ? [] : [`${name}: ${reason}`]))].join('; ');
}

const count = (value: number | null) => (value === null ? '' : String(value));
const decimal = (value: number | null) => (value === null ? '' : value.toFixed(2));
const amount = (cell: { value: MoneyCell['value'] }) =>
  cell.value === null ? '' : formatAmount(fromMoneyJson(cell.value));
