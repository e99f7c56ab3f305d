import type { Command } from 'commander';
import type { Client } from '#client/client.ts';
import { addDays, dayIn } from '#kernel/time.ts';
import { addGoal, type Campaign, campaignModels, createCampaign, type Goal } from '#modules/campaigns/api.ts';
import { registerContent } from './campaign-content.ts';
import { type GoalOptions, readGoalOptions } from './campaign-goals.ts';
import { readModelOption, registerModels } from './campaign-models.ts';
import { registerPlan } from './campaign-plan.ts';
import { registerRoster } from './campaign-roster.ts';
import { allCampaigns, findCampaign, say } from './campaigns-find.ts';
import { type Cli, table } from './cli.ts';
import { readMoneyOption } from './read-money-option.ts';

const defaultDays = 41;

/** `campaigns list|create|get`, `campaigns goal add`, `campaigns models …`, `campaigns roster …`, `campaigns calendar`, `campaigns deliverables …`, `campaigns results import`. */
export function registerCampaigns(program: Command, cli: Cli): void {
  const noun = program.command('campaigns').description('Goals, briefs, creators and content of campaigns');
  noun
    .command('list')
    .description('all campaigns, newest first')
    .option('--query <text>', 'part of the name')
    .action(async (options: { query?: string }) => {
      cli.print({ rows: await allCampaigns(await cli.client(), options.query) }, ({ rows }) =>
        table(
          ['id', 'name', 'state', 'starts', 'ends', 'creators', 'spent', 'budget'],
          rows.map((row) => [
            row.id,
            row.name,
            row.state,
            row.startsOn,
            row.endsOn,
            row.roster.creators,
            say(row.budget.spent),
            row.budget.total === null ? null : say(row.budget.total),
          ]),
        ),
      );
    });
  noun
    .command('create')
    .description('plan a campaign')
    .requiredOption('--name <name>', 'its name')
    .option('--model <model>', `one of ${campaignModels.join(', ')}, or a model of your own by id or name`, 'sponsored')
    .option('--starts <day>', 'first day, YYYY-MM-DD; today when left out')
    .option('--ends <day>', `last day; ${defaultDays} days in all when left out`)
    .option('--budget <amount>', 'such as "8400 EUR"')
    .option('--currency <code>', "ISO 4217; the budget's, else the workspace's when left out")
    .option('--landing-url <url>', 'where links of the campaign lead')
    .action(async (options: CreateOptions) => {
      cli.print(await create(await cli.client(), options), (campaign) => campaignText(campaign));
    });
  noun
    .command('get')
    .description('one campaign with goals, budget and counts')
    .argument('<campaign>', 'id or name')
    .action(async (campaign: string) => {
      cli.print(await findCampaign(await cli.client(), campaign), (found) => campaignText(found));
    });
  registerGoals(noun, cli);
  registerModels(noun, cli);
  registerRoster(noun, cli);
  registerPlan(noun, cli);
  registerContent(noun, cli);
}

interface CreateOptions {
  name: string;
  model: string;
  starts?: string;
  ends?: string;
  budget?: string;
  currency?: string;
  landingUrl?: string;
}

async function create(client: Client, options: CreateOptions): Promise<Campaign> {
  const startsOn = options.starts ?? dayIn('UTC', new Date());
  return client.call(createCampaign, {
    name: options.name,
    ...(await readModelOption(client, options.model)),
    startsOn,
    endsOn: options.ends ?? addDays(startsOn, defaultDays - 1),
    budget: readMoneyOption('--budget', options.budget, options.currency ?? null),
    ...(options.currency === undefined ? {} : { currency: options.currency }),
    landingUrl: options.landingUrl ?? null,
  });
}

function registerGoals(noun: Command, cli: Cli): void {
  noun
    .command('goal')
    .description('what a campaign is to reach')
    .command('add')
    .description(
      'add a goal, in words ("500 orders by 2026-05-31") or by options; a vague one is refused with a proposal',
    )
    .argument('<campaign>', 'id or name')
    .argument('[words...]', 'the goal in words')
    .option('--metric <metric>', 'what is counted')
    .option('--target <value>', 'how many; for money such as "12000 EUR", for shares such as "3.4%"')
    .option('--by <day>', 'due day, YYYY-MM-DD')
    .option('--main', 'make it the main goal')
    .action(async (campaign: string, words: string[], options: GoalOptions) => {
      const client = await cli.client();
      const { id, currency } = await findCampaign(client, campaign);
      const goal = await client.call(addGoal, {
        campaignId: id,
        ...readGoalOptions(words.join(' '), options, currency),
      });
      cli.print(goal, goalText);
    });
}

function sayValue(value: Goal['target']): string {
  return typeof value === 'object' ? say(value) : String(value);
}

function goalText(goal: Goal): string {
  return `${goal.label}: ${sayValue(goal.target)} by ${goal.dueOn}${goal.isMain ? ' (main)' : ''}, measured by ${goal.source}`;
}

function campaignText(campaign: Campaign): string {
  const { budget, roster } = campaign;
  return [
    `${campaign.id}  ${campaign.name}  (${campaign.state})`,
    `${campaign.startsOn} to ${campaign.endsOn}, ${campaign.modelName}`,
    `Budget   ${budget.total === null ? 'none' : say(budget.total)}; paid ${say(budget.paid)}, due ${say(budget.due)}, committed ${say(budget.committed)}${budget.over === null ? '' : `; over by ${say(budget.over)}`}`,
    `Roster   ${roster.creators} creators, ${roster.waitForUs} wait for you, ${roster.waitForCreator} for a creator, ${roster.late} late`,
    `Content  ${roster.live} of ${roster.deliverables} live`,
    ...campaign.goals.map((goal) => `Goal     ${goalText(goal)}`),
  ].join('\n');
}
