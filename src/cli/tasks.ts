import type { Command } from 'commander';
import { addTask, listTasks, type Task, updateTask } from '#modules/campaigns/api.ts';
import { listWork } from '#modules/today/api.ts';
import { findCampaign } from './campaigns-find.ts';
import { type Cli, table } from './cli.ts';

/** `tasks list|work|add|done|reopen`. */
export function registerTasks(program: Command, cli: Cli): void {
  const noun = program.command('tasks').description('What waits for members, and tasks written down by hand');
  noun
    .command('work')
    .description('everything that waits: tasks, reviews, deadlines, answers; the most urgent first')
    .action(async () => {
      const client = await cli.client();
      cli.print(await client.call(listWork, {}), ({ rows }) =>
        table(
          ['when', 'kind', 'what', 'of'],
          rows.map((row) => [row.due === '' ? row.tier : row.due, row.kind, row.title, row.detail]),
        ),
      );
    });
  noun
    .command('list')
    .description('tasks written down by hand')
    .option('--done', 'those ticked off instead')
    .action(async (options: { done?: boolean }) => {
      const client = await cli.client();
      const rows = await client.call(listTasks, { done: options.done === true });
      cli.print({ rows }, (answer) =>
        table(
          ['id', 'due', 'what', 'campaign', 'who'],
          answer.rows.map((row) => [
            row.id,
            row.dueOn,
            row.title,
            row.campaign?.name ?? null,
            row.person?.name ?? null,
          ]),
        ),
      );
    });
  noun
    .command('add')
    .description('write a task down')
    .argument('<what>')
    .option('--due <day>', 'such as 2026-05-31')
    .option('--owner <user-id>', 'who does it; nobody when left out')
    .option('--campaign <campaign>', 'id or name')
    .action(async (title: string, options: { due?: string; owner?: string; campaign?: string }) => {
      const client = await cli.client();
      const campaign = options.campaign === undefined ? null : await findCampaign(client, options.campaign);
      const task = await client.call(addTask, {
        title,
        dueOn: options.due ?? null,
        campaignId: campaign?.id ?? null,
        ...(options.owner === undefined ? {} : { ownerId: options.owner }),
      });
      cli.print(task, sayTask);
    });
  for (const [name, isDone, description] of [
    ['done', true, 'tick a task off'],
    ['reopen', false, 'open a task again'],
  ] as const) {
    noun
      .command(name)
      .description(description)
      .argument('<task-id>')
      .action(async (taskId: string) => {
        const client = await cli.client();
        cli.print(await client.call(updateTask, { taskId, isDone }), sayTask);
      });
  }
}

function sayTask(task: Task): string {
  const state = task.doneAt === null ? (task.dueOn === null ? 'open' : `due ${task.dueOn}`) : 'done';
  return `${task.id} ${state}: ${task.title}`;
}
