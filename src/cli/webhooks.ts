import type { Command } from 'commander';
import {
  createWebhookEndpoint,
  type EndpointKind,
  listWebhookEndpoints,
  listWebhookEvents,
  listWebhookMessages,
  messageStates,
  removeWebhookEndpoint,
  replayFailedWebhooks,
  replayWebhookMessage,
  testWebhookEndpoint,
} from '#modules/webhooks/api.ts';
import { type Cli, table } from './cli.ts';

const dayMs = 86_400_000;

interface CreateOptions {
  name: string;
  target: string;
  kind: EndpointKind;
  event: string[];
  secret?: string;
}

/** `webhooks create | list | events | test | log | replay | remove`: where happenings are sent. */
export function registerWebhooks(program: Command, cli: Cli): void {
  const noun = program
    .command('webhooks')
    .description('Send what happens to your programs, Google Analytics or partners');

  noun
    .command('create')
    .description('add an endpoint; the signing secret is printed once')
    .requiredOption('--name <name>', 'such as "Warehouse"')
    .requiredOption('--target <target>', 'address; of ga4 the measurement id')
    .option('--kind <kind>', 'webhook, ga4 or postback', 'webhook')
    .option(
      '--event <event>',
      'only this event; may be given several times',
      (event, all: string[]) => [...all, event],
      [],
    )
    .option('--secret <secret>', 'API secret of Google Analytics')
    .action(async ({ event, ...options }: CreateOptions) => {
      const client = await cli.client();
      const answer = await client.call(createWebhookEndpoint, { ...options, events: event });
      cli.print(answer, ({ endpoint, secret }) =>
        secret === null
          ? `${endpoint.id}: ${endpoint.name}`
          : `${endpoint.id}: ${endpoint.name}\nSigning secret, shown this once: ${secret}`,
      );
    });

  noun
    .command('list')
    .description('endpoints and what became of their messages in the last 7 days')
    .action(async () => {
      const rows = await (await cli.client()).call(listWebhookEndpoints, {});
      cli.print(rows, (endpoints) =>
        table(
          ['ID', 'NAME', 'KIND', 'STATE', 'DELIVERED', 'WAITING', 'FAILED', 'TARGET'],
          endpoints.map(({ id, name, kind, state, week, target }) => [
            id,
            name,
            kind,
            state,
            week.delivered,
            week.waiting,
            week.failed,
            target,
          ]),
        ),
      );
    });

  noun
    .command('events')
    .description('what can be sent')
    .action(async () => {
      const rows = await (await cli.client()).call(listWebhookEvents, {});
      cli.print(rows, (events) =>
        table(
          ['EVENT', 'GROUP', 'WHEN'],
          events.map(({ event, group, title }) => [event, group, title]),
        ),
      );
    });

  registerMessages(noun, cli);
}

function registerMessages(noun: Command, cli: Cli): void {
  noun
    .command('test <endpoint>')
    .description('send a test now and tell what was answered')
    .action(async (endpointId: string) => {
      const message = await (await cli.client()).call(testWebhookEndpoint, { endpointId });
      cli.print(
        message,
        ({ state, lastStatus, lastAnswer }) => `${state}: ${lastStatus ?? 'no answer'} ${lastAnswer ?? ''}`,
      );
    });

  noun
    .command('log <endpoint>')
    .description('what was sent and what waits, newest first')
    .option('--state <state>', messageStates.join(', '))
    .option('--limit <count>', 'messages, at most 500', Number, 50)
    .action(async (endpointId: string, { state, limit }: { state?: (typeof messageStates)[number]; limit: number }) => {
      const client = await cli.client();
      const page = await client.call(listWebhookMessages, {
        endpointId,
        limit,
        ...(state === undefined ? {} : { state }),
      });
      cli.print(page, ({ rows }) =>
        table(
          ['ID', 'EVENT', 'STATE', 'TRIES', 'STATUS', 'HAPPENED'],
          rows.map((row) => [row.id, row.event, row.state, row.attempts, row.lastStatus, row.happenedAt]),
        ),
      );
    });

  noun
    .command('replay <id>')
    .description('send a message again, or all of an endpoint that failed')
    .option('--days <days>', 'of an endpoint: how far back', Number, 7)
    .option('--all', 'of an endpoint: also what was delivered', false)
    .action(async (id: string, { days, all }: { days: number; all: boolean }) => {
      const client = await cli.client();
      if (id.startsWith('whe_')) {
        const since = new Date(Date.now() - days * dayMs).toISOString();
        cli.print(
          await client.call(replayFailedWebhooks, { endpointId: id, since, all }),
          ({ replayed }) => `${replayed} sent again`,
        );
        return;
      }
      cli.print(await client.call(replayWebhookMessage, { messageId: id }), (message) => `${message.id} is sent again`);
    });

  noun
    .command('remove <endpoint>')
    .description('remove an endpoint with its log')
    .action(async (endpointId: string) => {
      cli.print(
        await (await cli.client()).call(removeWebhookEndpoint, { endpointId }),
        () => `${endpointId} is removed`,
      );
    });
}
