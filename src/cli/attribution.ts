import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Client } from '#client/client.ts';
import {
  type CreditRun,
  cancelCreditRun,
  compareModels,
  explainOrder,
  getAttributionSettings,
  getCreditRun,
  getSeen,
  getTriangle,
  listCreditRuns,
  tryPolicy,
  updateAttributionSettings,
} from '#modules/attribution/api.ts';
import { campaignIdOf, type RuleOptions, readRules } from './attribution-rules.ts';
import { comparisonText, percent, policyText, runText, versionText, whyText } from './attribution-text.ts';
import { findCampaign, say } from './campaigns-find.ts';
import { type Cli, table } from './cli.ts';

const pauseMs = 500;
const pausesMax = 1200;

/** `attribution policy | try | set | runs | run | cancel | explain | compare | sides`: who is credited, why, and by other rules. */
export function registerAttribution(program: Command, cli: Cli): void {
  const noun = program.command('attribution').description('How orders are credited, and why');
  registerRules(noun, cli);
  registerRuns(noun, cli);
  registerAnswers(noun, cli);
  registerSeen(noun, cli);
}

function registerRules(noun: Command, cli: Cli): void {
  noun
    .command('policy')
    .description('the rules that hold, of the workspace and of campaigns that go their own way')
    .action(async () => {
      const client = await cli.client();
      cli.print(await client.call(getAttributionSettings, {}), ({ workspace, campaigns, history }) =>
        [workspace, ...campaigns]
          .map((version) => `${versionText(version)}\n  ${policyText(version.policy)}`)
          .concat(
            '',
            table(
              ['VERSION', 'OF', 'BY', 'AT', 'NOTE'],
              history.map((one) => [one.version, one.campaign?.name ?? 'workspace', one.madeBy, one.madeAt, one.note]),
            ),
          )
          .join('\n'),
      );
    });
  withRules(noun.command('try'))
    .description('decide every order by other rules without storing it: who would gain, who would lose')
    .action(async (options: RuleOptions) => {
      const client = await cli.client();
      const run = await client.call(tryPolicy, await readRules(client, options));
      cli.print(await waitForRun(client, run), runText);
    });
  withRules(noun.command('set'))
    .description('change the rules: a new version, by which every order is decided anew in the background')
    .option('--note <text>', 'why')
    .action(async (options: RuleOptions) => {
      const client = await cli.client();
      const input = await readRules(client, options);
      cli.print(await client.call(updateAttributionSettings, { ...input, note: options.note }), ({ version, run }) =>
        run === null
          ? `${versionText(version)} holds already; nothing changed.`
          : `${versionText(version)} holds now. Run ${run.id} decides the orders anew.`,
      );
    });
}

function withRules(command: Command): Command {
  return command
    .option('--campaign <id-or-name>', 'only for this campaign; the whole workspace when absent')
    .option('--file <file>', 'JSON with rules as "attribution policy --json" prints them; what is left out stays')
    .option('--model <model>', 'last, first, linear, position, split or time_decay')
    .option('--precedence <kinds>', 'such as code,link or customer,code,link')
    .option('--days <n>', 'days before an order in which a click counts')
    .option('--repeat-days <n>', "the same for a customer's later orders")
    .option('--together', 'codes and links stand in one path')
    .option('--follow', 'let the campaign follow the workspace again');
}

function registerRuns(noun: Command, cli: Cli): void {
  noun
    .command('runs')
    .description('runs that decided orders anew, newest first')
    .action(async () => {
      const client = await cli.client();
      cli.print(await client.call(listCreditRuns, {}), (rows) =>
        table(
          ['ID', 'KIND', 'OF', 'STATE', 'DONE', 'CHANGED', 'BY', 'AT'],
          rows.map((run) => [
            run.id,
            run.kind,
            run.campaign?.name ?? 'workspace',
            run.state,
            run.ordersDone,
            run.ordersChanged,
            run.madeBy,
            run.madeAt,
          ]),
        ),
      );
    });
  noun
    .command('run')
    .description('one run: how far it is, who gained and who lost')
    .argument('<id>', 'the run')
    .option('--wait', 'until it has ended')
    .action(async (runId: string, options: { wait?: boolean }) => {
      const client = await cli.client();
      const run = await client.call(getCreditRun, { runId });
      cli.print(options.wait === true ? await waitForRun(client, run) : run, runText);
    });
  noun
    .command('cancel')
    .description('stop a run; orders it has not reached keep the version they were decided by')
    .argument('<id>', 'the run')
    .action(async (runId: string) => {
      const client = await cli.client();
      cli.print(await client.call(cancelCreditRun, { runId }), runText);
    });
}

