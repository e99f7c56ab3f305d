import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { getBriefPdf, listBriefStatus, listBriefTemplates, sendBrief } from '#modules/campaigns/api.ts';
import { importPastWork } from '#modules/relationships/api.ts';
import { findCampaign } from './campaigns-find.ts';
import { type Cli, table } from './cli.ts';

/** `briefs status|send|pdf|templates`, and `history import` for what other tools kept of past work. */
export function registerBriefs(program: Command, cli: Cli): void {
  const noun = program.command('briefs').description('who was sent a brief, read it and confirmed it');
  noun
    .command('status')
    .description('each creator of a campaign and how they stand to its brief')
    .argument('<campaign>', 'id or name')
    .action(async (campaign: string) => {
      const client = await cli.client();
      const { id } = await findCampaign(client, campaign);
      cli.print(await client.call(listBriefStatus, { campaignId: id }), ({ rows }) =>
        table(
          ['enrolment', 'creator', 'state', 'sent', 'confirmed'],
          rows.map((row) => [
            row.enrolmentId,
            row.person.name,
            row.state,
            row.sentAt === null ? null : `v${row.sentVersion} ${row.sentAt}`,
            row.acknowledged === null ? null : `v${row.acknowledged.version} ${row.acknowledged.at}`,
          ]),
        ),
      );
    });
  noun
    .command('send')
    .description('send the newest brief to creators; whoever has it and agreed is left in peace')
    .argument('<campaign>', 'id or name')
    .argument('<enrolment-ids...>', 'ids of `briefs status`')
    .option('--again', 'remind those who did not confirm yet')
    .option('--message <text>', 'a word above the link', '')
    .action(async (campaign: string, enrolmentIds: string[], options: { again?: boolean; message: string }) => {
      const client = await cli.client();
      const { id } = await findCampaign(client, campaign);
      const input = { campaignId: id, enrolmentIds, again: options.again === true, message: options.message };
      cli.print(await client.call(sendBrief, input), ({ sent, reminded, unchanged, refused, links }) =>
        [
          `${sent} sent, ${reminded} reminded, ${unchanged} left as they are, ${refused.length} refused`,
          ...refused.map((one) => `${one.name}: ${one.message}`),
          ...links.map((link) => `${link.name}\t${link.url}`),
        ].join('\n'),
      );
    });
  noun
    .command('pdf')
    .description('write the brief as PDF')
    .argument('<campaign>', 'id or name')
    .argument('<file>', 'where to write it')
    .action(async (campaign: string, file: string) => {
      const client = await cli.client();
      const { id } = await findCampaign(client, campaign);
      const answer = await client.open(getBriefPdf, { campaignId: id });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      await writeFile(file, bytes);
      cli.print({ file, bytes: bytes.byteLength }, (done) => `${done.file}, ${done.bytes} bytes`);
    });
  noun
    .command('templates')
    .description('templates of briefs')
    .action(async () => {
      const client = await cli.client();
      cli.print({ rows: await client.call(listBriefTemplates, {}) }, ({ rows }) =>
        table(
          ['id', 'name', 'model', 'about'],
          rows.map((row) => [row.id, row.name, row.model, row.summary]),
        ),
      );
    });
  registerHistory(program, cli);
}

interface ImportOptions {
  source?: string;
  currency?: string;
  dryRun?: boolean;
}

function registerHistory(program: Command, cli: Cli): void {
  program
    .command('history')
    .description('past work with creators')
    .command('import')
    .description('read the history of another tool from CSV; a row that was read before is not doubled')
    .argument('<file>', 'CSV with a header line')
    .option('--source <name>', 'the tool it comes from; the file’s name when left out')
    .option('--currency <code>', 'for amounts that name none')
    .option('--dry-run', 'only say what would come in')
    .action(async (file: string, options: ImportOptions) => {
      const client = await cli.client();
      const input = {
        dryRun: options.dryRun === true,
        ...(options.source === undefined ? {} : { source: options.source }),
        ...(options.currency === undefined ? {} : { currency: options.currency }),
      };
      const body = await readFile(file, 'utf8');
      cli.print(await client.upload(importPastWork, input, { body, fileName: basename(file) }), (answer) =>
        [
          `${answer.added} added, ${answer.changed} changed, ${answer.unchanged} unchanged, ${answer.skipped} left out${answer.dryRun ? ' (nothing written)' : ''}`,
          ...answer.errors.slice(0, 50).map((error) => `row ${error.row}, ${error.field}: ${error.message}`),
        ].join('\n'),
      );
    });
}
