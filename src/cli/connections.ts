import { type Command, Option } from 'commander';
import { AppError } from '#kernel/errors.ts';
import {
  type Connection,
  type ConnectionPlatform,
  connectionPlatforms,
  connectPlatform,
  disconnectPlatform,
  listConnections,
  listConnectionTasks,
  syncConnection,
  testConnection,
} from '#modules/creators/api.ts';
import { type Cli, table } from './cli.ts';

/** `connections list | connect | test | sync | tasks | disconnect`: platforms that fill the index by themselves. */
export function registerConnections(program: Command, cli: Cli): void {
  const noun = program
    .command('connections')
    .description(`Platforms creators are read from: ${connectionPlatforms.join(', ')}. All are off until connected`);
  registerList(noun, cli);
  registerConnect(noun, cli);
  registerSync(noun, cli);

  noun
    .command('test')
    .description('ask the platform once whether the connection works')
    .argument('<platform>')
    .action(async (platform: string) => {
      const client = await cli.client();
      const answer = await client.call(testConnection, { platform: platformOf(platform) });
      cli.print(answer, ({ message }) => message);
    });

  noun
    .command('disconnect')
    .description('forget the key and what waits to be read; what was read stays')
    .argument('<platform>')
    .action(async (platform: string) => {
      const client = await cli.client();
      await client.call(disconnectPlatform, { platform: platformOf(platform) });
      cli.print({ platform, state: 'off' }, () => `${platform} is off`);
    });
}

function registerList(noun: Command, cli: Cli): void {
  noun
    .command('list')
    .description('what each platform needs, its state, its quota, and what is to be read')
    .action(async () => {
      const client = await cli.client();
      const rows = await client.call(listConnections, {});
      cli.print(rows, (connections) =>
        table(
          ['PLATFORM', 'STATE', 'WAITING', 'DONE', 'FAILED', 'QUOTA TODAY', 'NEEDS', 'MESSAGE'],
          connections.map((one) => [
            one.platform,
            one.state,
            one.tasks.waiting,
            one.tasks.done,
            one.tasks.failed,
            one.quota === null ? '' : `${one.quota.used}/${one.quota.limit}`,
            needsOf(one),
            one.message ?? '',
          ]),
        ),
      );
    });

  noun
    .command('tasks')
    .description('what was asked of a platform, newest first, and what went wrong')
    .argument('<platform>')
    .addOption(new Option('--state <state>').choices(['waiting', 'done', 'failed']))
    .option('--limit <n>', 'rows, at most 500', '50')
    .action(async (platform: string, options: { state?: 'waiting' | 'done' | 'failed'; limit: string }) => {
      const client = await cli.client();
      const page = await client.call(listConnectionTasks, {
        platform: platformOf(platform),
        limit: Number(options.limit),
        ...(options.state === undefined ? {} : { state: options.state }),
      });
      cli.print(page, ({ rows }) =>
        table(
          ['KIND', 'TARGET', 'STATE', 'POSTS', 'COMMENTS', 'MISSING', 'MESSAGE'],
          rows.map((row) => [
            row.kind,
            row.target,
            row.state,
            row.counts.posts ?? 0,
            row.counts.comments ?? 0,
            row.missing.map((one) => one.field).join(', '),
            row.message ?? '',
          ]),
        ),
      );
    });
}

function needsOf({ about }: Connection): string {
  return about.fields.map((field) => (field.isOptional ? `[${field.key}]` : field.key)).join(' ') || 'nothing';
}

function registerConnect(noun: Command, cli: Cli): void {
  noun
    .command('connect')
    .description(
      'connect a platform; a value of - is read from standard input, so that no key stands in the shell history',
    )
    .argument('<platform>')
    .option('--set <key=value...>', 'what the platform needs; see connections list')
    .option('--refresh-days <days>', 'refresh known profiles after so many days; 0 only when asked', '7')
    .action(async (platform: string, options: { set?: string[]; refreshDays: string }) => {
      const client = await cli.client();
      const values: Record<string, string> = {};
      for (const pair of options.set ?? []) {
        const at = pair.indexOf('=');
        if (at < 1) throw callersFault(`--set takes key=value, not "${pair}".`);
        const value = pair.slice(at + 1);
        values[pair.slice(0, at)] = value === '-' ? await readInput() : value;
      }
      const days = Number(options.refreshDays);
      if (!Number.isInteger(days) || days < 0)
        throw callersFault(`--refresh-days takes a whole number, not "${options.refreshDays}".`);
      const connection = await client.call(connectPlatform, {
        platform: platformOf(platform),
        values,
        refreshDays: days === 0 ? null : days,
      });
      cli.print(
        connection,
        (one) => `${one.name}: ${one.message ?? (one.account === null ? 'connected' : `connected as ${one.account}`)}`,
      );
    });
}

function registerSync(noun: Command, cli: Cli): void {
  noun
    .command('sync')
    .description('read profiles now: those named, or every known one of the platform')
    .argument('<platform>')
    .argument('[handles...]', 'handles or addresses, known or new')
    .option('--hashtags <tags...>', 'posts under these hashtags (Instagram, 30 different ones a week)')
    .option('--own', 'the connected account itself')
    .option('--stories', 'its stories, posts it is tagged in and stories that mention it')
    .option('--stale-days <days>', 'of the known profiles only those not read for so many days', '0')
    .action(
      async (
        platform: string,
        handles: string[],
        options: { hashtags?: string[]; own?: boolean; stories?: boolean; staleDays: string },
      ) => {
        const client = await cli.client();
        const answer = await client.call(syncConnection, {
          platform: platformOf(platform),
          handles,
          hashtags: options.hashtags ?? [],
          own: options.own ?? false,
          stories: options.stories ?? false,
          staleDays: Number(options.staleDays),
        });
        cli.print(answer, ({ queued, running, errors }) =>
          [
            `${queued} to read${running > 0 ? `, ${running} waited already` : ''}. See: connections tasks ${platform}`,
            ...errors.map((error) => `${error.text}: ${error.message}`),
          ].join('\n'),
        );
      },
    );
}

function platformOf(text: string): ConnectionPlatform {
  const platform = connectionPlatforms.find((one) => one === text.toLowerCase());
  if (platform === undefined)
    throw callersFault(`There is no platform "${text}". Known are ${connectionPlatforms.join(', ')}.`);
  return platform;
}

function callersFault(message: string): AppError {
  return new AppError('invalid', 'cli.bad_option', message);
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8').trim();
}