function registerAnswers(noun: Command, cli: Cli): void {
  noun
    .command('explain')
    .description('why this creator: the rule that won, the touches that lost, and every change since')
    .argument('<order-id>', 'id of the order, from "orders list"')
    .action(async (orderId: string) => {
      const client = await cli.client();
      cli.print(await client.call(explainOrder, { orderId }), whyText);
    });
  noun
    .command('compare')
    .description("every model beside each other on the workspace's own paths")
    .option('--from <day>', '90 days before the last day when absent')
    .option('--to <day>', 'today when absent')
    .option('--by <what>', 'creator or campaign', 'creator')
    .option('--campaign <id-or-name>', 'only touches of this campaign')
    .action(async (options: { from?: string; to?: string; by: 'creator' | 'campaign'; campaign?: string }) => {
      const client = await cli.client();
      const { from, to, by } = options;
      const input = { from, to, by, campaignId: await campaignIdOf(client, options.campaign) };
      let answer = await client.call(compareModels, input);
      for (let pause = 0; answer.state === 'computing' && pause < pausesMax; pause += 1) {
        await sleep(pauseMs);
        answer = await client.call(compareModels, input);
      }
      cli.print(answer, comparisonText);
    });
  noun
    .command('sides')
    .description('what is tracked, what customers said and what a hold-out shows for a campaign; never added')
    .argument('<campaign>', 'id or name')
    .option('--from <day>', '90 days before the last day when absent')
    .option('--to <day>', 'today when absent')
    .action(async (campaign: string, options: { from?: string; to?: string }) => {
      const client = await cli.client();
      const { id } = await findCampaign(client, campaign);
      cli.print(await client.call(getTriangle, { campaignId: id, ...options }), ({ tracked, said, incremental }) =>
        [
          `tracked      ${tracked.orders} orders, ${tracked.credited.map(say).join(', ') || 'no money'}, of ${tracked.allOrders} paid orders in all`,
          `said         ${said.named} of ${said.answers} answers name a creator${said.share === null ? '; not enough data for a share' : ` (${percent(said.share)}, 95 % interval ${percent(said.low)} to ${percent(said.high)})`}`,
          ...(incremental.length === 0 ? ['incremental  no hold-out has ended'] : []),
          ...incremental.map(
            (one) =>
              `incremental  ${one.total.toFixed(2)} ${one.currency ?? ''} ${one.outcome} in ${one.arm}, 95 % interval ${one.low.toFixed(2)} to ${one.high.toFixed(2)}`,
          ),
        ].join('\n'),
      );
    });
}

/** `attribution seen`: what no click and no code paid for. */
function registerSeen(noun: Command, cli: Cli): void {
  noun
    .command('seen')
    .description('what may have been seen without a click or a code in time; kept apart from paid credit')
    .argument('<campaign>', 'id or name')
    .option('--from <day>', '90 days before the last day when absent')
    .option('--to <day>', 'today when absent')
    .option('--post-days <n>', 'days looked at after and before each post', Number, 3)
    .action(async (campaign: string, options: { from?: string; to?: string; postDays: number }) => {
      const client = await cli.client();
      const { id } = await findCampaign(client, campaign);
      cli.print(await client.call(getSeen, { campaignId: id, ...options }), (seen) =>
        [
          table(
            ['CREATOR', 'TOO LATE', 'SAID'],
            seen.creators.map((row) => [row.creator?.name ?? null, row.late, row.said]),
          ),
          '',
          table(
            ['POST', 'CREATOR', 'LIVE', 'AFTER', 'BEFORE', 'OTHER POSTS', 'DIFFERENCE'],
            seen.posts.map((post) => [
              post.title,
              post.creator?.name ?? null,
              post.liveAt,
              post.after,
              post.before,
              post.others,
              post.difference === null
                ? post.why
                : `${post.difference.orders} (${post.difference.low.toFixed(1)} to ${post.difference.high.toFixed(1)})`,
            ]),
          ),
        ].join('\n'),
      );
    });
}

/** The rules asked for: those that hold now with what the options say laid over them. */
async function waitForRun(client: Client, begun: CreditRun): Promise<CreditRun> {
  let run = begun;
  for (let pause = 0; (run.state === 'waiting' || run.state === 'running') && pause < pausesMax; pause += 1) {
    await sleep(pauseMs);
    run = await client.call(getCreditRun, { runId: run.id });
  }
  return run;
}
