import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import {
  listMailboxes,
  listMailings,
  listMailTemplates,
  listThreads,
  previewMailing,
  replyToThread,
  startMailing,
  syncMailbox,
} from '#modules/outreach/api.ts';
import { type Cli, table } from './cli.ts';

interface SendOptions {
  subject?: string;
  body?: string;
  template?: string;
  sequence?: string;
  campaign?: string;
  mailbox?: string;
  leaveOut?: boolean;
  dryRun?: boolean;
}

/** `outreach mailboxes|sync|send|mailings|threads|reply`: writing to creators. */
export function registerOutreach(program: Command, cli: Cli): void {
  const noun = program.command('outreach').description('Mails to creators and their answers');
  noun
    .command('mailboxes')
    .description('connected mailboxes with what they sent today')
    .action(async () => {
      const client = await cli.client();
      cli.print(await client.call(listMailboxes, {}), ({ rows }) =>
        table(
          ['id', 'address', 'state', 'today', 'answers read'],
          rows.map((row) => [
            row.id,
            row.address,
            row.state,
            `${row.sentToday} of ${row.limitToday}`,
            row.syncedAt ?? 'never',
          ]),
        ),
      );
    });
  noun
    .command('sync')
    .description('read answers of a mailbox now')
    .argument('<mailbox>', 'id of the mailbox')
    .action(async (mailboxId: string) => {
      const client = await cli.client();
      cli.print(
        await client.call(syncMailbox, { mailboxId }),
        ({ read, kept }) => `${read} read, ${kept} of them with creators`,
      );
    });
  registerSend(noun, cli);
  noun
    .command('mailings')
    .description('what was sent to several, newest first, with what came of it')
    .action(async () => {
      const client = await cli.client();
      cli.print(await client.call(listMailings, { limit: 50 }), ({ rows }) =>
        table(
          ['id', 'name', 'state', 'written to', 'answered', 'came back'],
          rows.map(({ id, name, state, begun, creators, stats }) => [
            id,
            name,
            state,
            `${begun} of ${creators}`,
            `${stats.replied.count} of ${stats.replied.n}`,
            `${stats.bounced.count} of ${stats.bounced.n}`,
          ]),
        ),
      );
    });
  noun
    .command('threads')
    .description('conversations, newest first')
    .option('--waiting', 'only those in which a creator waits for an answer')
    .action(async (options: { waiting?: boolean }) => {
      const client = await cli.client();
      const box = options.waiting === true ? 'waiting' : 'open';
      cli.print(await client.call(listThreads, { box, limit: 50 }), ({ rows }) =>
        table(
          ['id', 'creator', 'subject', 'last', 'waits'],
          rows.map((row) => [row.id, row.name, row.subject, row.lastAt, row.waitingSince === null ? '' : 'for us']),
        ),
      );
    });
  noun
    .command('reply')
    .description('answer in a conversation')
    .argument('<thread>', 'id of the conversation')
    .requiredOption('--body <file>', 'file with the text')
    .option('--key <key>', 'the same key sends once, however often it is run')
    .action(async (threadId: string, options: { body: string; key?: string }) => {
      const client = await cli.client();
      const text = await readFile(options.body, 'utf8');
      const key = options.key ?? `cli-${crypto.randomUUID()}`;
      cli.print(
        await client.call(replyToThread, { threadId, text, key }),
        (message) => `${message.id}  ${message.state}`,
      );
    });
}

function registerSend(noun: Command, cli: Cli): void {
  noun
    .command('send')
    .description('write to creators within sending hours and the limits of the mailbox')
    .argument('<person-ids...>', 'ids of the creators, at most 500')
    .option('--subject <text>', 'subject of a single mail; fields as {{first_name|there}}')
    .option('--body <file>', 'file with its text')
    .option('--template <name>', 'a template instead of subject and text')
    .option('--sequence <id>', 'a sequence instead')
    .option('--campaign <id>', 'the campaign it is about')
    .option('--mailbox <id>', 'the mailbox it goes out by; the default one when left out')
    .option('--leave-out', 'start without those who cannot be written to')
    .option('--dry-run', 'show what would go out and to whom it would not')
    .action(async (personIds: string[], options: SendOptions) => {
      const client = await cli.client();
      const templates = options.template === undefined ? [] : (await client.call(listMailTemplates, {})).rows;
      const template = templates.find((row) => row.name === options.template || row.id === options.template);
      const subject = options.subject ?? template?.subject ?? '';
      const body = options.body === undefined ? (template?.body ?? '') : await readFile(options.body, 'utf8');
      const input = {
        personIds,
        ...(options.sequence === undefined
          ? { steps: [{ waitDays: 0, subject, body }] }
          : { sequenceId: options.sequence }),
        ...(options.campaign === undefined ? {} : { campaignId: options.campaign }),
        ...(options.mailbox === undefined ? {} : { mailboxId: options.mailbox }),
      };
      if (options.dryRun === true) {
        cli.print(await client.call(previewMailing, input), ({ rows, ready, blockers }) =>
          [
            ...blockers,
            `${ready} of ${rows.length} would be written to`,
            table(
              ['creator', 'address', 'problem'],
              rows.map((row) => [row.name, row.to ?? '', row.problems[0] ?? '']),
            ),
          ].join('\n'),
        );
        return;
      }
      const done = await client.call(startMailing, { ...input, leavesOut: options.leaveOut === true });
      cli.print(done, ({ mailing, started, leftOut }) => `${mailing.id}  ${started} begun, ${leftOut.length} left out`);
    });
}
