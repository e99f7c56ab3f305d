import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import {
  type Automation,
  dryRunAutomation,
  listAutomationRuns,
  listAutomations,
  runStates,
  switchAutomation,
} from '#modules/automations/api.ts';
import { type Cli, table } from './cli.ts';

/** `automations list | run | log | on | off`. */
export function registerAutomations(program: Command, cli: Cli): void {
  const noun = program.command('automations').description('what happens by itself, and what it did');
  noun
    .command('list')
    .description('automations with their runs of the last 30 days')
    .action(async () => {
      const answer = await (await cli.client()).call(listAutomations, {});
      cli.print(answer, ({ rows }) =>
        table(
          ['NAME', 'STATE', 'WHEN', 'DOES', 'DONE', 'FAILED', 'WAITING', 'ID'],
          rows.map((row) => [
            row.name,
            row.state,
            row.trigger,
            row.actions.map((use) => use.action).join(', '),
            row.runs.done,
            row.runs.failed,
            row.runs.waiting,
            row.id,
          ]),
        ),
      );
    });
  registerRun(noun, cli);
  noun
    .command('log')
    .description('what automations did and why, newest first')
    .argument('[automation]', 'id or name; all when left out')
    .option('--state <state>', `one of ${runStates.join(', ')}`)
    .option('--limit <n>', 'at most so many', '30')
    .action(async (name: string | undefined, options: { state?: string; limit: string }) => {
      const client = await cli.client();
      const automationId = name === undefined ? undefined : (await find(client, name)).id;
      const page = await client.call(listAutomationRuns, {
        limit: Number(options.limit),
        ...(automationId === undefined ? {} : { automationId }),
        ...(options.state === undefined ? {} : { state: readState(options.state) }),
      });
      cli.print(page, ({ rows }) =>
        table(
          ['WHEN', 'AUTOMATION', 'STATE', 'DID', 'BECAUSE'],
          rows.map((run) => [
            run.happenedAt,
            run.automationName,
            run.state,
            run.steps.map((step) => step.said || step.action).join('; '),
            run.because,
          ]),
        ),
      );
    });
  for (const state of ['on', 'off'] as const)
    noun
      .command(state)
      .description(state === 'on' ? 'turn an automation on' : 'turn an automation off; what waits is dropped')
      .argument('<automation>', 'id or name')
      .action(async (name: string) => {
        const client = await cli.client();
        const { id: automationId } = await find(client, name);
        const changed = await client.call(switchAutomation, { automationId, isOn: state === 'on' });
        cli.print(changed, (row) => `“${row.name}” is ${row.state}.`);
      });
}

function registerRun(noun: Command, cli: Cli): void {
  noun
    .command('run')
    .description('try an automation on what happened lately; nothing is done')
    .argument('<automation>', 'id or name of one that is kept, or a file with trigger, conditions and actions as JSON')
    .requiredOption('--dry-run', 'say what it would have done; automations run by themselves when they are on')
    .option('--limit <n>', 'the newest so many things that happened', '20')
    .action(async (name: string, options: { limit: string }) => {
      const client = await cli.client();
      const { trigger, conditions, actions } = name.endsWith('.json')
        ? await readContent(name)
        : await find(client, name);
      const content = dryRunAutomation.input.safeParse({ trigger, conditions, actions, limit: Number(options.limit) });
      if (!content.success) {
        const [issue] = content.error.issues;
        const message = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not as expected'}`;
        throw new AppError('invalid', 'cli.bad_automation', `${name}: ${message}`);
      }
      const answer = await client.call(dryRunAutomation, content.data);
      cli.print(answer, ({ seen, wouldRun, rows }) =>
        [
          `Would have run ${wouldRun} of ${seen} times. Nothing was done.`,
          table(
            ['WHEN', 'ABOUT', 'WOULD RUN', 'WHY', 'WOULD DO'],
            rows.map((row) => [
              row.happenedAt,
              row.about,
              row.wouldRun ? 'yes' : 'no',
              row.because,
              row.actions.map((action) => action.says).join('; '),
            ]),
          ),
        ].join('\n'),
      );
    });
}

interface Content {
  trigger: unknown;
  conditions: unknown;
  actions: unknown;
}

async function readContent(file: string): Promise<Content> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new AppError('invalid', 'cli.not_readable', `${file} cannot be read. Give a file that is there.`);
  });
  try {
    const { trigger, conditions, actions } = JSON.parse(text) as Content;
    return { trigger, conditions, actions };
  } catch {
    throw new AppError('invalid', 'cli.not_json', `${file} is no JSON object with trigger, conditions and actions.`);
  }
}

function readState(text: string): (typeof runStates)[number] {
  const state = runStates.find((one) => one === text);
  if (state !== undefined) return state;
  throw new AppError('invalid', 'cli.unknown_state', `--state: there is no "${text}". Use ${runStates.join(', ')}.`);
}

async function find(client: Client, idOrName: string): Promise<Automation> {
  const { rows } = await client.call(listAutomations, {});
  const found = rows.find((row) => row.id === idOrName || row.name.toLowerCase() === idOrName.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new AppError('not_found', 'not_found', `There is no automation "${idOrName}".`);
}
