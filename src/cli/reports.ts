import type { Command } from 'commander';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import { formatAmount, fromMoneyJson, type MoneyJson } from '#kernel/money.ts';
import { type CampaignState, campaignStateSchema, campaignStates, listCampaigns } from '#modules/campaigns/api.ts';
import {
  type CampaignReport,
  exportCampaignCsv,
  exportCampaignPdf,
  getCampaignReport,
  getOverview,
  type MoneyCell,
  type Overview,
} from '#modules/reports/api.ts';
import { type Cli, table } from './cli.ts';
import { writeOut } from './write-out.ts';

interface OverviewOptions {
  query?: string;
  states?: string;
  from?: string;
  to?: string;
}

/** `reports campaign | overview | export`. */
export function registerReports(program: Command, cli: Cli): void {
  const noun = program.command('reports').description('What campaigns brought, with the formula of every figure');

  noun
    .command('campaign')
    .description('the results of one campaign')
    .argument('<campaign>', 'id or name of the campaign')
    .action(async (campaign: string) => {
      const client = await cli.client();
      const campaignId = await campaignIdOf(client, campaign);
      cli.print(await client.call(getCampaignReport, { campaignId }), reportText);
    });

  noun
    .command('overview')
    .description('all campaigns side by side')
    .option('--query <text>', 'part of the name')
    .option('--states <states>', `of ${campaignStates.join(', ')}, set off by commas; all but archived when absent`)
    .option('--from <day>', 'campaigns that ran on this day or later, such as 2026-05-01')
    .option('--to <day>', 'campaigns that ran on this day or earlier')
    .action(async (options: OverviewOptions) => {
      const client = await cli.client();
      const { query, states, from, to } = options;
      const overview = await client.call(getOverview, {
        ...(query !== undefined && { query }),
        ...(states !== undefined && { states: readStates(states) }),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
      });
      cli.print(overview, overviewText);
    });

  noun
    .command('export')
    .description('write the results of a campaign to a file')
    .argument('<campaign>', 'id or name of the campaign')
    .option('--format <format>', 'csv (a row per creator) or pdf (the whole report)', 'csv')
    .requiredOption('--out <file>', 'where to write it; a file that is there is replaced')
    .action(async (campaign: string, options: { format: string; out: string }) => {
      const endpoint = endpointOf(options.format);
      const client = await cli.client();
      const campaignId = await campaignIdOf(client, campaign);
      const answer = await client.open(endpoint, { campaignId });
      const bytes = Buffer.from(await answer.arrayBuffer());
      await writeOut(options.out, bytes);
      const done = { campaignId, format: options.format, file: options.out, bytes: bytes.byteLength };
      cli.print(done, ({ file }) => `Written to ${file}.`);
    });
}

function endpointOf(format: string) {
  if (format === 'csv') return exportCampaignCsv;
  if (format === 'pdf') return exportCampaignPdf;
  throw new AppError('invalid', 'cli.unknown_format', `--format: there is no format "${format}". Use csv or pdf.`);
}

function readStates(text: string): CampaignState[] {
  return text.split(',').map((word) => {
    const state = campaignStateSchema.safeParse(word.trim());
    if (state.success) return state.data;
    throw new AppError(
      'invalid',
      'cli.unknown_state',
      `--states: there is no state "${word.trim()}". Use ${campaignStates.join(', ')}.`,
    );
  });
}

/** The id of the campaign with this id or exact name. Names need not be unique: two of one name are told apart by id. */
async function campaignIdOf(client: Client, campaign: string): Promise<string> {
  const wanted = campaign.trim().toLowerCase();
  const { rows } = await client.call(listCampaigns, { query: campaign.trim().slice(0, 120), limit: 500 });
  const named = rows.filter((row) => row.name.toLowerCase() === wanted);
  const [only, another] = named;
  if (only !== undefined && another === undefined) return only.id;
  if (only === undefined) return campaign;
  const ids = named.map((row) => row.id).join(', ');
  throw new AppError(
    'invalid',
    'cli.many_campaigns',
    `${named.length} campaigns are called "${campaign}". Name one by id: ${ids}.`,
  );
}

const money = (value: MoneyJson | null) =>
  value === null ? null : `${formatAmount(fromMoneyJson(value))} ${value.currency}`;
const cell = (of: MoneyCell) => money(of.value);

function reportText(report: CampaignReport): string {
  const { answer, goals, creators, unassigned, funnel } = report;
  const rows = unassigned === null ? creators : [...creators, unassigned];
  const sayValue = (value: CampaignReport['goals'][number]['actual']) =>
    value === null ? null : typeof value === 'number' ? value : money(value);
  return [
    report.campaign.name,
    answer.text,
    ...answer.remarks,
    '',
    table(
      ['GOAL', 'NOW', 'EXPECTED', 'TARGET', 'STANDS'],
      goals.map((goal) => [
        goal.label,
        sayValue(goal.actual),
        sayValue(goal.expectedToday),
        sayValue(goal.target),
        goal.reason ?? goal.status.replaceAll('_', ' '),
      ]),
    ),
    '',
    table(
      ['STEP', 'COUNT', 'RATE'],
      funnel.map((step) => [
        step.label,
        step.count,
        step.rate === null ? (step.reason ?? step.rateReason) : `${(step.rate * 100).toFixed(1)} % of ${step.rateOf}`,
      ]),
    ),
    '',
    table(
      ['CREATOR', 'POSTS', 'COST', 'CLICKS', 'ORDERS', 'REVENUE', 'RETURN', 'WHY'],
      rows.map((row) => [
        row.person?.name ?? '(no creator)',
        row.postsLive,
        cell(row.cost),
        row.clicks.value,
        row.orders.value,
        cell(row.revenue),
        row.roas.value,
        row.why,
      ]),
    ),
  ].join('\n');
}

function overviewText(overview: Overview): string {
  return [
    table(
      ['CAMPAIGN', 'STATE', 'FROM', 'TO', 'COST', 'REVENUE', 'RETURN', 'ORDERS', 'GOALS MET', 'ID'],
      overview.rows.map((row) => [
        row.campaign.name,
        row.campaign.state,
        row.campaign.startsOn,
        row.campaign.endsOn,
        cell(row.cost),
        cell(row.revenue),
        row.roas.value,
        row.orders.value,
        `${row.goals.filter((goal) => goal.status === 'met').length} of ${row.goals.length}`,
        row.campaign.id,
      ]),
    ),
    ...overview.totals.map(
      (total) =>
        `${total.currency}: ${total.campaigns} campaigns, spent ${cell(total.spent) ?? total.spent.reason}, earned ${cell(total.earned) ?? total.earned.reason}, return ${total.roas.value ?? total.roas.reason}`,
    ),
  ].join('\n');
}
